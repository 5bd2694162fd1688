// SPDX-License-Identifier: Apache-2.0
#include "core/resolution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sohoa {
namespace {

constexpr double tolerance = 0.04;

bool possible(double dpi, std::size_t pixels) {
  const double inches = dpi > 0 ? static_cast<double>(pixels) / dpi : 0;
  return dpi >= 50 && dpi <= 2400 && inches >= 0.8 && inches <= 79;
}

bool is_placeholder(double dpi) { return std::lround(dpi) == 72 || std::lround(dpi) == 96; }

bool near(double value, double wanted) { return std::abs(value - wanted) <= tolerance * wanted; }

// The resolution at which the page is a sheet of common paper: what the scan says if that fits, else the commonest.
double fitting(const SourcePage& page) {
  const std::array<double, 9> candidates{std::max(1.0, page.dpi_x), 300, 200, 100, 150, 400, 600, 240, 120};
  struct Paper {
    double width;  // inches
    double height;
  };
  constexpr std::array<Paper, 3> papers{{{8.27, 11.69}, {11.69, 16.54}, {5.83, 8.27}}};
  const auto [small, large] = std::minmax({static_cast<double>(page.width), static_cast<double>(page.height)});
  for (const double dpi : candidates) {
    for (const Paper& paper : papers) {
      if (near(small / dpi, paper.width) && near(large / dpi, paper.height)) {
        return dpi;
      }
    }
  }
  return 0;
}

}  // namespace

Resolution resolution_of(const SourcePage& page, double fallback) {
  const bool told = possible(page.dpi_x, page.width) && possible(page.dpi_y, page.height);
  if (told && !is_placeholder(page.dpi_x)) {
    return {page.dpi_x, page.dpi_y, false};
  }
  if (const double dpi = fitting(page); dpi > 0) {
    return {dpi, dpi, true};
  }
  return told ? Resolution{page.dpi_x, page.dpi_y, false} : Resolution{fallback, fallback, true};
}

}  // namespace sohoa
