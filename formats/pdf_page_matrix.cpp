// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_page_matrix.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace sohoa {
namespace {

constexpr double k_min_points = 3;
constexpr double k_max_points = 14400;

// The orientations 1 … 8 on a unit square whose y points down.
constexpr std::array<Matrix, 8> k_orientations{{{1, 0, 0, 1, 0, 0},
                                                {-1, 0, 0, 1, 1, 0},
                                                {-1, 0, 0, -1, 1, 1},
                                                {1, 0, 0, -1, 0, 1},
                                                {0, 1, 1, 0, 0, 0},
                                                {0, 1, -1, 0, 1, 0},
                                                {0, -1, -1, 0, 1, 1},
                                                {0, -1, 1, 0, 0, 1}}};

const Matrix& orientation_matrix(int orientation) {
  if (orientation < 1 || orientation > 8) {
    throw input_error("image-orientation", "the image's orientation is " + std::to_string(orientation) + ", not 1 to 8",
                      "scan the page again or repair the file's orientation tag");
  }
  return k_orientations.at(static_cast<std::size_t>(orientation - 1));
}

// The orientation that amounts to the same as turning clockwise.
int orientation_of_turn(int degrees) {
  switch (degrees) {
    case 0:
      return 1;
    case 90:
      return 6;
    case 180:
      return 3;
    case 270:
      return 8;
    default:
      throw input_error("page-turn", "the page is to be turned by " + std::to_string(degrees) + " degrees",
                        "give 0, 90, 180 or 270");
  }
}

bool swaps_axes(const Matrix& matrix) { return matrix.a == 0; }

// Clockwise about the centre of a frame whose y points down.
Matrix turn_about_centre(double degrees, double width, double height) {
  const double radians = degrees * std::numbers::pi / 180;
  const double cosine = std::cos(radians);
  const double sine = std::sin(radians);
  const double x = width / 2;
  const double y = height / 2;
  return {cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y};
}

void check_page_size(double width, double height) {
  const auto fits = [](double points) { return points >= k_min_points && points <= k_max_points; };
  if (!fits(width) || !fits(height)) {
    throw input_error("page-size",
                      "the page would measure " + std::to_string(width) + " x " + std::to_string(height) +
                          " points, outside the 3 to 14400 that PDF/A allows",
                      "check the resolution that the scan states");
  }
}

}  // namespace

std::array<double, 4> bounds_of_image(const Matrix& m) {
  const auto [left, right] = std::minmax({m.e, m.e + m.a, m.e + m.c, m.e + m.a + m.c});
  const auto [bottom, top] = std::minmax({m.f, m.f + m.b, m.f + m.d, m.f + m.b + m.d});
  return {left, bottom, right, top};
}

Matrix then(const Matrix& first, const Matrix& second) {
  return {second.a * first.a + second.c * first.b,
          second.b * first.a + second.d * first.b,
          second.a * first.c + second.c * first.d,
          second.b * first.c + second.d * first.d,
          second.a * first.e + second.c * first.f + second.e,
          second.b * first.e + second.d * first.f + second.f};
}

PagePlacement place_page(const EncodedImage& image, double dpi_x, double dpi_y, const PageGeometry& geometry) {
  const Matrix& tag = orientation_matrix(image.orientation);
  const Matrix& turn = orientation_matrix(orientation_of_turn(geometry.orientation));
  double width = image.width;
  double height = image.height;
  if (swaps_axes(tag) != swaps_axes(turn)) {
    std::swap(width, height);
  }
  if (swaps_axes(turn)) {
    std::swap(dpi_x, dpi_y);  // they were stated for the image after its tag, before the turn
  }
  PagePlacement page;
  page.points_per_pixel_x = 72 / dpi_x;
  page.points_per_pixel_y = 72 / dpi_y;
  page.width = width * page.points_per_pixel_x;
  page.height = height * page.points_per_pixel_y;
  check_page_size(page.width, page.height);
  if (!std::isfinite(geometry.skew)) {
    throw input_error("page-turn", "the page's skew is not a number", "straighten the page again");
  }

  const Matrix flip{1, 0, 0, -1, 0, 1};
  const Matrix to_pixels{width, 0, 0, height, 0, 0};
  const Matrix to_points{page.points_per_pixel_x, 0, 0, -page.points_per_pixel_y, 0, page.height};
  const Matrix upright = then(then(then(flip, tag), turn), to_pixels);
  page.image = then(then(upright, turn_about_centre(geometry.skew, width, height)), to_points);
  return page;
}

}  // namespace sohoa
