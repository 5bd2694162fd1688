// SPDX-License-Identifier: Apache-2.0
// Pages of a document that were scanned twice: the same picture up to noise, place and light, with the same text.
#pragma once

#include "core/ocr_text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {

// A small picture of a page's ink, upright and level: how dark each cell of 2 mm is.
struct InkMap {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> cells;  // 0 … 255, row by row

  [[nodiscard]] bool empty() const { return cells.empty(); }
};
constexpr double ink_cell_mm = 25.4 / 12.5;

// As PGM (P5), and back; an empty map of bytes that are none.
std::string to_pgm(const InkMap& map);
InkMap ink_map_from(const std::string& pgm);

// What of a page is compared.
struct PageFace {
  struct Word {
    std::string text;  // lower case
    double x = 0;      // mm, its middle
    double y = 0;
    bool sure = false;
  };
  std::vector<Word> words;
  InkMap ink;  // empty: unknown
};
// `dpi` is the scan's. Words of a letter or two tell nothing and are left out.
PageFace face_of(const OcrPage& page, double dpi, InkMap ink);

// Each page, from 0, that is the same as an earlier one, with that. `share` of the words must agree, in place, too, and
// the ink must; where words or ink that are sure differ (a form filled in for somebody else), pages are not the same.
std::vector<std::pair<std::size_t, std::size_t>> find_duplicates(const std::vector<PageFace>& pages, double share);

}  // namespace sohoa
