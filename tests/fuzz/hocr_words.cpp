// SPDX-License-Identifier: Apache-2.0
// Words of an hOCR file that lies beside an archived PDF.
#include "formats/hocr_words.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const UnsureWord& word : unsure_words(fuzz::view(data, size), 1, 60, 10)) {
    fuzz::require(word.confidence >= 0 && word.confidence < 60, "they are unsure");
    for (const double share : {word.left, word.top, word.width, word.height}) {
      fuzz::require(share >= 0 && share <= 1, "they lie on the page");
    }
  }
  return 0;
}
