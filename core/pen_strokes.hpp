// SPDX-License-Identifier: Apache-2.0
// A black pen's strokes through a line of print, where no colour and no thickness tells them from it: they are followed
// from where they are alone, above and below the line.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// The grey picture with white in the place of strokes that enter the rows from `top` to `bottom`, which hold a line of
// print with its marks. Letters that a stroke crosses are joined again over gaps of `reach` pixels; `keep_bold` leaves
// what is bolder than the pen. Needs eight rows and more above and below the line. Null where no stroke enters.
PixPtr without_pen(const Pix& grey, int top, int bottom, int reach, bool keep_bold = false);

}  // namespace sohoa
