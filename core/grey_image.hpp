// SPDX-License-Identifier: Apache-2.0
// A small grey copy of a page, cheap enough to look for barcodes on every page.
#pragma once

#include "core/page_geometry.hpp"
#include "core/pix.hpp"

#include <cstdint>
#include <vector>

namespace sohoa {

struct GreyImage {
  int width = 0;
  int height = 0;
  int shrink = 1;                     // pixels of the page that one of these is, each way
  std::vector<std::uint8_t> samples;  // row by row, 0 is black; the red channel of a colour page

  [[nodiscard]] const std::uint8_t* row(int y) const {
    return samples.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

// The part `part` of the page (all of it when it is empty), each pixel the mean of shrink * shrink pixels.
GreyImage grey_image(const Pix& page, int shrink, const Box& part = {});

}  // namespace sohoa
