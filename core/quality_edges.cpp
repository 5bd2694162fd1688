// SPDX-License-Identifier: Apache-2.0
#include "core/grey_image.hpp"
#include "core/quality.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr int stride = 3;         // every third row and column tells enough
constexpr int least_height = 14;  // levels; lower edges are the paper's own
constexpr std::size_t enough_edges =
    2000;  // of a direction; a page of five lines has them, an empty back's stains do not

struct Edge {
  int height = 0;    // levels from the lightest to the darkest pixel
  double width = 0;  // pixels: height by the steepest step
};

// Of so many pixels: the levels, and the largest step to one of them.
struct Block {
  static constexpr std::size_t pixels = 16;
  std::uint8_t least = 0;
  std::uint8_t most = 0;
  std::uint8_t step = 0;
};

// `line` has a pixel before the first block.
SOHOA_WIDE void measure(const std::uint8_t* line, std::vector<Block>& blocks) {
  for (Block& block : blocks) {
    std::uint8_t least = 255;
    std::uint8_t most = 0;
    std::uint8_t step = 0;
    for (std::size_t i = 0; i < Block::pixels; ++i) {
      const std::uint8_t here = line[i];
      const std::uint8_t last = line[static_cast<std::ptrdiff_t>(i) - 1];
      const auto by = static_cast<std::uint8_t>(here > last ? here - last : last - here);
      least = here < least ? here : least;
      most = here > most ? here : most;
      step = by > step ? by : step;
    }
    block = {least, most, step};
    line += Block::pixels;
  }
}

// Every third column as a line.
std::vector<std::uint8_t> columns_of(const GreyImage& image) {
  const auto height = static_cast<std::size_t>(image.height);
  std::vector<std::uint8_t> columns(static_cast<std::size_t>((image.width + 1) / stride) * height);
  for (std::size_t y = 0; y < height; ++y) {
    const std::uint8_t* line = image.row(static_cast<int>(y)) + 1;
    for (std::size_t at = y; at < columns.size(); at += height, line += stride) {
      columns[at] = *line;
    }
  }
  return columns;
}

// The heights between the turning points of a line of pixels; smaller swings than `swing` are noise.
class Walk {
 public:
  Walk(int swing, std::vector<Edge>& edges) : m_swing(swing), m_edges(edges) {}

  void along(const std::uint8_t* line, std::size_t count) {
    m_high = m_low = m_last = line[0];
    m_falling = false;
    m_steepest = m_fresh = 0;
    m_blocks.resize((count - 1) / Block::pixels);
    measure(line + 1, m_blocks);
    std::size_t at = 1;
    for (const Block& block : m_blocks) {
      const std::size_t end = at + Block::pixels;
      for (at = changes_nothing(block) ? end : at; at < end; ++at) {
        step(line[at]);
      }
      m_last = line[end - 1];
    }
    std::for_each(line + at, line + count, [this](int level) { step(level); });
  }

 private:
  // As most of the paper: neither a turn nor a step that counts.
  [[nodiscard]] bool changes_nothing(const Block& block) const {
    const bool level = m_falling ? block.least >= m_low && block.most <= m_low + m_swing
                                 : block.most <= m_high && block.least >= m_high - m_swing;
    return level && block.step <= std::min(m_steepest, m_fresh);
  }
  void step(int level) {
    const int slope = m_falling ? m_last - level : level - m_last;
    m_last = level;
    m_steepest = std::max(m_steepest, slope);
    m_fresh = std::max(m_fresh, -slope);
    if (m_falling) {
      if (level < m_low) {
        m_low = level;
        m_fresh = 0;
      } else if (level > m_low + m_swing) {
        turn(m_high - m_low);
        m_high = level;
      }
    } else if (level > m_high) {
      m_high = level;
      m_fresh = 0;
    } else if (level < m_high - m_swing) {
      turn(m_high - m_low);
      m_low = level;
    }
  }
  void turn(int height) {
    if (height > m_swing && m_steepest > 0) {
      m_edges.push_back({height, static_cast<double>(height) / m_steepest});
    }
    m_steepest = m_fresh;
    m_fresh = 0;
    m_falling = !m_falling;
  }

