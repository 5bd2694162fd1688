// SPDX-License-Identifier: Apache-2.0
#include "formats/free_place.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

constexpr double k_tolerance = 1e-6;  // lets a block touch the line that it was moved to

bool overlap(const Box& a, const Box& b, double gap) {
  gap -= k_tolerance;
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

}  // namespace

// A nearest place touches the area's edges or boxes on its way, so only such places are tried.
std::optional<Box> free_place(const PlaceRequest& request, const std::vector<Box>& printed) {
  const Box& area = request.area;
  std::vector<Box> near;
  std::copy_if(printed.begin(), printed.end(), std::back_inserter(near),
               [&](const Box& box) { return overlap(box, area, request.gap); });
  std::vector<double> lefts{request.from_right ? area.right - request.width : area.left};
  std::vector<double> tops{area.top};
  for (const Box& box : near) {
    lefts.push_back(request.from_right ? box.left - request.gap - request.width : box.right + request.gap);
    tops.push_back(box.bottom + request.gap);
  }
  std::optional<Box> best;
  double best_distance = 0;
  for (const double left : lefts) {
    for (const double top : tops) {
      const Box place{left, top, left + request.width, top + request.height};
      const double distance = std::hypot(left - lefts.front(), top - tops.front());
      const bool inside = place.left >= area.left - k_tolerance && place.right <= area.right + k_tolerance &&
                          place.bottom <= area.bottom + k_tolerance;
      if (inside && (!best || distance < best_distance) &&
          std::none_of(near.begin(), near.end(), [&](const Box& box) { return overlap(place, box, request.gap); })) {
        best = place;
        best_distance = distance;
      }
    }
  }
  return best;
}

}  // namespace sohoa
