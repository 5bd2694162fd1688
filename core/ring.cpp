// SPDX-License-Identifier: Apache-2.0
#include "core/ring.hpp"

#include "core/ink_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double least_share = 0.72;

// Where most of the ink is at one distance (Hough's transform, at half the scale).
class Rings {
 public:
  Rings(const Pix& ink, double letter) : m_ink(ink) {
    const int side = static_cast<int>(letter);
    const PixPtr large =
        InkParts(ink).only([=](const PixRect& box) { return box.width >= side || box.height >= side; });
    const PixPtr half = own(pixReduceRankBinary2(large.get(), 1, nullptr), "pixReduceRankBinary2");
    m_half = size_of(*half);
    for (int y = 0; y < m_half.height; ++y) {
      const std::uint32_t* line = pixGetData(half.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(half.get());
      for (int x = 0; x < m_half.width; ++x) {
        if (GET_DATA_BIT(line, x) != 0) {
          m_points.emplace_back(x, y);
        }
      }
    }
  }

  std::optional<Ring> find(std::pair<double, double> radii) {
    Ring found{0, 0, 0, least_share};
    if (m_points.empty()) {
      return std::nullopt;
    }
    for (int radius = static_cast<int>(radii.first / 2); radius <= static_cast<int>(radii.second / 2) + 1; ++radius) {
      judge(elected(radius), found);
    }
    return found.radius > 0 ? std::optional(found) : std::nullopt;
  }

 private:
  // The middle that most points of ink would have.
  [[nodiscard]] Ring elected(int radius) const {
    // Each direction gives a pixel one vote at most. Beyond the image there is room for votes that do not count.
    constexpr int directions = 60;
    const auto width = static_cast<std::size_t>(m_half.width + 2 * radius);
    std::vector<std::uint8_t> votes(width * static_cast<std::size_t>(m_half.height + 2 * radius));
    std::array<std::size_t, directions> steps{};
    for (int i = 0; i < directions; ++i) {
      const double angle = i * 2 * std::numbers::pi / directions;
      const auto dx = std::lround(radius * std::cos(angle));
      const auto dy = std::lround(radius * std::sin(angle));
      steps.at(static_cast<std::size_t>(i)) =
          static_cast<std::size_t>(radius + dy) * width + static_cast<std::size_t>(radius + dx);
    }
    for (const auto& [x, y] : m_points) {
      std::uint8_t* from = votes.data() + static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
      for (const std::size_t step : steps) {
        ++from[step];
      }
    }
    Ring best{0, 0, 2.0 * radius, 0};
    std::uint8_t most = 0;
    for (int y = 0; y < m_half.height; ++y) {
      const std::uint8_t* row = votes.data() + static_cast<std::size_t>(y + radius) * width + radius;
      std::uint8_t most_here = 0;
      for (int x = 0; x < m_half.width; ++x) {
        most_here = std::max(most_here, row[x]);
      }
      if (most_here > most) {
        most = most_here;
        best.x = 2.0 * static_cast<double>(std::find(row, row + m_half.width, most) - row);
        best.y = 2.0 * y;
      }
    }
    return best;
  }

  // A ring, and little around it: text has ink at all distances.
  void judge(Ring ring, Ring& found) const {
    for (int dx = -2; dx <= 2; ++dx) {
      for (int dy = -2; dy <= 2; ++dy) {
        ring.share =
            std::max(ring.share, ring_share(m_ink, ring.x + dx, ring.y + dy, ring.radius + 1, ring.radius + 1));
      }
    }
    const double beyond = ring_share(m_ink, ring.x, ring.y, ring.radius * 1.2, ring.radius * 1.2);
    if (ring.share > found.share && ring.share > beyond + 0.35) {
      found = ring;
    }
  }

  const Pix& m_ink;
  Size m_half;
  std::vector<std::pair<int, int>> m_points;
};

}  // namespace

double ring_share(const Pix& ink, double x, double y, double across, double down) {
  constexpr std::size_t directions = 72;
  struct Direction {
    double cosine;
    double sine;
  };
  static const std::array<Direction, directions> all = [] {
    std::array<Direction, directions> made{};
    for (std::size_t i = 0; i < directions; ++i) {
      const double angle = static_cast<double>(i) * 2 * std::numbers::pi / directions;
      made.at(i) = {std::cos(angle), std::sin(angle)};
    }
    return made;
  }();
  const Size size = size_of(ink);
  const std::uint32_t* words = pixGetData(const_cast<Pix*>(&ink));
  const std::ptrdiff_t stride = pixGetWpl(const_cast<Pix*>(&ink));
  const auto is_ink = [&](int column, int row) {
    return column >= 0 && row >= 0 && column < size.width && row < size.height &&
           GET_DATA_BIT(words + row * stride, column) != 0;
  };
  int found = 0;
  for (const Direction& way : all) {
    bool hit = false;
    for (double share = 0.88; share <= 1.001 && !hit; share += 0.02) {
      hit = is_ink(static_cast<int>(x + across * share * way.cosine), static_cast<int>(y + down * share * way.sine));
    }
    found += hit ? 1 : 0;
  }
  return double(found) / directions;
}

std::optional<Ring> find_ring(const Pix& ink, std::pair<double, double> radii, double letter) {
  return Rings(ink, letter).find(radii);
}

}  // namespace sohoa
