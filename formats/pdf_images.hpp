// SPDX-License-Identifier: Apache-2.0
// A PDF that a scanner or a recognizer made: each page shows one image, or strips of one, and nothing else.
#pragma once

#include "formats/pdf_reader.hpp"
#include "formats/pdf_scan_image.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct PdfScanPage {
  std::vector<const PoDoFo::PdfObject*> strips;  // image XObjects, as stored from top to bottom
  int orientation = 1;                           // 1 … 8: how the stored image is shown, the page's /Rotate included
  double dpi_x = 0;                              // of the stored image, by the size in which the page draws it
  double dpi_y = 0;
  std::string colour;  // bitonal | grey | colour
  unsigned width = 0;  // pixels, as stored
  unsigned height = 0;
};

// alone: the page must show nothing else. foremost: an image that fills most of the page is taken for the scan,
// whatever lies over it, because the page is kept as it is anyway.
enum class ScanOnPage { alone, foremost };

// Throws Error(ExitStatus::input) about that page: pdf-born-digital, pdf-no-images, image-unsupported and what
// describe_pdf_image throws. A small turn, as of a straightened scan, is left to be measured again.
PdfScanPage pdf_scan_page(const PdfReader& reader, const PdfPageNode& node, const SourcePage& page,
                          const ScanLimits& limits, ScanOnPage which = ScanOnPage::alone);

// All pages. Throws Error(ExitStatus::input): pdf-corrupt for none, too-many-pages.
std::vector<PdfPageNode> pages_within(const PdfReader& reader, const ScanLimits& limits);
// `index` is from 0. Throws Error(ExitStatus::input, "pdf-corrupt") when it has no such page.
PdfPageNode page_at(const PdfReader& reader, std::size_t index);
// A page of which nothing is known but where it is.
SourcePage page_of(const fs::path& file, std::size_t index);

// Whether a signature field of the file has a value.
bool is_signed(const PdfReader& reader);

}  // namespace sohoa
