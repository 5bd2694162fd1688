// SPDX-License-Identifier: Apache-2.0
#include "core/grey_image.hpp"
#include "core/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
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

// The heights between the turning points of a line of pixels; smaller swings than `swing` are noise.
class Walk {
 public:
  Walk(int swing, std::vector<Edge>& edges) : m_swing(swing), m_edges(edges) {}

  void begin(int level) {
    m_high = m_low = m_last = level;
    m_falling = false;
    m_steepest = m_fresh = 0;
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

 private:
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
  int m_high = 0;
  int m_low = 0;
  int m_last = 0;
  bool m_falling = false;
  int m_steepest = 0;  // of the swing that goes on
  int m_fresh = 0;     // of what may become the next one
};

// Twice the deviation of a pixel from its neighbour where there is only paper: the middle one of all.
int noise_of(const GreyImage& image) {
  std::array<std::size_t, 256> steps{};
  std::size_t all = 0;
  for (int y = 0; y < image.height; y += stride) {
    const std::uint8_t* line = image.row(y);
    for (int x = 1; x < image.width; ++x, ++all) {
      ++steps[static_cast<std::size_t>(std::abs(line[x] - line[x - 1]))];
    }
  }
  std::size_t passed = 0;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    passed += steps[step];
    if (2 * passed >= all) {
      return static_cast<int>(step);
    }
  }
  return 0;
}

int level_at(const GreyImage& image, double share) {
  std::array<std::size_t, 256> levels{};
  std::size_t all = 0;
  for (std::size_t at = 0; at < image.samples.size(); at += stride, ++all) {
    ++levels[image.samples[at]];
  }
  std::size_t passed = 0;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    passed += levels[level];
    if (static_cast<double>(passed) >= share * static_cast<double>(all)) {
      return static_cast<int>(level);
    }
  }
  return 255;
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
    const std::uint8_t* line = image.row(y);
    rows.begin(line[0]);
    std::for_each(line + 1, line + image.width, [&rows](int level) { rows.step(level); });
  }
  Walk columns(swing, down);
  for (int x = 1; x < image.width; x += stride) {
    columns.begin(image.row(0)[x]);
    for (int y = 1; y < image.height; ++y) {
      columns.step(image.row(y)[x]);
    }
  }
  EdgeMeasures measures;
  if (across.size() < enough_edges || down.size() < enough_edges) {
    return measures;
  }
  const int dark_across = height_at(across, 0.8);
  const int dark_down = height_at(down, 0.8);
  measures.contrast = std::max(dark_across, dark_down) / std::max(1.0, static_cast<double>(level_at(image, 0.5)));
  measures.contrast = std::min(1.0, measures.contrast);
  measures.width_mm = std::max(width_of(across, dark_across), width_of(down, dark_down)) * 25.4 / dpi;
  return measures;
}

}  // namespace sohoa
