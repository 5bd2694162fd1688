// SPDX-License-Identifier: Apache-2.0
#include "core/print_alone.hpp"

#include "core/brick.hpp"
#include "core/second_look.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
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
void take_blue(Pix& picture, const ReadingPart& black, const Box& signature, double scale) {
  constexpr int blur = 5;       // pixels of the reading image
  constexpr int as_print = 41;  // what is darker stays
  const auto pixel = [scale](double value, double more) { return static_cast<l_int32>(value * scale + more); };
  const l_int32 left = std::max(0, pixel(signature.left, -margin));
  const l_int32 top = std::max(0, pixel(signature.top, -margin));
  const l_int32 width = std::min(pixGetWidth(&picture), pixel(signature.right, margin)) - left;
  const l_int32 height = std::min(pixGetHeight(&picture), pixel(signature.bottom, margin)) - top;
  if (width <= 0 || height <= 0) {
    return;
  }
  const auto cut = [&](const Pix& whole, l_int32 x, l_int32 y) {
    PixPtr part = own(pixCreate(width, height, 8), "pixCreate");
    pixSetAll(part.get());
    pixRasterop(part.get(), 0, 0, width, height, PIX_SRC, const_cast<Pix*>(&whole), x, y);
    return part;
  };
  const PixPtr print = cut(*black.image, left - black.left, top - black.top);
  const PixPtr blue = darker(*cut(picture, left, top), ink_level);
  pixSubtract(blue.get(), blue.get(), darker(*print, ink_level).get());
  const PixPtr strokes = closed(*blue, blur, blur);
  pixSubtract(strokes.get(), strokes.get(), darker(*print, as_print).get());
  pixPaintThroughMask(print.get(), strokes.get(), 0, 0, 255);
  pixRasterop(&picture, left, top, width, height, PIX_SRC, print.get(), 0, 0);
}

std::vector<Box> boxes_of(const std::vector<OcrMark>& marks, OcrMark::Kind kind) {
  std::vector<Box> boxes;
  for (const OcrMark& mark : marks) {
    if (mark.kind == kind) {
      boxes.push_back(mark.box);
    }
  }
  return boxes;
}

// Of the signatures those that end below the head, touch a seal, or go on from one of these.
std::vector<Box> signed_places(const std::vector<OcrMark>& marks, double head_end) {
  std::vector<Box> others = boxes_of(marks, OcrMark::Kind::signature);
  std::vector<Box> near = boxes_of(marks, OcrMark::Kind::seal);  // and what is found, with some room beside it
  std::vector<Box> found;
  const auto joins = [&](const Box& box) {
    return box.bottom > head_end ||
           std::any_of(near.begin(), near.end(), [&](const Box& other) { return touch(box, other); });
  };
  const auto next = [&] { return std::find_if(others.begin(), others.end(), joins); };
  for (auto one = next(); one != others.end(); one = next()) {
    const double room = height_of(*one) / 4;
    near.push_back({one->left - room, one->top, one->right + room, one->bottom});
    found.push_back(*one);
    others.erase(one);
  }
  return found;
}

}  // namespace

PixPtr print_alone(const Pix& scan, const PageGeometry& geometry, const ReadingImage& reading,
                   const std::vector<OcrMark>& marks, const std::vector<Box>& stamps) {
  const bool coloured = depth_of(scan) == 32;
  const double top = head * size_of(*reading.image).height / reading.scale;
  const std::vector<Box> places = coloured ? signed_places(marks, top) : boxes_of(marks, OcrMark::Kind::seal);
  if (places.empty() && stamps.empty()) {
    return nullptr;
  }
  PixPtr picture = own(pixCopy(nullptr, reading.image.get()), "pixCopy");
  if (!coloured) {
    for (const Box& seal : places) {
      OuterRing(*picture, seal, reading.scale).erase();
    }
    return picture;
  }
  const auto take = [&](const std::vector<Box>& boxes) {
    const double more = 2 * margin / reading.scale;
    const Box all = std::accumulate(boxes.begin() + 1, boxes.end(), boxes.front(), united);
    const ReadingPart black = black_alone(scan, geometry, reading, with_room(all, more));
    for (const Box& box : boxes) {
      take_blue(*picture, black, box, reading.scale);
    }
  };
  if (!places.empty()) {
    take(places);
  }
  for (const Box& stamp : stamps) {
    take({stamp});
  }
  return picture;
}

}  // namespace sohoa
