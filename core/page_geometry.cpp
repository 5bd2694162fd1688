// SPDX-License-Identifier: Apache-2.0
#include "core/page_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace sohoa {

double shared_area(const Box& a, const Box& b) {
  return std::max(0.0, std::min(a.right, b.right) - std::max(a.left, b.left)) *
         std::max(0.0, std::min(a.bottom, b.bottom) - std::max(a.top, b.top));
}

Box united(const Box& a, const Box& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

Box upright_box(const Box& scan, double width, double height, const PageGeometry& geometry) {
  Box box{1e9, 1e9, -1e9, -1e9};
  const double angle = geometry.skew * std::numbers::pi / 180;
  for (const auto& [x, y] :
       {std::pair(scan.left, scan.top), {scan.right, scan.top}, {scan.left, scan.bottom}, {scan.right, scan.bottom}}) {
    const auto [a, b] = geometry.orientation == 90    ? std::pair(height - y, x)
                        : geometry.orientation == 180 ? std::pair(width - x, height - y)
                        : geometry.orientation == 270 ? std::pair(y, width - x)
                                                      : std::pair(x, y);
    const bool lying = geometry.orientation % 180 == 90;
    const double middle_x = (lying ? height : width) / 2;
    const double middle_y = (lying ? width : height) / 2;
    const double c = middle_x + (a - middle_x) * std::cos(angle) - (b - middle_y) * std::sin(angle);
    const double d = middle_y + (a - middle_x) * std::sin(angle) + (b - middle_y) * std::cos(angle);
    box = united(box, {c, d, c, d});
  }
  return box;
}

Box scan_box(const Box& upright, double width, double height, const PageGeometry& geometry) {
  const bool lying = geometry.orientation % 180 == 90;
  const double across = lying ? height : width;
  const double down = lying ? width : height;
  const Box askew = upright_box(upright, across, down, {.orientation = 0, .skew = -geometry.skew});
  return upright_box(askew, across, down, {.orientation = (360 - geometry.orientation) % 360});
}

PageGeometry geometry_of(const Json& page) {
  PageGeometry geometry;
  if (!page.is_object()) {
    return geometry;
  }
  if (const auto turn = page.find("orientation_degrees"); turn != page.end() && turn->is_number_integer()) {
    geometry.orientation = turn->get<int>();
  }
  if (const auto skew = page.find("skew_degrees"); skew != page.end() && skew->is_number()) {
    geometry.skew = skew->get<double>();
  }
  if (const auto blank = page.find("blank"); blank != page.end() && blank->is_boolean()) {
    geometry.blank = blank->get<bool>();
  }
  return geometry;
}

double page_dpi(const Json& page) {
  const auto dpi = page.is_object() ? page.find("dpi") : page.end();
  const bool pair =
      page.is_object() && dpi != page.end() && dpi->is_array() && dpi->size() == 2 && dpi->at(0).is_number();
  return pair ? dpi->at(0).get<double>() : 0;
}

}  // namespace sohoa
