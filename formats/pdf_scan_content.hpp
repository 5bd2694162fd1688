// SPDX-License-Identifier: Apache-2.0
// What a PDF page paints, as far as it takes to tell a scan from a page made on a computer.
#pragma once

#include "formats/pdf_content.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct PlacedImage {
  const PoDoFo::PdfObject* image = nullptr;  // an image XObject
  Matrix place;                              // takes the unit square to the page, in its user space
};

struct PageContent {
  // In the order of painting, without those that a later image covers wholly.
  std::vector<PlacedImage> images;
  // What else can be seen: "text", "drawings", "an inline image" … or "" for nothing. Invisible text (Tr 3, as
  // recognizers add it) and white behind the images do not count, nor does what an image covers.
  std::string visible;
};

// Runs the content stream, form XObjects included, with bounds on depth, operators and bytes. Throws
// Error(ExitStatus::input, "pdf-corrupt") and what PoDoFo throws.
PageContent page_content(const PdfReader& reader, const PdfPageNode& page);

}  // namespace sohoa
