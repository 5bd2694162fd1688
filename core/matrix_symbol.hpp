// SPDX-License-Identifier: Apache-2.0
// Whether a page has anything like a matrix symbol (QR Code, Data Matrix), much cheaper than to read one.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// Somewhere on the 1-bit page lies a patch of ink of 4 mm or more across and down whose gaps are as small as modules
// are that can be read; so does a dark picture's. A page without has no symbol tilted by 20 degrees at most: the
// smallest, of 10 modules (ISO/IEC 16022) of 0.4 mm, is as large, and half of a symbol's modules are dark.
bool may_have_matrix_symbol(const Pix& ink, double dpi);

}  // namespace sohoa
