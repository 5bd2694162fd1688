// SPDX-License-Identifier: Apache-2.0
#include "core/frame_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>

namespace sohoa {
namespace {

constexpr double least_cover = 0.55;    // of each edge
constexpr double aslant = 0.075;        // of the mean cover, lost at a tilt that is a degree off
constexpr double bonus = 0.1;           // of a wide frame
constexpr double least_width = 12;      // mm
constexpr std::size_t most_edges = 10;  // lines tried at a tilt
constexpr double clearer = 1.15;        // at a tilt than level
constexpr double coarse_step = 2;       // degrees
constexpr int coarse_steps = static_cast<int>(2 * most_tilt / coarse_step);

struct Range {
  double low = 0;
  double high = 0;
  [[nodiscard]] double length() const { return high - low; }
};

// Points of ink. What is farthest in any direction is among the ends of their rows.
class Ink {
 public:
  explicit Ink(const std::vector<InkPoint>& points) : m_points(points) {
    for (const InkPoint& point : points) {
      if (m_ends.empty() || m_ends.back().y != point.y) {
        m_ends.insert(m_ends.end(), 2, point);
      }
      InkPoint& first = *(m_ends.end() - 2);
      InkPoint& last = m_ends.back();
      first.x = std::min(first.x, point.x);
      last.x = std::max(last.x, point.x);
    }
  }
  [[nodiscard]] const std::vector<InkPoint>& points() const { return m_points; }
  [[nodiscard]] const std::vector<InkPoint>& ends() const { return m_ends; }

