// SPDX-License-Identifier: Apache-2.0
// The image of an agency's seal for its signature's block, in the seal's own size (TT 02/2019/TT-BNV: red, PNG, ground
// transparent).
#pragma once

#include "core/fs.hpp"
#include "formats/pdf_update.hpp"

#include <string>

namespace sohoa {

struct SealImage {
  int width = 0;         // pixels
  int height = 0;        // pixels
  double width_pt = 0;   // points on paper
  double height_pt = 0;  // points on paper
  std::string rgb;       // three bytes a pixel, sRGB
  std::string ground;    // one bit a pixel, rows of whole bytes: 1 where paper shows through
};

// Throws Error(ExitStatus::usage): seal-unreadable when it is no whole PNG of at most 3,000 pixels a side, seal-size
// when it says no resolution or would be larger than 60 mm: its true size is not known then.
SealImage load_seal_image(const fs::path& file);

// An image XObject. Its ground is an explicit mask (ISO 32000-1, 8.9.6.3), because PDF/A-1 (6.4) has no transparency;
// its colours are ICC-based, because the file may have an output intent of any kind.
PoDoFo::PdfReference put_seal_image(PdfUpdate& update, const SealImage& seal);

}  // namespace sohoa
