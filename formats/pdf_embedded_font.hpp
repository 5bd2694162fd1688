// SPDX-License-Identifier: Apache-2.0
// A font subset as PDF objects: Type0 with Identity-H over CIDFontType2 (ISO 32000-1, 9.7), with
// the ToUnicode that level U wants and the CIDSet that PDF/A-1 (6.3.5) wants.
#pragma once

#include "formats/font_subset.hpp"
#include "formats/pdf_output.hpp"
#include "formats/pdf_update.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace sohoa {

// Ready for any number of files.
struct EmbeddedFont {
  // Throws what FontSubset throws.
  EmbeddedFont(const fs::path& file, const std::string& text);

  FontSubset subset;
  std::string name;              // with the tag of the subset
  std::size_t program_size = 0;  // bytes, before they were deflated
  std::string packed_program;    // deflated
  std::string packed_unicode;    // deflated, the ToUnicode map
};

PoDoFo::PdfReference put_font(PdfUpdate& update, const EmbeddedFont& font);
PoDoFo::PdfReference put_font(PdfOutput& output, const EmbeddedFont& font);

// The operand of Tj.
std::string hex_of(const std::vector<Glyph>& glyphs);

}  // namespace sohoa
