// SPDX-License-Identifier: Apache-2.0
// Lying rectangles among points of ink: the frame of a stamp, tilted, broken, or crossed by print; and how a word lies.
#pragma once

#include <optional>
#include <vector>

namespace sohoa {

struct InkPoint {
  float x;
  float y;
};

// A rectangle whose long side goes `tilt` degrees clockwise from level.
struct TiltedBox {
  double x = 0;  // its middle
  double y = 0;
  double width = 0;
  double height = 0;
  double tilt = 0;
  double clear = 0;  // of a frame: the mean share of its four edges that has ink, 0 … 1
};

inline constexpr double most_tilt = 25;  // degrees either way

// The frame that the points' straight edges make, 10 … 62 mm by 5 … 20 mm, at least so clear (0.7 and more). `mm` is
// pixels a millimetre, 3 and more.
std::optional<TiltedBox> fit_frame(const std::vector<InkPoint>& points, double mm, double least_clear);

// The box of a word without a frame, at the tilt at which its letters stand most clearly on a line; nothing when that
// is less than `least_tilt` degrees.
std::optional<TiltedBox> fit_word(const std::vector<InkPoint>& points, double least_tilt);

}  // namespace sohoa