  int m_swing;
  std::vector<Edge>& m_edges;
  std::vector<Block> m_blocks;  // of the line
  int m_high = 0;
  int m_low = 0;
  int m_last = 0;
  bool m_falling = false;
  int m_steepest = 0;  // of the swing that goes on
  int m_fresh = 0;     // of what may become the next one
};

// Neighbours are alike, and adding to a number that was just written waits for it: four in turn.
class Counts {
 public:
  void add(std::size_t turn, int level) { ++m_counts[turn % m_counts.size()][static_cast<std::size_t>(level)]; }
  [[nodiscard]] int middle() const {
    std::array<std::size_t, 256> sums{};
    for (const auto& counts : m_counts) {
      std::transform(counts.begin(), counts.end(), sums.begin(), sums.begin(), std::plus<>());
    }
    const std::size_t all = std::accumulate(sums.begin(), sums.end(), std::size_t{0});
    std::size_t passed = 0;
    const auto at =
        std::find_if(sums.begin(), sums.end(), [&](std::size_t count) { return 2 * (passed += count) >= all; });
    return static_cast<int>(at - sums.begin());
  }

 private:
  std::array<std::array<std::size_t, 256>, 4> m_counts{};
};

// Twice the deviation of a pixel from its neighbour where there is only paper: the middle one of all.
int noise_of(const GreyImage& image) {
  Counts steps;
  for (int y = 0; y < image.height; y += stride) {
    const std::uint8_t* line = image.row(y);
    for (int x = 1; x < image.width; ++x) {
      steps.add(static_cast<std::size_t>(x), std::abs(line[x] - line[x - 1]));
    }
  }
  return steps.middle();
}

int middle_level(const GreyImage& image) {
  Counts levels;
  for (std::size_t at = 0; at < image.samples.size(); at += stride) {
    levels.add(at, image.samples[at]);
  }
  return levels.middle();
}

int height_at(std::vector<Edge>& edges, double share) {
  const auto at = edges.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(edges.size() - 1));
  std::nth_element(edges.begin(), at, edges.end(), [](const Edge& a, const Edge& b) { return a.height < b.height; });
  return at->height;
}

// Of the edges that are about as high as the print is dark; 0 where they are few.
double width_of(const std::vector<Edge>& edges, int height) {
  std::vector<double> widths;
  for (const Edge& edge : edges) {
    if (edge.height >= height / 2) {
      widths.push_back(edge.width);
    }
  }
  if (widths.size() < enough_edges) {
    return 0;
  }
  // Two of five: shades and pictures have soft edges, too.
  const auto at = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 2 / 5);
  std::nth_element(widths.begin(), at, widths.end());
  return *at;
}

}  // namespace

EdgeMeasures measure_edges(const Pix& grey, double dpi) {
  const GreyImage image = grey_image(grey, 1);
  const int swing = std::max(least_height, 6 * noise_of(image));
  std::vector<Edge> across;
  std::vector<Edge> down;
  Walk rows(swing, across);
  for (int y = 1; y < image.height; y += stride) {
    rows.along(image.row(y), static_cast<std::size_t>(image.width));
  }
  Walk columns(swing, down);
  const std::vector<std::uint8_t> upright = columns_of(image);
  const auto height = static_cast<std::size_t>(image.height);
  for (std::size_t at = 0; at < upright.size(); at += height) {
    columns.along(upright.data() + at, height);
  }
  EdgeMeasures measures;
  if (across.size() < enough_edges || down.size() < enough_edges) {
    return measures;
  }
  const int dark_across = height_at(across, 0.8);
  const int dark_down = height_at(down, 0.8);
  measures.contrast = std::max(dark_across, dark_down) / std::max(1.0, static_cast<double>(middle_level(image)));
  measures.contrast = std::min(1.0, measures.contrast);
  measures.width_mm = std::max(width_of(across, dark_across), width_of(down, dark_down)) * 25.4 / dpi;
  return measures;
}

}  // namespace sohoa
