// SPDX-License-Identifier: Apache-2.0
// The words of a page as invisible text over its image.
#pragma once

#include "formats/pdf_font.hpp"
#include "formats/pdf_page_matrix.hpp"

#include <string>

namespace sohoa {

// The resource name of the font in the page.
inline constexpr const char* k_text_font = "F0";

// Content operators BT … ET, in the order of the tree; "" when there is no word. Each glyph run
// is as wide as its word's box, and a line's glyphs are centred on the height of its box.
std::string text_layer(const OcrPage& page, const PagePlacement& placement, GlyphlessFont& font);

// Shortest decimal form with at most `decimals` places, whatever the locale.
std::string pdf_number(double value, int decimals);

}  // namespace sohoa
