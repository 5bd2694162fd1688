// SPDX-License-Identifier: Apache-2.0
// Whether a copy of an archive is equal to it, byte for byte.
#pragma once

#include "core/fs.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace sohoa {

struct CopyFault {
  std::string path;     // from the archives' roots
  std::string verdict;  // different | missing (in the copy) | surplus (only there)
  std::string fault;
};

struct CopyCounts {
  std::size_t equal = 0;
  std::size_t different = 0;
  std::size_t missing = 0;
  std::size_t surplus = 0;

  [[nodiscard]] std::size_t faults() const noexcept { return different + missing + surplus; }
  // "12 files are as in archive, 1 differs, ...".
  [[nodiscard]] std::string sentence(const std::string& archive) const;
};

// Compares every file but what a run keeps for itself and the files of a catalog, of which the chains of events are
// compared: a copy taken earlier is a beginning of the archive's. `wanted` says of a file by its path whether its
// bytes are read; whether it is there is looked at anyhow. Ends early when `should_stop` says so. Throws
// Error(ExitStatus::input, "copy-missing") when there is no archive at `copy`.
CopyCounts compare_copy(const fs::path& archive, const fs::path& copy,
                        const std::function<bool(const std::string&)>& wanted, const std::function<bool()>& should_stop,
                        const std::function<void(const CopyFault&)>& tell);

}  // namespace sohoa
