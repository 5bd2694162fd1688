// SPDX-License-Identifier: Apache-2.0
#include "core/stamp_over_print.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace sohoa {
namespace {

// Heights of a line.
constexpr double nearly_touches = 4;
constexpr double a_space = 1.0 / 3;

template <typename Is>
bool any_line(const OcrPage& page, const Is& is) {
  return std::any_of(page.blocks.begin(), page.blocks.end(),
                     [&is](const OcrBlock& block) { return std::any_of(block.lines.begin(), block.lines.end(), is); });
}

// From the middle of the tilted frame to the height of its corners.
double reach_of(const StampPiece& piece) {
  const double angle = std::abs(piece.tilt) * std::numbers::pi / 180;
  const double width = piece.box.right - piece.box.left;
  return (height_of(piece.box) * std::cos(angle) + width * std::sin(angle)) / 2;
}

}  // namespace

bool lies_in_seal(const Box& box, const OcrPage& page) {
  constexpr double nearly_all = 0.9;
  return std::any_of(page.marks.begin(), page.marks.end(), [&box](const OcrMark& mark) {
    return mark.kind == OcrMark::Kind::seal && shared_area(box, mark.box) > nearly_all * area_of(box);
  });
}

bool lies_at_edge(const Box& box, const OcrPage& page) {
  const double edge = page.width / 20.0;
  return box.left < edge || box.right > page.width - edge;
}

bool stands_askew(const StampPiece& piece) {
  constexpr double least_tilt = 2.5;  // degrees; print that is bent at the page's edge has less
  return std::abs(piece.tilt) > least_tilt;
}

bool lies_over_print(const StampPiece& piece, const OcrPage& page) {
  const Box& box = piece.box;
  const bool has_corners = stands_askew(piece) && piece.clear >= drawn_frame;
  const double reach = has_corners ? reach_of(piece) : height_of(box) / 2;
  return any_line(page, [&](const OcrLine& line) {
    const double beyond = height_of(line.box) / 2;
    const double y = middle_of(line.box);
    const bool goes_in = line.box.left < box.left - beyond && line.box.right > box.left;
    const bool goes_out = line.box.right > box.right + beyond && line.box.left < box.right;
    const double near = nearly_touches * height_of(line.box);
    const bool is_near = line.box.left < box.right + near && line.box.right > box.left - near;
    return std::abs(y - middle_of(box)) < reach && (stands_askew(piece) ? is_near : goes_in && goes_out);
  });
}

bool goes_over_side(const StampPiece& piece, const OcrPage& page) {
  const Box& box = piece.box;
  return any_line(page, [&box](const OcrLine& line) {
    const double y = middle_of(line.box);
    const double least = height_of(line.box) / 6;
    const double space = a_space * height_of(line.box);
    const auto crosses = [&](const OcrWord& word, const OcrWord& next, double side) {
      return word.box.left < side - least && next.box.right > side + least && next.box.left - word.box.right < space;
    };
    for (std::size_t i = 0; y > box.top && y < box.bottom && i < line.words.size(); ++i) {
      const OcrWord& next = line.words[std::min(i + 1, line.words.size() - 1)];
      if (crosses(line.words[i], next, box.left) || crosses(line.words[i], next, box.right)) {
        return true;
      }
    }
    return false;
  });
}

HiddenPart part_hidden_by(const StampPiece& piece, const OcrPage& page) {
  constexpr double neighbours = 2;  // heights of the frame
  const Box& box = piece.box;
  const double reach = neighbours * height_of(box);
  HiddenPart hidden;
  bool is_between = false;
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      const double height = height_of(line.box);
      const double y = middle_of(line.box);
      const bool is_long = line.words.size() >= 3;  // and no cell's
      if (y > box.top && y < box.bottom) {
        const double near = (is_long ? nearly_touches : a_space) * height;
        hidden.beginning = hidden.beginning || (line.box.left > box.right - height && line.box.left < box.right + near);
        hidden.end = hidden.end || (line.box.right < box.left + height && line.box.right > box.left - near);
      } else if (is_long && y > box.top - reach && y < box.bottom + reach) {
        is_between = is_between || (line.box.left < box.left + height && line.box.right > box.right + height);
      }
    }
  }
  return is_between ? hidden : HiddenPart();
}

}  // namespace sohoa
