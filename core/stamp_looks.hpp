// SPDX-License-Identifier: Apache-2.0
// A stamp that was set over print, or printed over, as it may be read all the same. Pieces are 8-bit grey, ink dark.
#pragma once

#include "core/pix.hpp"

#include <vector>

namespace sohoa {

// Black where the piece is darkest, so that faint ink reads like fresh.
void stretch(Pix& piece);

// Each pixel the mean of those around it, then stretched: letters that are hardly darker than the scanner's noise.
PixPtr without_noise(const Pix& piece);

// Strokes of less than `pixels` taken out: a pen's, and what is thin of letters.
PixPtr without_thin_strokes(const Pix& piece, int pixels);

// What has strokes of `pixels` and more, whole, with what is near them: letters in bold print.
PixPtr bold_strokes(const Pix& piece, int pixels);

// The piece with what may lie over or under the stamp taken out: thin strokes, as print has beside a stamp's bold
// letters; what is darker than most of the stamp's ink, blank or as the ink around it goes on; and with the bold
// strokes alone, whole.
std::vector<PixPtr> other_looks(const Pix& piece);

}  // namespace sohoa
