// SPDX-License-Identifier: Apache-2.0
// JPEG 2000 data (ITU-T T.800), as PDF holds them.
#pragma once

#include "formats/scan_file.hpp"

#include <string>

namespace sohoa {

struct Jp2kShape {
  int width = 0;   // pixels
  int height = 0;  // pixels
  int components = 0;
};

// Throws image-corrupt about that page.
Jp2kShape jp2k_shape(const std::string& data, const SourcePage& page);
// Throws image-truncated.
PixPtr decode_jp2k(const std::string& data, const SourcePage& page);

}  // namespace sohoa
