// SPDX-License-Identifier: Apache-2.0
#include "core/page_geometry.hpp"

#include <algorithm>

namespace sohoa {

Box united(const Box& a, const Box& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
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
