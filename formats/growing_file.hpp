// SPDX-License-Identifier: Apache-2.0
// A file that grows at its end, in a copy beside it that takes its name when all is done: incremental updates
// (ISO 32000-1, 7.5.6), any number of them with one rename.
#pragma once

#include "core/atomic_file.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sohoa {

class GrowingFile {
 public:
  // Links are followed, so that the file itself is replaced.
  explicit GrowingFile(const fs::path& file);

  // Where its bytes so far can be read.
  [[nodiscard]] const fs::path& path() const { return m_copy ? m_copy->temporary() : m_file; }
  [[nodiscard]] bool grown() const { return m_copy.has_value(); }
  // The first call copies the file. Throws Error(ExitStatus::environment), or Error(ExitStatus::input) when it cannot
  // be read or is not as long as it was at the beginning.
  void append(std::string_view bytes);
  // Replaces the file, owner and permissions as they were; nothing when it did not grow.
  void commit();

 private:
  fs::path m_file;
  std::uint64_t m_size;
  std::optional<AtomicFile> m_copy;
};

}  // namespace sohoa
