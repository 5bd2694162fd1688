// SPDX-License-Identifier: Apache-2.0
// What the first directory of an Exif block (CIPA DC-008, 4.6.4) says about how to show an image.
#pragma once

#include <string_view>

namespace sohoa {

struct Exif {
  int orientation = 1;  // 1 … 8
  double dpi_x = 0;     // 0 when it does not say
  double dpi_y = 0;
};

// `tiff` begins with the byte order mark. Never fails: what cannot be read is left at its default.
Exif read_exif(std::string_view tiff);

}  // namespace sohoa
