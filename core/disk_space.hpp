// SPDX-License-Identifier: Apache-2.0
// The room left where the archive lies.
#pragma once

#include "core/fs.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace sohoa {

class DiskSpace {
 public:
  // `folder`, or the nearest folder above it that is there.
  explicit DiskSpace(fs::path folder);

  // Bytes that this user may still write; the greatest number where the file system does not tell.
  [[nodiscard]] std::uint64_t free() const;
  // What a run leaves free, so that catalog and manifests can be finished: a 64th of the disk, 64 MiB at most.
  [[nodiscard]] std::uint64_t reserve() const;
  // Whether less than the reserve is left; looks once a second.
  [[nodiscard]] bool low();

 private:
  using Clock = std::chrono::steady_clock;
  fs::path m_folder;
  Clock::time_point m_next{};
  bool m_low = false;
};

// "13 MB", rounded up.
std::string megabytes(std::uint64_t bytes);

}  // namespace sohoa
