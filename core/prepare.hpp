// SPDX-License-Identifier: Apache-2.0
// The picture that the recognizer reads: smaller and cleaner than the scan, which stays as it is.
#pragma once

#include "core/page_geometry.hpp"
#include "core/pix.hpp"

namespace sohoa {

// Of 150 … 300 dpi, 200 gave the fewest wrong words and nearly the least work on real 300-dpi office pages:
// a 13-point line is then about 36 pixels high, as in the models' training.
inline constexpr double reading_dpi = 200;

struct ReadingImage {
  PixPtr image;      // 8-bit grey, upright and level
  double scale = 1;  // its pixels a pixel of the upright frame
};

// Red channel (a red seal is white in it), paper made white and ink black, at the scale at which the
// lines have the height that Tesseract's models were trained on: that of reading_dpi, or up to half as much again where
// the page's letters are small (print of 9 points and less).
ReadingImage prepare_for_reading(const Pix& scan, double dpi, const PageGeometry& geometry);

struct ReadingPart {
  PixPtr image;
  int left = 0;  // of its corner in the reading image
  int top = 0;
};
// What is around the box of the upright frame in the same picture of a colour scan without any ink that has a colour:
// print that a blue pen went over stands alone.
ReadingPart black_alone(const Pix& scan, const PageGeometry& geometry, const ReadingImage& reading, const Box& part);

}  // namespace sohoa
