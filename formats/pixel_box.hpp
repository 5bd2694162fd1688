// SPDX-License-Identifier: Apache-2.0
// A box in whole pixels, as hOCR wants it and readers of ALTO expect it.
#pragma once

#include "core/page_geometry.hpp"

#include <cmath>
#include <string>

namespace sohoa {

struct PixelBox {
  long left = 0;
  long top = 0;
  long right = 0;
  long bottom = 0;

  explicit PixelBox(const Box& box)
      : left(std::lround(box.left)),
        top(std::lround(box.top)),
        right(std::lround(box.right)),
        bottom(std::lround(box.bottom)) {}
};

// "_2_7": the number of a page, block, line or word below `parent`, for ids.
inline std::string numbered(const std::string& parent, std::size_t number) {
  return parent + "_" + std::to_string(number);
}

// Tesseract's name of one language is its ISO 639-2 code, which XML takes; "" for several or a script.
inline std::string language_code(const std::string& language) {
  return language.size() == 3 && language.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos
             ? language
             : std::string();
}

}  // namespace sohoa
