// SPDX-License-Identifier: Apache-2.0
// Print that the recognizer let by: lines of a page head that stand alone with much white around, and names that a seal
// or a signature touches.
#pragma once

#include "core/ocr_result.hpp"
#include "core/pix.hpp"

#include <utility>
#include <vector>

namespace sohoa {

struct UnreadInk {
  std::vector<Box> lines;  // that have no word, from top to bottom
  // Places in page.lines, and the line's box with what of it may go on below the strokes at its ends.
  std::vector<std::pair<std::size_t, Box>> longer;
};

// What of the reading image (core/prepare.hpp; `scale` is its pixels a pixel of the upright frame) no word and no
// picture of the page covers; at most two dozen lines. Nothing on a page without words, whose lines' height is not
// known.
UnreadInk unread_ink(const Pix& reading, double scale, const SeenPage& page);

}  // namespace sohoa
