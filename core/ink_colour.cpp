// SPDX-License-Identifier: Apache-2.0
#include "core/ink_colour.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

Pix* raw(const Pix& image) { return const_cast<Pix*>(&image); }  // Leptonica takes no const

// Colours as they would be on white paper.
class OnWhite {
 public:
  explicit OnWhite(const Colour& paper) {
    for (int level = 0; level < 256; ++level) {
      m_levels.at(static_cast<std::size_t>(level)) = {level * 255 / paper.red, level * 255 / paper.green,
                                                      level * 255 / paper.blue};
    }
  }
  [[nodiscard]] Colour operator()(std::uint32_t pixel) const {
    return {m_levels[pixel >> 24U].red, m_levels[pixel >> 16U & 0xFFU].green, m_levels[pixel >> 8U & 0xFFU].blue};
  }

 private:
  std::array<Colour, 256> m_levels;
};

bool is_red(const Colour& c) { return c.red - std::max(c.green, c.blue) > 45 && c.red > 110; }
bool is_blue(const Colour& c) { return c.blue - std::min(c.red, c.green) > 35 && c.blue > c.red + 12; }
bool is_reddish(const Colour& c) { return c.red - std::max(c.green, c.blue) > 26 && c.red > 90; }
bool is_bluish(const Colour& c) { return c.blue - std::min(c.red, c.green) > 24 && c.blue > c.red + 8; }

// Which pixels may have a colour, by the highest bits of their channels: most are grey, and told by one look.
class Coloured {
 public:
  Coloured(const OnWhite& on_white, InkColour ink) {
    for (std::uint32_t cell = 0; cell < m_may.size(); ++cell) {
      const std::uint32_t darkest = (cell >> 10U) << 27U | (cell >> 5U & 31U) << 19U | (cell & 31U) << 11U;
      const Colour low = on_white(darkest);
      const Colour high = on_white(darkest | 0x07070700U);
      m_may[cell] = ink == InkColour::red ? is_reddish({high.red, low.green, low.blue})
                                          : is_bluish({low.red, low.green, high.blue});
    }
  }
  bool operator()(std::uint32_t pixel) const {
    return m_may[pixel >> 27U << 10U | (pixel >> 19U & 31U) << 5U | (pixel >> 11U & 31U)];
  }

 private:
  std::array<bool, 32 * 32 * 32> m_may{};
};

const std::uint32_t* line_of(const Pix& image, int y) {
  return pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw(image));
}

}  // namespace

Colour paper_of(const Pix& page) {
  // Neighbours are alike, and adding to a number that was just written waits for it: two in turn.
  std::array<std::array<std::array<int, 256>, 3>, 2> counts{};
  const Size size = size_of(page);
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    for (int x = 0; x < size.width; ++x) {
      auto& turn = counts[static_cast<std::size_t>(x) % 2];
      ++turn[0][line[x] >> 24U];
      ++turn[1][line[x] >> 16U & 0xFFU];
      ++turn[2][line[x] >> 8U & 0xFFU];
    }
  }
  const auto level = [&](std::size_t channel) {
    int left = size.width * size.height / 2;
    std::size_t value = 255;
    while (value > 1 && (left -= counts[0][channel][value] + counts[1][channel][value]) > 0) {
      --value;
    }
    return static_cast<int>(value);
  };
  return {level(0), level(1), level(2)};
}

PixPtr ink_of_colour(const Pix& page, const Colour& paper, InkColour ink, InkLeast least) {
  const bool faint = least == InkLeast::faint;
  bool (*is_ink)(const Colour&) = ink == InkColour::red ? (faint ? is_reddish : is_red) : (faint ? is_bluish : is_blue);
  const OnWhite on_white(paper);
  const Coloured coloured(on_white, ink);
  const Size size = size_of(page);
  PixPtr result = own(pixCreate(size.width, size.height, 1), "pixCreate");
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    for (int x = 0; x < size.width; ++x) {
      if (coloured(line[x]) && is_ink(on_white(line[x]))) {
        SET_DATA_BIT(out, x);
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
