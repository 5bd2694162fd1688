// SPDX-License-Identifier: Apache-2.0
// Rings of ink, whole or broken, as a seal leaves them among print and pen strokes.
#pragma once

#include "core/pix.hpp"

#include <optional>
#include <utility>

namespace sohoa {

// The share of directions from the middle (x, y) in which ink lies at the ellipse's rim or a little nearer, 0 … 1.
// `ink` has 1 bit; all measures are its pixels.
double ring_share(const Pix& ink, double x, double y, double across, double down);

struct Ring {
  double x;
  double y;
  double radius;
  double share;
};

// The clearest ring with a radius within `radii` and little ink around it. What is less than `letter` high and wide is
// looked at only when a ring is tried.
std::optional<Ring> find_ring(const Pix& ink, std::pair<double, double> radii, double letter);

}  // namespace sohoa
