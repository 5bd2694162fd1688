// SPDX-License-Identifier: Apache-2.0
// A PDF that is kept as it is: what it is, and the text of its pages.
#include "core/text.hpp"
#include "formats/pdf_carry.hpp"
#include "formats/pdf_page_text.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace sohoa;

void check_page(const PdfPageText& text) {
  fuzz::require(text.page.width > 0 && text.page.height > 0, "a page has a size");
  for (const OcrBlock& block : text.page.blocks) {
    for (const OcrLine& line : block.lines) {
      fuzz::require(!line.words.empty(), "a line has words");
      for (const OcrWord& word : line.words) {
        fuzz::require(!word.text.empty() && is_utf8(word.text), "a word is UTF-8");
        fuzz::require(word.box.left <= word.box.right && word.box.top <= word.box.bottom,
                      "a box has its sides in order");
      }
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::InputFile file(fuzz::view(data, size));
  ScanLimits limits;
  limits.max_page_pixels = std::uint64_t{1} << 20U;
  limits.max_pages = 8;
  fuzz::forgiving([&] {
    const CarriedPdf carried = probe_carried(file.path(), limits);
    fuzz::require(!carried.pages.empty() && carried.pages.size() <= limits.max_pages, "it has pages");
    for (const CarriedPage& page : carried.pages) {
      fuzz::require(is_carried(page.source) && page.source.width > 0 && page.source.height > 0, "a page has a size");
      fuzz::forgiving([&] { fuzz::require(load_page(page.source, limits) != nullptr, "a page has pixels"); });
      fuzz::forgiving([&] { check_page(page_text(file.path(), page.source.index, 0.5)); });
    }
  });
  return 0;
}
