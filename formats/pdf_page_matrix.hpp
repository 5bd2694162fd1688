// SPDX-License-Identifier: Apache-2.0
// How a stored image comes to lie upright and level on a page of its true size.
#pragma once

#include "formats/pdf_writer.hpp"

#include <array>

namespace sohoa {

// x' = a x + c y + e, y' = b x + d y + f, as the operators cm and Tm take it (ISO 32000-1, 8.3.3).
struct Matrix {
  double a = 1;
  double b = 0;
  double c = 0;
  double d = 1;
  double e = 0;
  double f = 0;
};

// First `first`, then `second`.
Matrix then(const Matrix& first, const Matrix& second);

// Left, bottom, right, top of where the matrix takes the unit square that an image fills.
std::array<double, 4> bounds_of_image(const Matrix& matrix);

struct PagePlacement {
  double width = 0;  // points; the MediaBox is [0 0 width height]
  double height = 0;
  double points_per_pixel_x = 0;  // of the upright frame (core/page_geometry.hpp)
  double points_per_pixel_y = 0;
  Matrix image;  // takes the unit square that an image XObject fills to the page
};

// The turn by `geometry.skew` is made in pixels, as it is for the boxes, and so holds for
// pixels that are not square. Throws Error(ExitStatus::input) for an orientation outside
// 1 … 8, a turn that is no quarter, no pixels, or a page outside 3 … 14400 points
// (ISO 19005-2, 6.1.13).
PagePlacement place_page(const EncodedImage& image, double dpi_x, double dpi_y, const PageGeometry& geometry);

}  // namespace sohoa
