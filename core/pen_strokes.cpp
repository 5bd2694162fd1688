// SPDX-License-Identifier: Apache-2.0
#include "core/pen_strokes.hpp"

#include "core/brick.hpp"
#include "core/second_look.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Pixels of the reading image:
constexpr int rows_before = 8;  // in which a stroke's direction is seen
constexpr int widest = 16;      // that a stroke is along a row
constexpr int aside = 8;        // to which it may go from row to row
constexpr double pace = 1.5;
constexpr int paces_ahead = 8;
constexpr int most_paces = 400;
constexpr std::size_t fewest_paces = 8;
constexpr double out_of_line = 3;
constexpr double narrowest = 2.0;  // half of what is taken away of a stroke
constexpr double thickest = 4.0;
constexpr int least_bold = 3;
constexpr int most_bold = 8;

constexpr int most_turn = 24;  // degrees a pace
constexpr int turn_step = 4;
constexpr double dear_turn = 0.006;  // of the ink, a degree
constexpr double least_ink = 0.55;   // ahead
constexpr double most_bend = 0.12;   // radians a pixel

struct Place {
  double x = 0;
  double y = 0;
};

struct Start {
  Place place;
  double direction = 0;  // radians, downwards from the right
  double width = 0;      // along the row
};

struct Run {
  int begin = 0;
  int end = 0;  // one past
  [[nodiscard]] double middle() const { return (begin + end - 1) / 2.0; }
};

class Strokes {
 public:
  explicit Strokes(const Pix& grey) : m_size(size_of(grey)), m_ink(darker(grey, ink_level)) {}

  [[nodiscard]] const Pix& ink() const { return *m_ink; }

  // Those that cross the row, and come from `before` rows above it (below, when negative).
  [[nodiscard]] std::vector<Start> crossing(int row, int before) const {
    std::vector<Start> starts;
    if (row < 0 || row >= m_size.height || row - before < 0 || row - before >= m_size.height) {
      return starts;
    }
    for (int x = 0; x < m_size.width; ++x) {
      if (!is_ink(x, row)) {
        continue;
      }
      const Run run = run_at(x, row);
      x = run.end;
      if (run.end - run.begin > widest) {
        continue;
      }
      if (const std::optional<double> from = followed(run.middle(), row, before)) {
        starts.push_back({{run.middle(), static_cast<double>(row)},
                          std::atan2(before, run.middle() - *from),
                          static_cast<double>(run.end - run.begin)});
      }
    }
    return starts;
  }

  // On through the rows, as straight or as bent as it was.
  [[nodiscard]] std::vector<Place> path(const Start& start, int top, int bottom) const {
    std::vector<Place> places;
    Place at = start.place;
    double direction = start.direction;
    double bend = 0;
    for (int i = 0; i < most_paces; ++i) {
      double most = -1;
      double turn = 0;
      for (int degrees = -most_turn; degrees <= most_turn; degrees += turn_step) {
        const double radians = degrees * std::numbers::pi / 180;
        const double worth = ink_ahead(at, direction + radians, bend) - dear_turn * std::abs(degrees);
        if (worth > most) {
          most = worth;
          turn = radians;
        }
      }
      if (most < least_ink) {
        break;
      }
      bend = std::clamp(0.8 * bend + 0.1 * turn / pace, -most_bend, most_bend);
      direction += turn;
      at = {at.x + pace * std::cos(direction), at.y + pace * std::sin(direction)};
      places.push_back(at);
      if (at.y < top - out_of_line || at.y > bottom + out_of_line) {
        break;
      }
    }
    return places;
  }

