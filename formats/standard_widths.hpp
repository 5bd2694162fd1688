// SPDX-License-Identifier: Apache-2.0
// The advance widths of the standard fonts, which a PDF need not state (ISO 32000-1, 9.6.2.2).
#pragma once

#include <string_view>

namespace sohoa {

// In thousandths of an em, of an ASCII character in Courier, Helvetica, Times or, for any other name, the latter; half
// an em for what is no such character. Bold and italic go by the upright font.
double standard_width(std::string_view font, unsigned char character);

}  // namespace sohoa
