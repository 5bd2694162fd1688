// SPDX-License-Identifier: Apache-2.0
// One image XObject (ISO 32000-1, 8.9.5): what it is, its own compressed bytes, its pixels.
#pragma once

#include "formats/encoded_image.hpp"
#include "formats/pdf_reader.hpp"
#include "formats/scan_file.hpp"

#include <string>

namespace sohoa {

struct PdfScanImage {
  EncodedImage image;  // untouched, or without data when PDF/A cannot hold it so; orientation 1
  std::string colour;  // bitonal | grey | colour
  unsigned width = 0;  // pixels, as stored
  unsigned height = 0;
};

// Reads the dictionary and, of JPEG data, the header. Throws Error(ExitStatus::input) about that page:
// image-unsupported (JBIG2, transparency, odd colour spaces …), page-too-large, image-corrupt, image-truncated.
PdfScanImage describe_pdf_image(const PdfReader& reader, const PoDoFo::PdfObject& object, const SourcePage& page,
                                const ScanLimits& limits);

// Throws the same, and what is wrong with the data.
PixPtr pdf_image_pixels(const PdfReader& reader, const PoDoFo::PdfObject& object, const SourcePage& page,
                        const ScanLimits& limits);

}  // namespace sohoa
