// SPDX-License-Identifier: Apache-2.0
// A result code from elsewhere, read and named as a file.
#include "core/code_parts.hpp"
#include "core/text.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const CodeReader reader(load_profile("vn-tthc"));
  const std::string code(fuzz::view(data, size));
  fuzz::require(code_of_file_name(code_file_name(code)) == code, "a file name gives its code back");
  if (const auto read = reader.read(code)) {
    fuzz::require(read->sequence > 0 && to_nfc(code).rfind(read->prefix, 0) == 0, "the number follows its prefix");
    fuzz::require(read->prefix == read->owner + "." + read->type + "." + read->symbol + ".", "the parts make the code");
  }
  return 0;
}
