// SPDX-License-Identifier: Apache-2.0
#include "core/frame_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

namespace sohoa {
namespace {

constexpr double least_cover = 0.55;    // of each edge
constexpr double whole_cover = 3.12;    // of the four together
constexpr double least_width = 12;      // mm
constexpr std::size_t most_edges = 10;  // lines tried at a tilt
constexpr double clearer = 1.15;        // at a tilt than level
constexpr double coarse_step = 2;       // degrees

struct Range {
  double low = 0;
  double high = 0;
  [[nodiscard]] double length() const { return high - low; }
};

// The points as seen along and across a line of that tilt, and how many lie at each distance across.
class Turned {
 public:
  Turned(const std::vector<InkPoint>& points, double tilt) {
    const auto sine = static_cast<float>(std::sin(tilt * std::numbers::pi / 180));
    const auto cosine = static_cast<float>(std::cos(tilt * std::numbers::pi / 180));
    m_low = m_high = turned(points.front(), sine, cosine);
    for (const InkPoint& point : points) {
      const InkPoint at = turned(point, sine, cosine);
      m_low = {std::min(m_low.x, at.x), std::min(m_low.y, at.y)};
      m_high = {std::max(m_high.x, at.x), std::max(m_high.y, at.y)};
    }
    m_across.assign(static_cast<std::size_t>(m_high.y - m_low.y) + 3, 0);
    m_points.reserve(points.size());
    for (const InkPoint& point : points) {
      const InkPoint at = turned(point, sine, cosine);
      const auto row = static_cast<int>(at.y - m_low.y) + 1;
      m_points.push_back({static_cast<int>(at.x - m_low.x), row});
      ++m_across[static_cast<std::size_t>(row)];
    }
  }
  [[nodiscard]] const std::vector<int>& across() const { return m_across; }  // at row
  [[nodiscard]] std::vector<int> along() const {
    std::vector<int> counts(columns());
    for (const auto& [column, row] : m_points) {
      ++counts[static_cast<std::size_t>(column)];
    }
    return counts;
  }
  [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(m_high.x - m_low.x) + 2; }
  [[nodiscard]] InkPoint low() const { return m_low; }

  void sort_rows() {
    m_starts.assign(m_across.size() + 1, 0);
    for (std::size_t row = 0; row < m_across.size(); ++row) {
      m_starts[row + 1] = m_starts[row] + static_cast<std::size_t>(m_across[row]);
    }
    std::vector<std::size_t> next = m_starts;
    m_sorted.resize(m_points.size());
    for (const auto& [column, row] : m_points) {
      m_sorted[next[static_cast<std::size_t>(row)]++] = column;
    }
  }
  // After sort_rows(): calls `take` with the column of each point in that row.
  template <typename Take>
  void each_in(std::size_t row, const Take& take) const {
    for (std::size_t i = m_starts[row]; i < m_starts[row + 1]; ++i) {
      take(static_cast<std::size_t>(m_sorted[i]));
    }
  }

 private:
  static InkPoint turned(const InkPoint& point, float sine, float cosine) {
    return {point.x * cosine + point.y * sine, point.y * cosine - point.x * sine};
  }

