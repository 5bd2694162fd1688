// SPDX-License-Identifier: Apache-2.0
// Whether a page has anything like a linear barcode, much cheaper than to read one.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// Somewhere on the 1-bit page stand many bars side by side, all of them higher than print, upright or lying, tilted by
// 18 degrees at most. A page without has no Code 39 and no Code 128: their bars are 6.4 mm high and more (ISO/IEC 16388
// and 15417, application standards).
bool may_have_bars(const Pix& ink, double dpi);

}  // namespace sohoa
