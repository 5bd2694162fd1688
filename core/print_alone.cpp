// SPDX-License-Identifier: Apache-2.0
#include "core/print_alone.hpp"

#include "core/brick.hpp"
#include "core/second_look.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double head = 0.3;  // of the page's height: above, pens write a number and a date
constexpr double margin = 8;  // pixels around a signature, whose box is found at a third of the scale

// Of a ring's radius:
constexpr double search_from = 1.08;
constexpr double search_to = 0.88;
constexpr double thickest = 0.08;
constexpr double astray = 0.02;  // from the ring that all directions agree on

// A seal's outer ring, at first where the mark has it, then where the ink is.
class OuterRing {
 public:
  OuterRing(Pix& picture, const Box& seal, double scale)
      : m_picture(picture),
        m_x((seal.left + seal.right) / 2 * scale),
        m_y((seal.top + seal.bottom) / 2 * scale),
        m_radius((seal.right - seal.left + seal.bottom - seal.top) / 4 * scale) {}

  // Many seals have a thin ring within the outer one.
  void erase() {
    double outer = 0;
    for (int ring = 0; ring < 2 && settle() && settle(); ++ring) {
      outer = ring == 0 ? m_radius : outer;
      const int steps = static_cast<int>(4 * std::numbers::pi * m_radius);
      for (int i = 0; i < steps; ++i) {
        const double angle = 2 * std::numbers::pi * i / steps;
        for (double r = m_radius + 1.5; r > m_radius - m_thickness - 1.5; r -= 0.5) {
          erase(at_x(angle, r), at_y(angle, r));
        }
      }
      m_band = outer - m_radius + m_thickness;
    }
    restore_strokes();
  }

 private:
  struct Rim {
    double angle;
    double outer;
    double thickness;
  };

  [[nodiscard]] int at_x(double angle, double r) const {
    return static_cast<int>(std::lround(m_x + r * std::cos(angle)));
  }
  [[nodiscard]] int at_y(double angle, double r) const {
    return static_cast<int>(std::lround(m_y + r * std::sin(angle)));
  }
  [[nodiscard]] bool is_ink(double angle, double r) const {
    l_uint32 value = 255;
    return pixGetPixel(&m_picture, at_x(angle, r), at_y(angle, r), &value) == 0 && value < ink_level;
  }

  [[nodiscard]] std::optional<Rim> rim(double angle) const {
    double r = m_radius * search_from;
    while (r > m_radius * search_to && !is_ink(angle, r)) {
      r -= 0.5;
    }
    const double outer = r;
    while (r > m_radius * search_to && is_ink(angle, r)) {
      r -= 0.5;
    }
    const bool thin = outer > m_radius * search_to && outer - r < m_radius * thickest;
    return thin ? std::optional(Rim{angle, outer, outer - r}) : std::nullopt;
  }

  void erase(int x, int y) {
    l_uint32 value = 255;
    if (pixGetPixel(&m_picture, x, y, &value) == 0 && value < 255) {
      m_erased.push_back({x, y, value});
      pixSetPixel(&m_picture, x, y, 255);
    }
  }

  // Of what was erased, that which joins ink on both sides: letters across the ring.
  void restore_strokes() {
    const int reach = static_cast<int>(m_band) + 4;
    const int side = static_cast<int>(2 * m_radius * search_from) + 4 * reach;
    const int left = std::max(0, static_cast<int>(m_x) - side / 2);
    const int top = std::max(0, static_cast<int>(m_y) - side / 2);
    BOX* around = boxCreate(left, top, side, side);
    const PixPtr part(pixClipRectangle(&m_picture, around, nullptr));
    boxDestroy(&around);
    if (part == nullptr || m_erased.empty()) {
      return;
    }
    const PixPtr joined = closed(*darker(*part, ink_level), reach, reach);
    for (const Pixel& pixel : m_erased) {
      l_uint32 stroke = 0;
      if (pixGetPixel(joined.get(), pixel.x - left, pixel.y - top, &stroke) == 0 && stroke != 0) {
        pixSetPixel(&m_picture, pixel.x, pixel.y, pixel.value);
      }
    }
  }

  // Moves the middle to where the rims are equally far from it. False when too few lie on one circle.
  bool settle() {
    constexpr int directions = 180;
    std::vector<Rim> rims;
    for (int i = 0; i < directions; ++i) {
      if (const std::optional<Rim> found = rim(2 * std::numbers::pi * i / directions)) {
        rims.push_back(*found);
      }
    }
    if (rims.size() < directions / 2) {
      return false;
    }
    m_radius = middle(rims, &Rim::outer);
    m_thickness = middle(rims, &Rim::thickness);
    double x = 0;
    double y = 0;
    int agree = 0;
    for (const Rim& one : rims) {
      const double off = one.outer - m_radius;
      if (std::abs(off) < 2 * astray * m_radius) {
        x += off * std::cos(one.angle);
        y += off * std::sin(one.angle);
        ++agree;
      }
    }
    m_x += 2 * x / agree;
    m_y += 2 * y / agree;
    return agree > directions / 2;
  }