 private:
  [[nodiscard]] bool is_ink(int x, int y) const {
    l_uint32 bit = 0;
    return pixGetPixel(m_ink.get(), x, y, &bit) == 0 && bit != 0;
  }
  [[nodiscard]] Run run_at(int x, int y) const {
    Run run{x, x + 1};
    while (is_ink(run.begin - 1, y)) {
      --run.begin;
    }
    while (is_ink(run.end, y)) {
      ++run.end;
    }
    return run;
  }
  // Where the stroke lies so many rows earlier.
  [[nodiscard]] std::optional<double> followed(double middle, int row, int before) const {
    for (int i = 0; i != before; i += before > 0 ? 1 : -1) {
      std::optional<int> nearest;
      for (int off = 0; off <= aside && !nearest; ++off) {
        for (const int x : {static_cast<int>(middle) - off, static_cast<int>(middle) + off}) {
          nearest = is_ink(x, row - i) ? std::optional(x) : nearest;
        }
      }
      if (!nearest) {
        return std::nullopt;
      }
      middle = run_at(*nearest, row - i).middle();
    }
    return middle;
  }
  // The mean of nine pixels, some more.
  [[nodiscard]] double softened(const Place& at) const {
    const auto x = static_cast<int>(std::lround(at.x));
    const auto y = static_cast<int>(std::lround(at.y));
    int count = 0;
    for (int down = -1; down <= 1; ++down) {
      for (int right = -1; right <= 1; ++right) {
        count += is_ink(x + right, y + down) ? 1 : 0;
      }
    }
    return std::min(1.0, count * 1.2 / 9);
  }
  [[nodiscard]] double ink_ahead(Place at, double direction, double bend) const {
    double sum = 0;
    for (int i = 0; i < paces_ahead; ++i) {
      at = {at.x + pace * std::cos(direction), at.y + pace * std::sin(direction)};
      direction += bend * pace;
      sum += softened(at);
    }
    return sum / paces_ahead;
  }

  Size m_size;
  PixPtr m_ink;
};

void draw(Pix& mask, const std::vector<Place>& path, double radius) {
  const int reach = static_cast<int>(std::ceil(radius));
  for (const Place& place : path) {
    const auto x = static_cast<int>(place.x);
    const auto y = static_cast<int>(place.y);
    for (int j = y - reach; j <= y + reach + 1; ++j) {
      for (int i = x - reach; i <= x + reach + 1; ++i) {
        if (std::hypot(i - place.x, j - place.y) <= radius) {
          pixSetPixel(&mask, i, j, 1);
        }
      }
    }
  }
}

}  // namespace

PixPtr without_pen(const Pix& grey, int top, int bottom, int reach, bool keep_bold) {
  const Strokes strokes(grey);
  const Size size = size_of(grey);
  const PixPtr pen = own(pixCreate(size.width, size.height, 1), "pixCreate");
  std::vector<double> widths;
  for (const auto& [row, before] : {std::pair(top, rows_before), std::pair(bottom, -rows_before)}) {
    for (const Start& start : strokes.crossing(row, before)) {
      if (const std::vector<Place> path = strokes.path(start, top, bottom); path.size() >= fewest_paces) {
        widths.push_back(start.width * std::abs(std::sin(start.direction)));
        draw(*pen, path, std::clamp(widths.back() / 2 + 0.8, narrowest, thickest));
      }
    }
  }
  if (widths.empty()) {
    return nullptr;
  }
  if (keep_bold) {
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    const int bold = std::clamp(static_cast<int>(std::ceil(*middle)), least_bold, most_bold);
    pixSubtract(pen.get(), pen.get(), opened(strokes.ink(), bold, bold).get());
  }
  if (reach > 0) {
    const PixPtr rest = own(pixSubtract(nullptr, const_cast<Pix*>(&strokes.ink()), pen.get()), "pixSubtract");
    pixSubtract(pen.get(), pen.get(), closed(*rest, reach, reach).get());
  }
  PixPtr print = own(pixCopy(nullptr, const_cast<Pix*>(&grey)), "pixCopy");
  pixSetMasked(print.get(), pen.get(), 255);
  return print;
}

}  // namespace sohoa
