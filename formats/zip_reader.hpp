// SPDX-License-Identifier: Apache-2.0
// Reads parts of a ZIP container (libzip), each up to a limit of its own, so that a small file cannot fill the memory.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct zip;

namespace sohoa {

class ZipReader {
 public:
  // Throws Error(ExitStatus::input): "zip-syntax" for what is no ZIP file, "zip-too-large" with more than 10,000 parts.
  explicit ZipReader(fs::path file);

  // The unpacked bytes of the part with that name, whatever the case of its letters; nothing when there is none.
  // Throws Error(ExitStatus::input): "zip-too-large" as soon as more than `most` bytes come out of it, "zip-encrypted",
  // "zip-syntax" when it is damaged.
  [[nodiscard]] std::optional<std::string> part(const std::string& name, std::uint64_t most) const;

 private:
  struct Close {
    void operator()(zip* archive) const noexcept;
  };
  fs::path m_file;
  std::unique_ptr<zip, Close> m_archive;
};

}  // namespace sohoa
