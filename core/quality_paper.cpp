// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double cell_mm = 1;
constexpr double not_paper = 0.72;  // of the paper's light, in one colour
constexpr double least_leg = 6;     // mm; punch holes and round corners are smaller
constexpr double most_leg = 90;     // mm; more is no corner
constexpr double filled = 0.75;     // share of the triangle that is no paper
constexpr double empty = 0.35;      // share of what the triangle mirrors to that may be none, too

// A millimetre a cell, each the lightest of some of its pixels, which leaves out print.
struct Map {
  int width = 0;
  int height = 0;
  std::array<std::vector<std::uint8_t>, 3> colours;

  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
};

// Its red, green and blue.
std::array<std::uint8_t, 3> pixel(const l_uint32* line, int x, int depth) {
  if (depth == 32) {
    const l_uint32 rgb = line[x];
    return {static_cast<std::uint8_t>(rgb >> 24U), static_cast<std::uint8_t>(rgb >> 16U),
            static_cast<std::uint8_t>(rgb >> 8U)};
  }
  const std::uint8_t grey = depth == 8 ? static_cast<std::uint8_t>(GET_DATA_BYTE(line, x))
                                       : static_cast<std::uint8_t>(GET_DATA_BIT(line, x) != 0 ? 0 : 255);
  return {grey, grey, grey};
}

Map map_of(const Pix& page, double dpi) {
  auto* raw = const_cast<Pix*>(&page);
  const Size size = size_of(page);
  const int depth = depth_of(page);
  const double step = std::max(3.0, cell_mm * dpi / 25.4);
  Map map{static_cast<int>(size.width / step), static_cast<int>(size.height / step), {}};
  for (auto& colour : map.colours) {
    colour.resize(static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height));
  }
  for (int y = 0; y < map.height; ++y) {
    for (int row = 0; row < 2; ++row) {
      const auto line_y = static_cast<std::ptrdiff_t>((y + (2 * row + 1) / 4.0) * step);
      const l_uint32* line = pixGetData(raw) + line_y * pixGetWpl(raw);
      for (int x = 0; x < map.width; ++x) {
        for (int column = 0; column < 2; ++column) {
          const auto light = pixel(line, static_cast<int>((x + (2 * column + 1) / 4.0) * step), depth);
          for (std::size_t i = 0; i < 3; ++i) {
            std::uint8_t& cell = map.colours[i][map.at(x, y)];
            cell = std::max(cell, light[i]);
          }
        }
      }
    }
  }
  return map;
}

// The lightest of each cell and its neighbours: first of those above and below, then of those beside.
void spread(Map& map) {
  const auto width = static_cast<std::size_t>(map.width);
  const auto lighter = [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); };
  for (auto& colour : map.colours) {
    const std::vector<std::uint8_t> old = colour;
    if (old.size() > width) {
      std::transform(old.begin() + map.width, old.end(), colour.begin(), colour.begin(), lighter);
      std::transform(old.begin(), old.end() - map.width, colour.begin() + map.width, colour.begin() + map.width,
                     lighter);
    }
    const std::vector<std::uint8_t> tall = colour;
    for (std::size_t row = 0; row < tall.size(); row += width) {
      for (std::size_t x = 0; x + 1 < width; ++x) {
        colour[row + x] = std::max(colour[row + x], tall[row + x + 1]);
        colour[row + x + 1] = std::max(colour[row + x + 1], tall[row + x]);
      }
    }
  }
}

std::uint8_t middle(std::vector<std::uint8_t> levels) {
  const auto at = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
  std::nth_element(levels.begin(), at, levels.end());
  return *at;
}

struct Point {
  double x = 0;
  double y = 0;
};

// The cells that are paper, seen so that the corner in question is at the top left.
class View {
 public:
  View(const Map& map, const std::array<std::uint8_t, 3>& paper, bool right, bool low)
      : m_map(map), m_paper(paper), m_right(right), m_low(low) {}

  [[nodiscard]] bool paper(int x, int y) const {
    if (x < 0 || y < 0 || x >= m_map.width || y >= m_map.height) {
      return false;
    }
    const std::size_t at = m_map.at(m_right ? m_map.width - 1 - x : x, m_low ? m_map.height - 1 - y : y);
    for (std::size_t i = 0; i < 3; ++i) {
      if (m_map.colours[i][at] < not_paper * m_paper[i]) {
        return false;
      }
    }
    return true;
  }
  [[nodiscard]] bool paper(Point point) const {
    return paper(static_cast<int>(std::floor(point.x)), static_cast<int>(std::floor(point.y)));
  }
  [[nodiscard]] int width() const { return m_map.width; }
  [[nodiscard]] int height() const { return m_map.height; }

