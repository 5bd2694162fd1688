// SPDX-License-Identifier: Apache-2.0
// The text of a PDF page as a recognizer would have read it: lines of words with their boxes.
#pragma once

#include "core/ocr_text.hpp"
#include "formats/pdf_reader.hpp"

#include <cstddef>

namespace sohoa {

// The frame of the boxes: the page as it is shown (crop box, /Rotate), at so many pixels an inch; fewer on a page that
// would have more than 60000 a side.
inline constexpr double k_text_dpi = 300;

struct PdfPageFrame {
  int width = 0;  // pixels
  int height = 0;
  double dpi = k_text_dpi;
};
PdfPageFrame text_frame_of(const PdfReader& reader, const PdfPageNode& page);

struct PdfPageText {
  OcrPage page;               // words as they stand, each with confidence 1
  int orientation = 0;        // degrees clockwise that the shown page must be turned so that its text stands upright
  std::size_t unknown = 0;    // characters of which the file does not say what they are; their words have confidence 0
  std::size_t invisible = 0;  // characters that only a recognizer's layer has
};

// Text outside of the page, and in another direction than most of it, is left out. Words of an invisible layer come
// with the confidence `layer`. Throws Error(ExitStatus::input) as shown_text() does.
PdfPageText page_text(const PdfReader& reader, const PdfPageNode& page, double layer);

// Of the page at that place in a file. Throws pdf-corrupt when it has no such page, and what PdfReader throws.
PdfPageText page_text(const fs::path& file, std::size_t index, double layer);

// Adds the text that is laid over a scan to what was read on it, in the scan's own pixels, turned with it by `skew`
// (core/page_geometry.hpp); the scan fills the page.
void lay_over(OcrPage& scan, const OcrPage& text, double skew);

}  // namespace sohoa
