// SPDX-License-Identifier: Apache-2.0
// What tells without reading that a file is not the one that was looked at, or was written to since.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <optional>

namespace sohoa {

struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  // nanoseconds since 1970 UTC

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Of a regular file or a folder, a link followed; nothing for anything else, and where nothing is.
std::optional<FileStamp> stamp_of(const fs::path& path);

}  // namespace sohoa
