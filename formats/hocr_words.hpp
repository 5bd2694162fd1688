// SPDX-License-Identifier: Apache-2.0
// The unsure words of an hOCR file (formats/hocr.hpp writes it; an archive may have others').
#pragma once

#include "core/fs.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct UnsureWord {
  std::string text;
  int confidence = 0;  // percent
  // Shares of the page, upright and level: 0 … 1.
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

// Words of that page (from 1) with a lower confidence than `below` (percent), the least sure first, at most `most`.
// None when the bytes are no hOCR or it has no such page.
std::vector<UnsureWord> unsure_words(std::string_view hocr, std::size_t page, int below, std::size_t most);

}  // namespace sohoa
