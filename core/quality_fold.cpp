// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include "core/binarize.hpp"
#include "core/brick.hpp"
#include "core/grey_image.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double region = 62;     // mm, of the image's corner
constexpr double least_leg = 9;   // mm; handwriting crosses a corner, but not as a line that long
constexpr double step = 0.75;     // mm from one line that is looked for to the next
constexpr double flattest = 2.8;  // of the legs, the longer to the shorter
constexpr double whole = 0.93;    // share of a shadow that is there
constexpr double beside = 0.25;   // share of its neighbours that may be dark
constexpr double apart = 2.2;     // mm from the shadow to the neighbours
constexpr double inside = 0.02;   // share of the corner that may be dark, for dust

// The corner's ink, widened by what the steps leave between the lines. The corner is at the top left.
class Corner {
 public:
  // `turns`: quarters that bring the corner to the top left.
  Corner(const Pix& page, int turns, double unit) : m_unit(unit), m_side(static_cast<int>(region * unit)) {
    const Size size = size_of(page);
    const PixPtr part = own(pixCreate(m_side, m_side, 1), "pixCreate");
    pixRasterop(part.get(), 0, 0, m_side, m_side, PIX_SRC, const_cast<Pix*>(&page),
                turns >= 2 ? size.width - m_side : 0, turns == 1 || turns == 2 ? size.height - m_side : 0);
    const PixPtr cut = turned(*part, 90 * turns);
    const int wide = std::max(3, 2 * static_cast<int>(std::lround(0.4 * unit)) + 1);
    const PixPtr thick = dilated(*cut, wide, wide);
    m_thick = grey_image(*thick, 1).samples;
    m_thin = grey_image(*cut, 1).samples;
  }

  // The shorter leg of the largest triangle that a straight shadow cuts off, in mm; 0: none.
  [[nodiscard]] double fold() const {
    double leg = 0;
    for (double a = least_leg; a < region - 1; a += step) {
      for (double b = std::max(least_leg, a / flattest); b < std::min(region - 1, a * flattest); b += step) {
        if (std::min(a, b) > leg && is_shadow(a, b)) {
          leg = std::min(a, b);
        }
      }
    }
    return leg;
  }

 private:
  [[nodiscard]] bool dark(const std::vector<std::uint8_t>& rows, double x, double y) const {
    const int column = static_cast<int>(x * m_unit);
    const int row = static_cast<int>(y * m_unit);
    return column >= 0 && row >= 0 && column < m_side && row < m_side &&
           rows[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_side) + static_cast<std::size_t>(column)] ==
               0;
  }

  // Whether a shadow goes from (a, 0) to (0, b), with paper on both sides and an empty corner.
  [[nodiscard]] bool is_shadow(double a, double b) const {
    const double length = std::hypot(a, b);
    const double across_x = b / length * apart;  // away from the corner
    const double across_y = a / length * apart;
    const int points = static_cast<int>(length / 0.7);
    const auto share = [points](int i) { return 0.1 + 0.8 * i / points; };  // the ends may lie beneath the lid's wedge
    int there = 0;
    for (int i = 0; i < points; ++i) {
      there += dark(m_thick, a * (1 - share(i)), b * share(i)) ? 1 : 0;
      if (i - there > (1 - whole) * points) {
        return false;
      }
    }
    int off = 0;
    for (int i = 0; i < points; ++i) {
      const double x = a * (1 - share(i));
      const double y = b * share(i);
      off += (dark(m_thin, x - across_x, y - across_y) ? 1 : 0) + (dark(m_thin, x + across_x, y + across_y) ? 1 : 0);
    }
    return off <= beside * 2 * points && is_empty(a, b);
  }
  [[nodiscard]] bool is_empty(double a, double b) const {
    int seen = 0;
    int ink = 0;
    for (double y = 1.5; y < b; y += 0.5) {
      for (double x = 1.5; x / a + y / b < 0.88; x += 0.5) {
        ++seen;
        ink += dark(m_thin, x, y) ? 1 : 0;
      }
    }
    return ink <= inside * seen;
  }

  double m_unit;
  int m_side;
  std::vector<std::uint8_t> m_thick;  // 0 is ink
  std::vector<std::uint8_t> m_thin;
};

}  // namespace

void measure_folds(const Pix& ink, double dpi, PictureMeasures& measures) {
  const double unit = dpi / 25.4;
  const Size size = size_of(ink);
  if (std::min(size.width, size.height) < 2 * region * unit) {
    return;
  }
  constexpr std::array<const char*, 4> corners{"top-left", "bottom-left", "bottom-right",
                                               "top-right"};  // by clockwise turns
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const double leg = Corner(ink, static_cast<int>(i), unit).fold();
    if (leg > measures.corner_mm) {
      measures.corner_mm = leg;
      measures.corner = corners[i];
    }
  }
}

}  // namespace sohoa
