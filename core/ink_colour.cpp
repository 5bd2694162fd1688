// SPDX-License-Identifier: Apache-2.0
#include "core/ink_colour.hpp"

#include "core/wide_loops.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

Pix* raw(const Pix& image) { return const_cast<Pix*>(&image); }  // Leptonica takes no const

bool is_red(const Colour& c) { return c.red - std::max(c.green, c.blue) > 45 && c.red > 110; }
bool is_blue(const Colour& c) { return c.blue - std::min(c.red, c.green) > 35 && c.blue > c.red + 12; }
bool is_reddish(const Colour& c) { return c.red - std::max(c.green, c.blue) > 26 && c.red > 90; }
bool is_bluish(const Colour& c) { return c.blue - std::min(c.red, c.green) > 24 && c.blue > c.red + 8; }

// Half as strong, and as light as no edge of print is.
constexpr int light = 200;
bool is_palely_red(const Colour& c) { return c.red - std::max(c.green, c.blue) > 13 && c.red > light; }
bool is_palely_blue(const Colour& c) {
  return c.blue - std::min(c.red, c.green) > 12 && c.blue > c.red + 8 && c.blue > light;
}

bool (*test_of(InkColour ink, InkLeast least))(const Colour&) {
  const bool red = ink == InkColour::red;
  switch (least) {
    case InkLeast::clear:
      return red ? is_red : is_blue;
    case InkLeast::faint:
      return red ? is_reddish : is_bluish;
    case InkLeast::pale:
      break;
  }
  return red ? is_palely_red : is_palely_blue;
}

// Which pixels may have a colour: most are grey, and told by one look at two of their channels.
class MayBe {
 public:
  MayBe(const Colour& paper, InkColour ink, InkLeast least)
      : m_strong(ink == InkColour::red ? 24U : 8U), m_weak(ink == InkColour::red ? 16U : 24U) {
    const int strong = ink == InkColour::red ? paper.red : paper.blue;
    const int weak = ink == InkColour::red ? paper.green : paper.red;
    m_times_strong = 255 * weak;
    m_times_weak = 255 * strong;
    const int of_red = least == InkLeast::pale ? least_pale_red : least_red;
    m_least = (ink == InkColour::red ? of_red : least_blue) * strong * weak;
  }
  bool operator()(std::uint32_t pixel) const {
    return static_cast<int>(pixel >> m_strong & 0xFFU) * m_times_strong -
               static_cast<int>(pixel >> m_weak & 0xFFU) * m_times_weak >
           m_least;
  }

 private:
  // What the tests ask, clear ones more than faint ones, less one for what OnWhite cuts off.
  static constexpr int least_red = 25;
  static constexpr int least_pale_red = 12;
  static constexpr int least_blue = 7;

  unsigned m_strong;
  unsigned m_weak;
  int m_times_strong;
  int m_times_weak;
  int m_least;
};

SOHOA_WIDE bool any_of(const std::uint32_t* pixels, int count, const MayBe& may_be) {
  const MayBe own = may_be;
  int any = 0;  // as wide as a pixel, so that several are done at a time
  for (int i = 0; i < count; ++i) {
    any |= own(pixels[i]) ? 1 : 0;
  }
  return any != 0;
}

const std::uint32_t* line_of(const Pix& image, int y) {
  return pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw(image));
}

}  // namespace

OnWhite::OnWhite(const Colour& paper) {
  for (int level = 0; level < 256; ++level) {
    m_levels.at(static_cast<std::size_t>(level)) = {level * 255 / paper.red, level * 255 / paper.green,
                                                    level * 255 / paper.blue};
  }
}

Colour paper_of(const Pix& page) {
  constexpr int small = 400;
  // Neighbours are alike, and adding to a number that was just written waits for it: two in turn.
  std::array<std::array<std::array<int, 256>, 3>, 2> counts{};
  const Size size = size_of(page);
  const int step = size.height < small ? 1 : 4;  // a page's rows are many, and the middle one of all is the same
  int rows = 0;
  for (int y = 0; y < size.height; y += step, ++rows) {
    const std::uint32_t* line = line_of(page, y);
    for (int x = 0; x < size.width; ++x) {
      auto& turn = counts[static_cast<std::size_t>(x) % 2];
      ++turn[0][line[x] >> 24U];
      ++turn[1][line[x] >> 16U & 0xFFU];
      ++turn[2][line[x] >> 8U & 0xFFU];
    }
  }
  const auto level = [&](std::size_t channel) {
    int left = size.width * rows / 2;
    std::size_t value = 255;
    while (value > 1 && (left -= counts[0][channel][value] + counts[1][channel][value]) > 0) {
      --value;
    }
    return static_cast<int>(value);
  };
  return {level(0), level(1), level(2)};
}

PixPtr ink_of_colour(const Pix& page, const Colour& paper, InkColour ink, InkLeast least) {
  constexpr int run = 64;  // pixels
  bool (*const is_ink)(const Colour&) = test_of(ink, least);
  const OnWhite on_white(paper);
  const MayBe may_be(paper, ink, least);
  const Size size = size_of(page);
  PixPtr result = own(pixCreate(size.width, size.height, 1), "pixCreate");
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    for (int begin = 0; begin < size.width; begin += run) {
      const int end = std::min(begin + run, size.width);
      for (int x = any_of(line + begin, end - begin, may_be) ? begin : end; x < end; ++x) {
        if (may_be(line[x]) && is_ink(on_white(line[x]))) {
          SET_DATA_BIT(out, x);
        }
      }
    }
  }
  return result;
}

PixPtr strength_of_colour(const Pix& page, const Colour& paper, InkColour ink) {
  const OnWhite on_white(paper);
  const Size size = size_of(page);
  PixPtr result = own(pixCreate(size.width, size.height, 8), "pixCreate");
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    for (int x = 0; x < size.width; ++x) {
      const Colour c = on_white(line[x]);
      const int strength =
          ink == InkColour::red ? c.red - std::max(c.green, c.blue) : c.blue - std::min(c.red, c.green);
      SET_DATA_BYTE(out, x, static_cast<l_uint8>(255 - std::clamp(strength * 2, 0, 255)));
    }
  }
  return result;
}

}  // namespace sohoa