 private:
  const std::vector<InkPoint>& m_points;
  std::vector<InkPoint> m_ends;
};

// The points as seen along and across a line of that tilt, and how many lie at each distance across.
class Turned {
 public:
  Turned(const Ink& ink, double tilt)
      : m_points(ink.points()),
        m_sine(static_cast<float>(std::sin(tilt * std::numbers::pi / 180))),
        m_cosine(static_cast<float>(std::cos(tilt * std::numbers::pi / 180))) {
    m_low = m_high = turned(ink.ends().front());
    for (const InkPoint& end : ink.ends()) {
      const InkPoint at = turned(end);
      m_low = {std::min(m_low.x, at.x), std::min(m_low.y, at.y)};
      m_high = {std::max(m_high.x, at.x), std::max(m_high.y, at.y)};
    }
    // Neighbours mostly lie in one row, and adding to a number that was just written waits for it: four in turn.
    const std::size_t rows = static_cast<std::size_t>(m_high.y - m_low.y) + 3;
    std::vector<int> counts(4 * rows, 0);
    for (std::size_t i = 0; i < m_points.size(); ++i) {
      ++counts[i % 4 * rows + row_of(turned(m_points[i]))];
    }
    m_across.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      m_across[row] = counts[row] + counts[rows + row] + counts[2 * rows + row] + counts[3 * rows + row];
    }
  }
  [[nodiscard]] const std::vector<int>& across() const { return m_across; }  // at row, counted from 1
  [[nodiscard]] std::vector<int> along() const {
    std::vector<int> counts(columns());
    for (const InkPoint& point : m_points) {
      ++counts[column_of(turned(point))];
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
    for (const InkPoint& point : m_points) {
      const InkPoint at = turned(point);
      m_sorted[next[row_of(at)]++] = static_cast<std::uint32_t>(column_of(at));
    }
  }
  // After sort_rows(): calls `take` with the column of each point in that row.
  template <typename Take>
  void each_in(std::size_t row, const Take& take) const {
    for (std::size_t i = m_starts[row]; i < m_starts[row + 1]; ++i) {
      take(std::size_t{m_sorted[i]});
    }
  }

 private:
  [[nodiscard]] InkPoint turned(const InkPoint& point) const {
    return {point.x * m_cosine + point.y * m_sine, point.y * m_cosine - point.x * m_sine};
  }
  [[nodiscard]] std::size_t row_of(const InkPoint& at) const {
    return static_cast<std::size_t>(static_cast<int>(at.y - m_low.y)) + 1;
  }
  [[nodiscard]] std::size_t column_of(const InkPoint& at) const {
    return static_cast<std::size_t>(static_cast<int>(at.x - m_low.x));
  }

  const std::vector<InkPoint>& m_points;
  float m_sine;
  float m_cosine;
  std::vector<int> m_across;
  std::vector<std::size_t> m_starts;
  std::vector<std::uint32_t> m_sorted;
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

// How many rows have ink in each column or beside it.
using RowCounts = std::vector<std::uint16_t>;

// Where along it an edge has ink.
class Edge {
 public:
  Edge(const Turned& turned, std::size_t place) : m_place(place), m_ink(turned.columns()) {
    for (std::size_t row = place - 1; row <= place + 1; ++row) {
      turned.each_in(row, [this](std::size_t column) { m_ink[column] = 1; });
    }
  }
  [[nodiscard]] std::size_t place() const { return m_place; }
  [[nodiscard]] int shared(const Edge& other) const {
    int both = 0;
    for (std::size_t i = 0; i < m_ink.size(); ++i) {
      both += m_ink[i] & other.m_ink[i];
    }
    return both;
  }
  // Before cover() and above(): the rows above the edge, and with it.
  void take_above(const RowCounts& counts) { m_above = counts; }
  void take_with(const RowCounts& counts) {
    m_with = counts;
    m_sums.assign(m_ink.size() + 1, 0);  // from the left
    for (std::size_t i = 0; i < m_ink.size(); ++i) {
      m_sums[i + 1] = m_sums[i] + m_ink[i];
    }
  }
  [[nodiscard]] double cover(std::size_t low, std::size_t high) const {
    return static_cast<double>(m_sums[high + 1] - m_sums[low]) / static_cast<double>(high + 1 - low);
  }
  [[nodiscard]] int ink_before(std::size_t column) const { return m_sums[column]; }
  // Of the rows from this edge to one below it.
  [[nodiscard]] int rows_to(const Edge& below, std::size_t column) const {
    return below.m_with[column] - m_above[column];
  }

 private:
  std::size_t m_place;
  std::vector<std::uint8_t> m_ink;
  std::vector<int> m_sums;
  RowCounts m_above;
  RowCounts m_with;
};

void add_up(const Turned& turned, std::vector<Edge>& edges) {
  std::vector<Edge*> downwards;
  downwards.reserve(edges.size());
  for (Edge& edge : edges) {
    downwards.push_back(&edge);
  }
  std::sort(downwards.begin(), downwards.end(), [](const Edge* a, const Edge* b) { return a->place() < b->place(); });
  std::size_t row = downwards.front()->place();
  RowCounts counts(turned.columns());
  std::vector<std::uint8_t> ink(counts.size() + 2);  // from the column before the first
  const auto count_to = [&](std::size_t end) {
    for (; row < end; ++row) {
      std::fill(ink.begin(), ink.end(), std::uint8_t{0});
      turned.each_in(row, [&](std::size_t column) { ink[column] = ink[column + 1] = ink[column + 2] = 1; });
      for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = static_cast<std::uint16_t>(counts[i] + ink[i + 1]);
      }
    }
  };
  for (Edge* edge : downwards) {
    count_to(edge->place());
    edge->take_above(counts);
    count_to(edge->place() + 1);
    edge->take_with(counts);
  }
}

// An upright edge that closes two level ones.
struct Side {
  std::size_t place = 0;
  double share = 0;  // of the height that has ink
  int before = 0;    // columns with ink of the two level edges up to it
  int with = 0;
};

std::vector<Side> sides_between(const Edge& upper, const Edge& lower, std::size_t columns) {
  const auto rows = static_cast<double>(lower.place() - upper.place() + 1);
  std::vector<Side> sides;
  for (std::size_t at = 1; at + 1 < columns; ++at) {
    if (const double share = upper.rows_to(lower, at) / rows; share >= least_cover) {
      sides.push_back({at, share, upper.ink_before(at) + lower.ink_before(at),
                       upper.ink_before(at + 1) + lower.ink_before(at + 1)});
    }
  }
  return sides;
}

double coarse_tilt(int step) { return step * coarse_step - most_tilt; }

struct Wanted {
  double mm = 0;     // pixels
  double clear = 0;  // at least
};

struct Found {
  double score = 0;
  TiltedBox box;
};

void judge_edges(const Turned& turned, const Edge& upper, const Edge& lower, const Wanted& wanted, double tilt,
                 Found& best) {
  const double mm = wanted.mm;
  const Range heights{static_cast<double>(upper.place()), static_cast<double>(lower.place())};
  const std::vector<Side> sides = sides_between(upper, lower, turned.columns());
  const double narrowest = std::max(least_width * mm, 1.15 * heights.length());
  double fullest = 0;
  for (const Side& side : sides) {
    fullest = std::max(fullest, side.share);
  }
  for (const Side& first : sides) {
    const std::size_t left = first.place;
    if (std::max(4 * wanted.clear, best.score - bonus) - first.share - fullest > 2) {
      continue;
    }
    for (auto side = sides.rbegin(); side != sides.rend(); ++side) {
      const double width = static_cast<double>(side->place) - static_cast<double>(left);
      if (width < narrowest) {
        break;
      }
      // Most are too weak for any score, which is told without a division.
      const double needed = std::max(4 * wanted.clear, best.score - bonus) - first.share - side->share;
      if (width > 62 * mm || side->with - first.before < needed * (width + 1) - 0.001) {
        continue;
      }
      const double above = upper.cover(left, side->place);
      const double below = lower.cover(left, side->place);
      const double whole = above + below + first.share + side->share;
      const double score = whole + bonus * std::min(1.0, width / (40 * mm));
      if (above >= least_cover && below >= least_cover && whole >= 4 * wanted.clear && score > best.score) {
        const double u = static_cast<double>(left + side->place) / 2 + turned.low().x;
        const double v = (heights.low + heights.high) / 2 - 1 + turned.low().y;
        const double angle = tilt * std::numbers::pi / 180;
        best = {score,
                {u * std::cos(angle) - v * std::sin(angle), u * std::sin(angle) + v * std::cos(angle), width,
                 heights.length(), tilt, whole / 4}};
      }
    }
  }
}

bool are_frame_high(std::size_t upper, std::size_t lower, double mm) {
  const double height = static_cast<double>(lower) - static_cast<double>(upper);
  return height >= 5.2 * mm && height <= 20 * mm;
}

void judge_tilt(const Ink& ink, const Wanted& wanted, double tilt, Found& best) {
  const double mm = wanted.mm;
  Turned turned(ink, tilt);
  const double least = least_width * mm * least_cover;
  const std::vector<std::size_t> places = heavy_places(turned.across(), least);
  const auto is_upper = [&](std::size_t upper) {
    return std::any_of(places.begin(), places.end(), [&](std::size_t low) { return are_frame_high(upper, low, mm); });
  };
  if (std::none_of(places.begin(), places.end(), is_upper)) {
    return;
  }
  turned.sort_rows();
  std::vector<Edge> edges;
  edges.reserve(places.size());
  for (const std::size_t place : places) {
    edges.emplace_back(turned, place);
  }
  std::vector<std::pair<const Edge*, const Edge*>> pairs;
  for (const Edge& upper : edges) {
    for (const Edge& lower : edges) {
      if (are_frame_high(upper.place(), lower.place(), mm) && upper.shared(lower) >= 0.8 * least) {
        pairs.emplace_back(&upper, &lower);
      }
    }
  }
  if (!pairs.empty()) {
    add_up(turned, edges);
  }
  for (const auto& [upper, lower] : pairs) {
    judge_edges(turned, *upper, *lower, wanted, tilt, best);
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

std::optional<TiltedBox> fit_frame(const std::vector<InkPoint>& points, double mm, double least_clear) {
  const Ink ink(points);
  Found best;
  for (int step = 0; step <= coarse_steps; ++step) {
    const double tilt = coarse_tilt(step);
    judge_tilt(ink, {mm, least_clear - aslant}, tilt, best);
  }
  if (best.score <= 0) {
    return std::nullopt;
  }
  const double coarse = best.box.tilt;
  for (const double by : {-1.0, -0.5, 0.5, 1.0}) {
    judge_tilt(ink, {mm, least_clear}, coarse + by, best);
  }
  return best.box.clear >= least_clear ? std::optional(best.box) : std::nullopt;
}

std::optional<TiltedBox> fit_word(const std::vector<InkPoint>& points, double least_tilt) {
  const Ink ink(points);
  double sharpest = 0;
  double level = 0;
  double best = 0;
  for (int step = 0; step <= coarse_steps; ++step) {
    const double tilt = coarse_tilt(step);
    const double sharp = sharpness(Turned(ink, tilt));
    level = std::abs(tilt) <= 1 ? std::max(level, sharp) : level;
    if (sharp > sharpest) {
      sharpest = sharp;
      best = tilt;
    }
  }
  if (least_tilt > 0 && (std::abs(best) < least_tilt || sharpest < clearer * level)) {
    return std::nullopt;
  }
  const Turned turned(ink, best);
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
