// SPDX-License-Identifier: Apache-2.0
// The printed page numbers of a document, and whether its pages are all there and in order. NĐ 30/2020, App. I: Arabic
// figures, 13 to 14 pt, centred in the margin above the text, none on the first page; others print them below.
#pragma once

#include "core/document.hpp"
#include "core/ocr_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct PrintedNumber {
  int number = 0;
  double confidence = 0;  // 0 … 1
};

// "2", "- 2 -", "Trang 2", "2/5", alone on the topmost or else the lowest line of the page's middle.
std::optional<PrintedNumber> printed_number(const OcrPage& page);

struct NumberedPage {
  bool blank = false;  // a back counts for nothing
  std::optional<PrintedNumber> number;
};

// "page-missing", "page-repeated" and "page-out-of-order", each of the page at which it is seen. A paper that begins
// amid the document has its own numbers. One number that the numbers on both sides deny was misread, if nothing else
// is wrong.
std::vector<Problem> judge_order(const std::vector<NumberedPage>& pages, double least_confidence);

}  // namespace sohoa
