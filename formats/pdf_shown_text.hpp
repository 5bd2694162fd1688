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
  double along_x = 0;  // one em along the baseline
  double along_y = 0;
  double up_x = 0;  // one em along the glyph's own vertical, which leans where the font was slanted
  double up_y = 0;
  bool invisible = false;  // as recognizers lay it over a scan (Tr 3)
};

// Throws Error(ExitStatus::input, "pdf-corrupt") and what PoDoFo throws. What visible annotations show comes after the
// page's own, but for the blocks of signatures, which speak of the signer: of theirs only what is one short line,
// because offices fill in number and day of a paper by signing them (Decree 30/2020, annex I, leaves both to the
// clerk).
std::vector<ShownGlyph> shown_text(const PdfReader& reader, const PdfPageNode& page);

}  // namespace sohoa
