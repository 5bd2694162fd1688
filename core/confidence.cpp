// SPDX-License-Identifier: Apache-2.0
#include "core/confidence.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace sohoa {
namespace {

struct Point {
  double stated;
  double right;
};
// scripts/calibrate holds this against pages with truth.
constexpr std::array<Point, 12> points = {{{0.0, 0.15},
                                           {0.2, 0.5},
                                           {0.4, 0.65},
                                           {0.6, 0.75},
                                           {0.75, 0.8},
                                           {0.85, 0.89},
                                           {0.9, 0.93},
                                           {0.92, 0.97},
                                           {0.94, 0.99},
                                           {0.96, 0.998},
                                           {0.97, 0.999},
                                           {1.0, 0.999}}};

}  // namespace

double share_right(double tesseract_confidence) {
  const double stated = std::clamp(tesseract_confidence, 0.0, 1.0);
  const auto* above =
      std::find_if(std::next(points.begin()), points.end(), [&](const Point& p) { return p.stated >= stated; });
  const Point& high = above != points.end() ? *above : points.back();
  const Point& low = *std::prev(above != points.end() ? above : std::prev(points.end()));
  const double part = high.stated > low.stated ? (stated - low.stated) / (high.stated - low.stated) : 0;
  return low.right + part * (high.right - low.right);
}

}  // namespace sohoa
