// SPDX-License-Identifier: Apache-2.0
// Copies of delivered files, each held to the digest of its record.
#pragma once

#include "core/fs.hpp"
#include "formats/bag_digest.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace sohoa {

struct CheckedFile {
  BagDigests digests;
  std::uint64_t bytes = 0;
};

// Copies `source` to `target` (core/atomic_file.hpp), making its folders; with an empty target only reads it. A target
// that is there already with the SHA-256 `wanted` is left, and `source` not read. `wanted` may be empty: any will do.
// Throws Error(ExitStatus::input): "file-unreadable", and "file-digest" when `source` is not the file of the record;
// then no target appears.
CheckedFile copy_checked(const fs::path& source, const fs::path& target, const std::string& wanted, Digests digests);

// Removes the files below `folder` whose relative path is not to be kept, and folders that are empty then.
void remove_files_but(const fs::path& folder, const std::function<bool(const std::string&)>& keep);

// A relative path that is not there is looked for below `root`.
fs::path source_below(const fs::path& root, const std::string& path);

}  // namespace sohoa
