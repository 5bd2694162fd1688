// SPDX-License-Identifier: Apache-2.0
#include "core/binarize.hpp"

#include <algorithm>
#include <cmath>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int tile = 16;            // pixels; background is judged a tile at a time
constexpr int ink_threshold = 130;  // of 255, after the paper has been made 200
constexpr int paper_level = 200;

Pix* raw(const Pix& image) { return const_cast<Pix*>(&image); }  // Leptonica takes no const

PixPtr scaled(Pix* grey, double scale) {
  if (std::abs(scale - 1) < 0.01) {
    return own(pixCopy(nullptr, grey), "pixCopy");
  }
  const auto factor = static_cast<float>(scale);
  return scale < 0.7 ? own(pixScaleAreaMap(grey, factor, factor), "pixScaleAreaMap")
                     : own(pixScaleGrayLI(grey, factor, factor), "pixScaleGrayLI");
}

}  // namespace

PixPtr reading_grey(const Pix& scan, double scale) {
  switch (depth_of(scan)) {
    case 1: {
      if (scale < 0.99) {
        return own(pixScaleToGray(raw(scan), static_cast<float>(scale)), "pixScaleToGray");
      }
      const PixPtr grey = own(pixConvert1To8(nullptr, raw(scan), 255, 0), "pixConvert1To8");
      const PixPtr smooth = own(pixBlockconvGray(grey.get(), nullptr, 1, 1), "pixBlockconvGray");
      return scaled(smooth.get(), scale);
    }
    case 8:
      return scaled(raw(scan), scale);
    default: {
      const PixPtr red = own(pixGetRGBComponent(raw(scan), COLOR_RED), "pixGetRGBComponent");
      return scaled(red.get(), scale);
    }
  }
}

PixPtr ink_of(const Pix& grey) {
  const Size size = size_of(grey);
  Pix* flat = nullptr;
  if (size.width > 4 * tile && size.height > 4 * tile) {
    flat = pixBackgroundNorm(raw(grey), nullptr, nullptr, tile, tile, 90, 40, paper_level, 2, 2);
  }
  const PixPtr level = flat != nullptr ? own(flat, "pixBackgroundNorm") : own(pixCopy(nullptr, raw(grey)), "pixCopy");
  return own(pixThresholdToBinary(level.get(), ink_threshold), "pixThresholdToBinary");
}

PixPtr turned(const Pix& image, int degrees) {
  const int quads = ((degrees / 90) % 4 + 4) % 4;
  return own(pixRotateOrth(raw(image), quads), "pixRotateOrth");
}

}  // namespace sohoa
