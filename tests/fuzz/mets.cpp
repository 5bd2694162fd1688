// SPDX-License-Identifier: Apache-2.0
// METS of a package that somebody sent: no path that is taken leads out of the folder.
#include "core/fs.hpp"
#include "formats/package_check.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto take = [](const MetsReference& one) {
    const fs::path path = one.path;
    fuzz::require(!path.empty() && !path.is_absolute() && path == path.lexically_normal(), "a path is a plain one");
    fuzz::require(*path.begin() != ".." && *path.begin() != ".", "no path leads out");
    fuzz::require(one.path.find('\0') == std::string::npos, "no path has an end within");
  };
  read_mets(fuzz::view(data, size), take,
            [](const std::string& sentence) { fuzz::require(!sentence.empty(), "a fault says what"); });
  return 0;
}
