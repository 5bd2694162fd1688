// SPDX-License-Identifier: Apache-2.0
#include "core/prepare.hpp"

#include "core/binarize.hpp"
#include "core/skew.hpp"

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Levels after the paper has been made 200 of 255; darker than black_level is ink, lighter than white_level paper.
constexpr int black_level = 51;
constexpr int white_level = 199;

}  // namespace

ReadingImage prepare_for_reading(const Pix& scan, double dpi, const PageGeometry& geometry) {
  ReadingImage reading;
  reading.scale = reading_dpi / (dpi > 0 ? dpi : 300);
  PixPtr grey = reading_grey(scan, reading.scale);
  if (depth_of(scan) != 1) {
    // A scan too small for the background's map is read as it is.
    if (Pix* flat = pixBackgroundNormSimple(grey.get(), nullptr, nullptr); flat != nullptr) {
      grey.reset(flat);
    }
    pixGammaTRC(grey.get(), grey.get(), 1.0F, black_level, white_level);
  }
  reading.image = straighten(*grey, geometry);
  return reading;
}

}  // namespace sohoa
