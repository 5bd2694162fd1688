// SPDX-License-Identifier: Apache-2.0
// The glyphs of a page's text, each with its place, in the order in which the page shows them.
#pragma once

#include "formats/pdf_reader.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct ShownGlyph {
  std::string text;  // UTF-8; " " is a blank, U+FFFD what the file does not say
  double x = 0;      // where it begins on the baseline, points of the page's user space
  double y = 0;
  double dx = 0;  // to where the next one begins
  double dy = 0;
  double up_x = 0;  // one em along the glyph's own vertical
  double up_y = 0;
  bool invisible = false;  // as recognizers lay it over a scan (Tr 3)
};

// Throws Error(ExitStatus::input, "pdf-corrupt") and what PoDoFo throws. What annotations show, as the blocks of
// signatures, is no part of it.
std::vector<ShownGlyph> shown_text(const PdfReader& reader, const PdfPageNode& page);

}  // namespace sohoa
