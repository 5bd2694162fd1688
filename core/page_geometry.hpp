// SPDX-License-Identifier: Apache-2.0
// The frames a page is measured in.
//
// Scan frame:    pixels of the decoded scan, origin top left, y down.
// Upright frame: the scan turned clockwise by `orientation` (0, 90, 180, 270), then turned about
//                its centre by `skew` degrees so that text lines lie level. Same pixel size, same canvas.
//                Every box in an OcrPage is in this frame.
#pragma once

#include "core/json.hpp"

namespace sohoa {

struct Box {
  double left = 0;  // pixels
  double top = 0;
  double right = 0;
  double bottom = 0;

  bool operator==(const Box&) const = default;
};
// The smallest box that holds both.
Box united(const Box& a, const Box& b);
inline Box with_room(const Box& box, double room) {
  return {box.left - room, box.top - room, box.right + room, box.bottom + room};
}
inline bool touch(const Box& a, const Box& b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
// The area that both have, in pixels.
double shared_area(const Box& a, const Box& b);
inline double height_of(const Box& box) { return box.bottom - box.top; }
inline double area_of(const Box& box) { return (box.right - box.left) * height_of(box); }
inline double middle_of(const Box& box) { return (box.top + box.bottom) / 2; }  // y
// Whether the other box's middle lies in the box.
inline bool holds_middle(const Box& box, const Box& other) {
  const double across = (other.left + other.right) / 2;
  const double down = middle_of(other);
  return across > box.left && across < box.right && down > box.top && down < box.bottom;
}
// Whether a block of text follows what was found beside the blocks: it lies lower, or beside that to the right.
inline bool is_read_after(const Box& block, const Box& found) {
  return block.top >= found.bottom || (block.left >= found.right && block.bottom > found.top);
}

struct PageGeometry {
  int orientation = 0;  // degrees clockwise that the scan must be turned to stand upright
  double skew = 0;      // degrees clockwise that the upright scan must be turned to lie level
  bool blank = false;
};

// The smallest upright box around a box of the scan frame, whose page has that size in pixels.
Box upright_box(const Box& scan, double width, double height, const PageGeometry& geometry);
// The smallest box of the scan frame around a box of the upright one.
Box scan_box(const Box& upright, double width, double height, const PageGeometry& geometry);

// Keys orientation_degrees, skew_degrees and blank of a `pages[]` entry; defaults when missing.
PageGeometry geometry_of(const Json& page);

// The horizontal of the entry's `dpi`, 0 when it has none.
double page_dpi(const Json& page);

}  // namespace sohoa
