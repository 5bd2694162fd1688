// SPDX-License-Identifier: Apache-2.0
// Where on a page something stands that may be a stamp of one line: a small frame, or a word of coloured or tilted
// letters; each cut out, level and at reading_dpi, for the recognizer to read alone.
#pragma once

#include "core/ocr_text.hpp"
#include "core/pix.hpp"
#include "core/prepare.hpp"

#include <vector>

namespace sohoa {

struct StampPiece {
  PixPtr image;  // 8-bit grey, ink dark, what was inside the frame
  bool framed = false;
  double clear = 0;  // of the frame (core/frame_fit.hpp)
  double down = 0;   // its middle, as a share of the page's height
  Box box = {};      // of print, in the upright frame; none of coloured ink
};

// The piece with what may lie over or under the stamp taken out: thin strokes, as print has beside a stamp's bold
// letters, or what is darker than most of the stamp's ink; and with the bold strokes alone, whole.
std::vector<PixPtr> other_looks(const Pix& piece);

// Of the page as it was prepared for reading; and, of a colour scan, of its red, blue and violet ink, told from print
// by its colour, however the page lies. At most a dozen each. `dpi` is the scan's, 0 when unknown.
std::vector<StampPiece> stamps_in_print(const ReadingImage& reading, double dpi);
std::vector<StampPiece> stamps_in_colour(const Pix& scan, double dpi, int orientation);

// Lines of ink as high as capitals that nothing in `text` accounts for, however they lie: faint print that the
// recognizer let by. At most half a dozen, from the top.
std::vector<StampPiece> words_left_unread(const ReadingImage& reading, double dpi, const OcrPage& text);

}  // namespace sohoa
