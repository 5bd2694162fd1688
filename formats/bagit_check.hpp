// SPDX-License-Identifier: Apache-2.0
// Whether a bag is complete and valid (BagIt 0.93 to 1.0, RFC 8493, 3), whoever made it. Nothing is fetched, no
// symbolic link is followed, and no file outside of the bag is opened.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct BagReport {
  std::string version;              // "1.0"; empty when bagit.txt does not say
  std::uint64_t files = 0;          // of the payload
  std::uint64_t bytes = 0;          // of the payload
  std::vector<std::string> faults;  // one sentence each, naming the file; none: complete and valid
  std::vector<std::string> notes;
};

// Whether the folder has a bagit.txt, or else data and a manifest: what lost its bagit.txt is a bag that is not whole.
bool is_bag(const fs::path& folder);

// Reads every file of the bag. Throws Error(ExitStatus::input) when the folder itself cannot be read.
BagReport check_bag(const fs::path& folder);

// One line of a manifest, its path decoded.
struct BagLine {
  std::string digest;  // lower-case hex
  std::string path;
};

// The parts of a manifest's text. `fault` is told of lines that are none ("line 3 …"), and of paths that lead out of
// the bag; they are not taken. `digits` is the length of a digest.
void read_bag_manifest(std::string_view text, std::size_t digits, const std::function<void(BagLine)>& take,
                       const std::function<void(const std::string&)>& fault);

}  // namespace sohoa
