// SPDX-License-Identifier: Apache-2.0
// The one font of the invisible text: a TrueType font whose only glyph is empty, so that any
// letter can be searched and copied and none needs a font file.
#pragma once

#include "formats/pdf_output.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace sohoa {

// All glyphs are alike. Thousandths of the font size.
inline constexpr double k_glyph_width = 0.5;
inline constexpr double k_glyph_ascent = 0.8;
inline constexpr double k_glyph_descent = 0.2;  // below the baseline

// Text as the operand of Tj: two bytes a glyph.
struct GlyphString {
  std::string hex;
  std::size_t glyphs = 0;
};

// A code is the character's own number up to U+FFFF. The codes D800 … DFFF, which no
// character has, are given to those beyond in the order of their first use.
class GlyphlessFont {
 public:
  // Text in UTF-8. Control characters and U+FEFF, U+FFFE, U+FFFF, which no ToUnicode may name
  // (ISO 19005-2, 6.2.11.7.2), are left out; the 2049th character beyond U+FFFF becomes U+FFFD.
  GlyphString encode(const std::string& text);
  // Puts the font's objects, of which `font` is the first (ISO 32000-1, 9.7).
  void put(PdfOutput& output, const PoDoFo::PdfReference& font) const;

 private:
  [[nodiscard]] std::string to_unicode_map() const;

  std::map<std::string, unsigned> m_codes;  // surrogate pair, in hex, to code
};

// The font program alone.
std::string glyphless_truetype();

}  // namespace sohoa
