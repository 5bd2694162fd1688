// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

namespace {

using namespace sohoa;

constexpr int width = 700;
constexpr int height = 900;

// Bars of ink on paper, softened and with a little noise.
PixPtr page(std::mt19937& random, int blur, int noise) {
  const auto any = [&random](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  PixPtr image = own(pixCreate(width, height, 8), "pixCreate");
  pixSetAllArbitrary(image.get(), 235);
  for (int bar = 0; bar < 900; ++bar) {
    BOX* box = boxCreate(any(0, width - 20), any(0, height / 2), any(2, 18), any(2, 18));
    pixSetInRectArbitrary(image.get(), box, static_cast<l_uint32>(any(20, 120)));
    boxDestroy(&box);
  }
  PixPtr soft = blur > 0 ? own(pixBlockconv(image.get(), blur, blur), "pixBlockconv") : std::move(image);
  for (int y = 0; noise > 0 && y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      l_uint32 level = 0;
      pixGetPixel(soft.get(), x, y, &level);
      pixSetPixel(soft.get(), x, y,
                  static_cast<l_uint32>(std::clamp(static_cast<int>(level) + any(-noise, noise), 0, 255)));
    }
  }
  return soft;
}

struct Edge {
  int height = 0;
  double width = 0;
};

// Pixel after pixel.
void add_edges(const std::vector<int>& line, int swing, std::vector<Edge>& edges) {
  int high = line[0];
  int low = line[0];
  int steepest = 0;
  int fresh = 0;
  bool falling = false;
  const auto turn = [&](int extreme) {
    if (high - low > swing && steepest > 0) {
      edges.push_back({high - low, static_cast<double>(high - low) / steepest});
    }
    steepest = fresh;
    fresh = 0;
    (falling ? high : low) = extreme;
    falling = !falling;
  };
  for (std::size_t i = 1; i < line.size(); ++i) {
    const int slope = falling ? line[i - 1] - line[i] : line[i] - line[i - 1];
    steepest = std::max(steepest, slope);
    fresh = std::max(fresh, -slope);
    if (falling ? line[i] < low : line[i] > high) {
      (falling ? low : high) = line[i];
      fresh = 0;
    } else if (falling ? line[i] > low + swing : line[i] < high - swing) {
      turn(line[i]);
    }
  }
}

int middle(std::vector<int> levels) {
  std::sort(levels.begin(), levels.end());
  return levels[(levels.size() - 1) / 2];
}

int height_of(std::vector<Edge> edges) {
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.height < b.height; });
  return edges[static_cast<std::size_t>(0.8 * static_cast<double>(edges.size() - 1))].height;
}

double width_of(const std::vector<Edge>& edges) {
  const int high = height_of(edges);
  std::vector<double> widths;
  for (const Edge& edge : edges) {
    if (edge.height >= high / 2) {
      widths.push_back(edge.width);
    }
  }
  std::sort(widths.begin(), widths.end());
  return widths[widths.size() * 2 / 5];
}

}  // namespace

TEST_SUITE("core/quality_edges") {
  TEST_CASE("edges are measured as if pixel after pixel were looked at") {
    std::mt19937 random(5);
    for (const auto& [blur, noise] : {std::pair(0, 0), std::pair(1, 2), std::pair(2, 0), std::pair(3, 5)}) {
      CAPTURE(blur);
      const PixPtr image = page(random, blur, noise);
      const auto level = [&image](int x, int y) {
        l_uint32 value = 0;
        pixGetPixel(image.get(), x, y, &value);
        return static_cast<int>(value);
      };
      std::vector<int> steps;
      std::vector<int> levels;
      for (int at = 0; at < width * height; ++at) {
        if (at / width % 3 == 0 && at % width > 0) {
          steps.push_back(std::abs(level(at % width, at / width) - level(at % width - 1, at / width)));
        }
        if (at % 3 == 0) {
          levels.push_back(level(at % width, at / width));
        }
      }
      const int swing = std::max(14, 6 * middle(steps));
      std::vector<Edge> across;
      std::vector<Edge> down;
      for (int y = 1; y < height; y += 3) {
        std::vector<int> line(width);
        std::generate(line.begin(), line.end(), [&, x = 0]() mutable { return level(x++, y); });
        add_edges(line, swing, across);
      }
      for (int x = 1; x < width; x += 3) {
        std::vector<int> line(height);
        std::generate(line.begin(), line.end(), [&, y = 0]() mutable { return level(x, y++); });
        add_edges(line, swing, down);
      }
      const EdgeMeasures measures = measure_edges(*image, 150);
      CHECK(measures.width_mm == std::max(width_of(across), width_of(down)) * 25.4 / 150);
      CHECK(measures.contrast ==
            std::min(1.0, std::max(height_of(across), height_of(down)) / static_cast<double>(middle(levels))));
    }
  }
}
