// SPDX-License-Identifier: Apache-2.0
// The manifest of a bag: no path that is taken leads out of it, and what is taken reads the same when written.
#include "formats/bagit.hpp"
#include "formats/bagit_check.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const std::size_t digits : {std::size_t{64}, std::size_t{128}}) {
    const auto take = [digits](const BagLine& line) {
      fuzz::require(line.digest.size() == digits, "a digest has its length");
      const fs::path path = fs::path(line.path).lexically_normal();
      fuzz::require(!path.is_absolute() && !path.empty() && *path.begin() != "..", "no path leads out");
      const std::string again = line.digest + "  ./" + bag_path(line.path) + "\n";
      std::string read;
      read_bag_manifest(
          again, digits, [&read](const BagLine& one) { read = one.path; }, [](const std::string& /*fault*/) {});
      fuzz::require(read == "./" + line.path, "a path is read as it was written");
    };
    read_bag_manifest(fuzz::view(data, size), digits, take, [](const std::string& sentence) {
      fuzz::require(sentence.rfind("line ", 0) == 0, "a fault says where");
    });
  }
  return 0;
}
