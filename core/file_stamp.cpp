// SPDX-License-Identifier: Apache-2.0
#include "core/file_stamp.hpp"

#include <sys/stat.h>

namespace sohoa {

std::optional<FileStamp> stamp_of(const fs::path& path) {
  constexpr std::int64_t second = 1'000'000'000;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) {
    return std::nullopt;
  }
  return FileStamp{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                   status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec};
}

}  // namespace sohoa