  std::vector<std::pair<int, int>> m_points;  // column, row; rows count from 1
  std::vector<int> m_across;
  std::vector<std::size_t> m_starts;
  std::vector<int> m_sorted;
  InkPoint m_low{};
  InkPoint m_high{};
};

// The places across, heaviest first, at which ink rises as at an edge, of which `least` points are seen at least;
// neighbours count as one.
std::vector<std::size_t> heavy_places(const std::vector<int>& counts, double least) {
  const auto three = [&](std::size_t at) { return counts[at - 1] + counts[at] + counts[at + 1]; };
  std::vector<std::pair<int, std::size_t>> heavy;
  for (std::size_t i = 1; i + 1 < counts.size(); ++i) {
    const int before = i > 5 ? three(i - 4) : 0;
    const int after = i + 5 < counts.size() ? three(i + 4) : 0;
    if (const int rise = three(i) - std::min(before, after); rise >= least) {
      heavy.emplace_back(rise, i);
    }
  }
  std::sort(heavy.rbegin(), heavy.rend());
  std::vector<std::size_t> places;
  for (const auto& [rise, place] : heavy) {
    const auto is_near = [at = place](std::size_t other) { return other + 2 >= at && at + 2 >= other; };
    if (places.size() < most_edges && std::none_of(places.begin(), places.end(), is_near)) {
      places.push_back(place);
    }
  }
  return places;
}

// Where along it an edge has ink, as sums from the left.
class Edge {
 public:
  Edge(const Turned& turned, std::size_t place) : m_place(place), m_ink(turned.columns()) {
    for (std::size_t row = place - 1; row <= place + 1; ++row) {
      turned.each_in(row, [this](std::size_t column) { m_ink[column] = 1; });
    }
    m_sums.assign(m_ink.size() + 1, 0);
    for (std::size_t i = 0; i < m_ink.size(); ++i) {
      m_sums[i + 1] = m_sums[i] + m_ink[i];
    }
  }
  [[nodiscard]] std::size_t place() const { return m_place; }
  [[nodiscard]] double cover(std::size_t low, std::size_t high) const {
    return static_cast<double>(m_sums[high + 1] - m_sums[low]) / static_cast<double>(high + 1 - low);
  }
  [[nodiscard]] double shared(const Edge& other) const {
    double both = 0;
    for (std::size_t i = 0; i < m_ink.size(); ++i) {
      both += m_ink[i] * other.m_ink[i];
    }
    return both;
  }