 private:
  const Map& m_map;
  const std::array<std::uint8_t, 3>& m_paper;
  bool m_right;
  bool m_low;
};

// An edge of the paper: how deep it lies at place p is `start + slope * p`.
struct Side {
  double start = 0;
  double slope = 0;
};

// Of the half of the side that is next to the corner, but for what the corner may take.
template <typename IsPaper>
Side side_of(int length, int across, IsPaper paper) {
  const auto depth_at = [&](double share) {
    std::vector<int> depths;
    const int from = static_cast<int>((share - 0.05) * length);
    for (int place = from; place <= static_cast<int>((share + 0.05) * length); ++place) {
      int deep = 0;
      while (deep < across / 3 && !paper(place, deep)) {
        ++deep;
      }
      depths.push_back(deep);
    }
    std::nth_element(depths.begin(), depths.begin() + static_cast<std::ptrdiff_t>(depths.size() / 2), depths.end());
    return depths[depths.size() / 2];
  };
  const double near = depth_at(0.32);
  const double far = depth_at(0.47);
  const double slope = (far - near) / (0.15 * length);
  return {near - slope * 0.32 * length, slope};
}

// The shorter leg of the missing corner in cells, or 0. `corner` is where both edges of the paper meet, `inside` how
// many cells from them the legs are looked for.
double missing(const View& view, Point corner, Side top, Side left, double inside) {
  const Point start{corner.x + inside, corner.y + inside};
  const auto leg = [&view, start](Point step) {
    int length = 0;
    while (length < static_cast<int>(most_leg / cell_mm) &&
           !view.paper({start.x + length * step.x, start.y + length * step.y})) {
      ++length;
    }
    return length;
  };
  const int right = leg({1, top.slope});
  const int down = leg({left.slope, 1});
  const int shorter = std::min(right, down);
  const int longer = std::max(right, down);
  if (shorter * cell_mm < least_leg - inside || longer * cell_mm >= most_leg || longer > 4 * shorter) {
    return 0;
  }
  int dark = 0;
  int all = 0;
  int dark_beyond = 0;
  for (int v = 0; v < down; ++v) {
    for (int u = 0; u < right; ++u) {
      const double place = static_cast<double>(u) / right + static_cast<double>(v) / down;
      const bool paper = view.paper({start.x + u + v * left.slope, start.y + v + u * top.slope});
      if (place < 0.9) {
        ++all;
        dark += paper ? 0 : 1;
      } else if (place > 1.1) {
        dark_beyond += paper ? 0 : 1;
      }
    }
  }
  return dark >= filled * all && dark_beyond <= empty * all ? shorter + inside : 0;
}

double missing(const View& view) {
  const Side top =
      side_of(view.width(), view.height(), [&view](int place, int deep) { return view.paper(place, deep); });
  const Side left =
      side_of(view.height(), view.width(), [&view](int place, int deep) { return view.paper(deep, place); });
  const double y = (top.start + top.slope * left.start) / (1 - top.slope * left.slope);
  const Point corner{left.start + left.slope * y, y};
  double leg = 0;
  for (const double inside : {1.5, 3.0, 5.0}) {  // a crooked page has a wedge of the lid along its edges
    leg = std::max(leg, missing(view, corner, top, left, inside));
  }
  return leg;
}

}  // namespace

void measure_paper(const Pix& page, double dpi, PictureMeasures& measures) {
  Map map = map_of(page, dpi);
  if (map.width < 60 || map.height < 60) {  // a slip or a stamp has no corners to miss
    return;
  }
  spread(map);
  const std::array<std::uint8_t, 3> paper{middle(map.colours[0]), middle(map.colours[1]), middle(map.colours[2])};
  measures.paper = *std::max_element(paper.begin(), paper.end()) / 255.0;
  for (const bool low : {false, true}) {
    for (const bool right : {false, true}) {
      const double leg = missing(View(map, paper, right, low)) * cell_mm;
      if (leg > measures.corner_mm) {
        measures.corner_mm = leg;
        measures.corner = std::string(low ? "bottom-" : "top-") + (right ? "right" : "left");
      }
    }
  }
}

}  // namespace sohoa
