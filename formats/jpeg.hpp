// SPDX-License-Identifier: Apache-2.0
// JPEG data (ITU-T T.81), from a file of their own, a TIFF or a PDF.
#pragma once

#include "core/document.hpp"
#include "core/pix.hpp"
#include "formats/encoded_image.hpp"

#include <optional>
#include <string>

namespace sohoa {

struct JpegHeader {
  int width = 0;   // pixels, as stored
  int height = 0;  // pixels, as stored
  int components = 0;
  bool inverted = false;     // four components as Adobe writes them
  bool pdf_reads_it = true;  // with the same colours and by ISO 32000-1, 7.4.8
  int orientation = 1;       // Exif
  double dpi_x = 0;          // JFIF, else Exif; 0 when neither says
  double dpi_y = 0;
};

// Reads no further than the first scan's header, but looks for the end of the image. Throws about that page:
// image-corrupt, image-unsupported, image-truncated.
JpegHeader jpeg_header(const std::string& bytes, const SourcePage& page);

// As stored, not turned: 8 or 32 bits. Harmless oddities pass; lost data are image-truncated.
// `inverted` overrules what the data say of themselves, as a PDF's /Decode does. `enough_pixels` is as in ScanLimits:
// the page comes by halves, down to an eighth.
PixPtr decode_jpeg(const std::string& bytes, const SourcePage& page, std::optional<bool> inverted = std::nullopt,
                   int enough_pixels = 0);

// The same bytes, marked as untouched; no data when a PDF would show them in other colours or not at all.
EncodedImage jpeg_for_pdf(std::string bytes, const SourcePage& page);

}  // namespace sohoa