 private:
  std::size_t m_place;
  std::vector<char> m_ink;
  std::vector<int> m_sums;
};

// The upright edges that close two level ones: their places along, with the share of the height that has ink.
std::vector<std::pair<std::size_t, double>> sides_between(const Turned& turned, Range heights) {
  const auto rows = static_cast<std::size_t>(heights.length()) + 1;
  const std::size_t columns = turned.columns();
  std::vector<std::size_t> counts(columns);
  std::vector<std::size_t> last(columns, rows);  // row in which a column was counted
  for (std::size_t row = 0; row < rows; ++row) {
    turned.each_in(static_cast<std::size_t>(heights.low) + row, [&](std::size_t column) {
      for (std::size_t at = column > 0 ? column - 1 : 0; at < std::min(columns, column + 2); ++at) {
        counts[at] += last[at] == row ? 0U : 1U;
        last[at] = row;
      }
    });
  }
  std::vector<std::pair<std::size_t, double>> sides;
  for (std::size_t at = 1; at + 1 < columns; ++at) {
    const std::size_t covered = counts[at];
    if (const double share = static_cast<double>(covered) / static_cast<double>(rows); share >= least_cover) {
      sides.emplace_back(at, share);
    }
  }
  return sides;
}

struct Found {
  double score = 0;
  TiltedBox box;
};

void judge_edges(const Turned& turned, const Edge& upper, const Edge& lower, double mm, double tilt, Found& best) {
  const Range heights{static_cast<double>(upper.place()), static_cast<double>(lower.place())};
  const auto sides = sides_between(turned, heights);
  for (const auto& [left, left_share] : sides) {
    for (auto side = sides.rbegin(); side != sides.rend() && side->first > left; ++side) {
      const auto width = static_cast<double>(side->first - left);
      if (width < std::max(least_width * mm, 1.15 * heights.length()) || width > 62 * mm) {
        continue;
      }
      const double above = upper.cover(left, side->first);
      const double below = lower.cover(left, side->first);
      const double score = above + below + left_share + side->second + 0.1 * std::min(1.0, width / (40 * mm));
      if (above >= least_cover && below >= least_cover && score > whole_cover && score > best.score) {
        const double u = static_cast<double>(left + side->first) / 2 + turned.low().x;
        const double v = (heights.low + heights.high) / 2 - 1 + turned.low().y;
        const double angle = tilt * std::numbers::pi / 180;
        best = {score,
                {u * std::cos(angle) - v * std::sin(angle), u * std::sin(angle) + v * std::cos(angle), width,
                 heights.length(), tilt, (above + below + left_share + side->second) / 4}};
      }
    }
  }
}

void judge_tilt(const std::vector<InkPoint>& points, double mm, double tilt, Found& best) {
  Turned turned(points, tilt);
  const double least = least_width * mm * least_cover;
  const std::vector<std::size_t> places = heavy_places(turned.across(), least);
  if (places.size() < 2) {
    return;
  }
  turned.sort_rows();
  std::vector<Edge> edges;
  for (const std::size_t place : places) {
    edges.emplace_back(turned, place);
  }
  for (const Edge& upper : edges) {
    for (const Edge& lower : edges) {
      const double height = static_cast<double>(lower.place()) - static_cast<double>(upper.place());
      if (height >= 5.2 * mm && height <= 20 * mm && upper.shared(lower) >= 0.8 * least) {
        judge_edges(turned, upper, lower, mm, tilt, best);
      }
    }
  }
}

double sharpness(const Turned& turned) {
  double sharp = 0;
  for (std::size_t i = 1; i < turned.across().size(); ++i) {
    const double step = turned.across()[i] - turned.across()[i - 1];
    sharp += step * step;
  }
  return sharp;
}

// The range that all but a hundredth at each end lie in.
Range bulk_of(const std::vector<int>& counts, std::size_t all) {
  const auto spare = static_cast<int>(all / 100);
  Range range{0, double(counts.size()) - 1};
  for (int seen = counts[0]; seen <= spare && range.low < range.high;) {
    seen += counts[static_cast<std::size_t>(++range.low)];
  }
  for (int seen = counts.back(); seen <= spare && range.high > range.low;) {
    seen += counts[static_cast<std::size_t>(--range.high)];
  }
  return range;
}

}  // namespace

std::optional<TiltedBox> fit_frame(const std::vector<InkPoint>& points, double mm) {
  Found best;
  for (double tilt = -most_tilt; tilt <= most_tilt; tilt += coarse_step) {
    judge_tilt(points, mm, tilt, best);
  }
  if (best.score <= 0) {
    return std::nullopt;
  }
  const double coarse = best.box.tilt;
  for (const double by : {-1.0, -0.5, 0.5, 1.0}) {
    judge_tilt(points, mm, coarse + by, best);
  }
  return best.box;
}

std::optional<TiltedBox> fit_word(const std::vector<InkPoint>& points, double least_tilt) {
  double sharpest = 0;
  double level = 0;
  double best = 0;
  for (double tilt = -most_tilt; tilt <= most_tilt; tilt += coarse_step) {
    const double sharp = sharpness(Turned(points, tilt));
    level = std::abs(tilt) <= 1 ? std::max(level, sharp) : level;
    if (sharp > sharpest) {
      sharpest = sharp;
      best = tilt;
    }
  }
  if (least_tilt > 0 && (std::abs(best) < least_tilt || sharpest < clearer * level)) {
    return std::nullopt;
  }
  const Turned turned(points, best);
  const Range along = bulk_of(turned.along(), points.size());
  const Range across = bulk_of(turned.across(), points.size());
  const double u = (along.low + along.high) / 2 - 1 + turned.low().x;
  const double v = (across.low + across.high) / 2 - 1 + turned.low().y;
  const double angle = best * std::numbers::pi / 180;
  return TiltedBox{u * std::cos(angle) - v * std::sin(angle),
                   u * std::sin(angle) + v * std::cos(angle),
                   along.length(),
                   across.length(),
                   best,
                   0};
}

}  // namespace sohoa