  static double middle(std::vector<Rim>& rims, double Rim::*value) {
    const auto at = rims.begin() + static_cast<std::ptrdiff_t>(rims.size() / 2);
    std::nth_element(rims.begin(), at, rims.end(), [value](const Rim& a, const Rim& b) { return a.*value < b.*value; });
    return (*at).*value;
  }

  struct Pixel {
    int x;
    int y;
    l_uint32 value;
  };

  Pix& m_picture;
  std::vector<Pixel> m_erased;
  double m_band = 0;  // from the outer edge of the first ring to the inner of the last
  double m_x;
  double m_y;
  double m_radius;
  double m_thickness = 0;
};

// Where the reading image is dark and black alone is light, there is blue. JPEG blurs colours, so that a stroke's edge
// has less of it: what is not black there goes, too.
void take_blue(Pix& picture, const Pix& black, const Box& signature, double scale) {
  constexpr int blur = 5;  // pixels of the reading image
  constexpr l_uint32 not_black = 40;
  const auto pixel = [scale](double value, double more) { return static_cast<l_int32>(value * scale + more); };
  const l_int32 left = std::max(0, pixel(signature.left, -margin));
  const l_int32 top = std::max(0, pixel(signature.top, -margin));
  const l_int32 right = std::min(pixGetWidth(&picture), pixel(signature.right, margin));
  const l_int32 bottom = std::min(pixGetHeight(&picture), pixel(signature.bottom, margin));
  if (right <= left || bottom <= top) {
    return;
  }
  auto* plain = const_cast<Pix*>(&black);
  const PixPtr blue = own(pixCreate(right - left, bottom - top, 1), "pixCreate");
  const auto each = [&](const auto& visit) {
    for (l_int32 y = top; y < bottom; ++y) {
      std::uint32_t* line = pixGetData(&picture) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(&picture);
      const std::uint32_t* other = pixGetData(plain) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(plain);
      for (l_int32 x = left; x < right; ++x) {
        visit(x, y, line, GET_DATA_BYTE(other, x));
      }
    }
  };
  each([&](l_int32 x, l_int32 y, const std::uint32_t* line, l_uint32 value) {
    if (GET_DATA_BYTE(line, x) < ink_level && value >= ink_level) {
      pixSetPixel(blue.get(), x - left, y - top, 1);
    }
  });
  const PixPtr strokes = closed(*blue, blur, blur);
  each([&](l_int32 x, l_int32 y, std::uint32_t* line, l_uint32 value) {
    l_uint32 is_blue = 0;
    pixGetPixel(strokes.get(), x - left, y - top, &is_blue);
    SET_DATA_BYTE(line, x, is_blue != 0 && value > not_black ? 255 : static_cast<l_uint8>(value));
  });
}

bool touch(const Box& a, const Box& b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

// Those of the marks that end below the head, touch a seal, or go on from one of these.
std::vector<bool> signatures(const std::vector<OcrMark>& marks, double head_end) {
  std::vector<bool> found(marks.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const OcrMark& mark = marks[i];
      if (found[i] || mark.kind != OcrMark::Kind::signature) {
        continue;
      }
      found[i] = mark.box.bottom > head_end;
      for (std::size_t k = 0; k < marks.size() && !found[i]; ++k) {
        const double near = found[k] ? height_of(marks[k].box) / 4 : 0;
        const Box box{marks[k].box.left - near, marks[k].box.top, marks[k].box.right + near, marks[k].box.bottom};
        found[i] = (found[k] || marks[k].kind == OcrMark::Kind::seal) && touch(mark.box, box);
      }
      more = more || found[i];
    }
  }
  return found;
}

}  // namespace

PixPtr print_alone(const Pix& scan, const PageGeometry& geometry, const ReadingImage& reading,
                   const std::vector<OcrMark>& marks) {
  const bool coloured = depth_of(scan) == 32;
  const double top = head * size_of(*reading.image).height / reading.scale;
  const std::vector<bool> signed_here = coloured ? signatures(marks, top) : std::vector<bool>();
  const auto goes = [&](const OcrMark& mark) {
    return coloured ? signed_here[static_cast<std::size_t>(&mark - marks.data())] : mark.kind == OcrMark::Kind::seal;
  };
  if (std::none_of(marks.begin(), marks.end(), goes)) {
    return nullptr;
  }
  const PixPtr black = coloured ? black_alone(scan, geometry, reading) : nullptr;
  PixPtr picture = own(pixCopy(nullptr, reading.image.get()), "pixCopy");
  for (const OcrMark& mark : marks) {
    if (!goes(mark)) {
      continue;
    }
    if (coloured) {
      take_blue(*picture, *black, mark.box, reading.scale);
    } else {
      OuterRing(*picture, mark.box, reading.scale).erase();
    }
  }
  return picture;
}

}  // namespace sohoa
