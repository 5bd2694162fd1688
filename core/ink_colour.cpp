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

Colour colour_at(std::uint32_t pixel) {
  return {static_cast<int>(pixel >> 24U), static_cast<int>(pixel >> 16U & 0xFFU),
          static_cast<int>(pixel >> 8U & 0xFFU)};
}

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

const std::uint32_t* line_of(const Pix& image, int y) {
  return pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw(image));
}

}  // namespace

Colour paper_of(const Pix& page) {
  std::array<std::array<int, 256>, 3> counts{};
  const Size size = size_of(page);
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    for (int x = 0; x < size.width; ++x) {
      const Colour colour = colour_at(line[x]);
      ++counts[0].at(static_cast<std::size_t>(colour.red));
      ++counts[1].at(static_cast<std::size_t>(colour.green));
      ++counts[2].at(static_cast<std::size_t>(colour.blue));
    }
  }
  const auto level = [&](const std::array<int, 256>& channel) {
    int left = size.width * size.height / 2;
    int value = 255;
    while (value > 1 && (left -= channel.at(static_cast<std::size_t>(value))) > 0) {
      --value;
    }
    return value;
  };
  return {level(counts[0]), level(counts[1]), level(counts[2])};
}

PixPtr ink_of_colour(const Pix& page, const Colour& paper, InkColour ink, InkLeast least) {
  const bool faint = least == InkLeast::faint;
  bool (*is_ink)(const Colour&) = ink == InkColour::red ? (faint ? is_reddish : is_red) : (faint ? is_bluish : is_blue);
  const OnWhite on_white(paper);
  const Size size = size_of(page);
  PixPtr result = own(pixCreate(size.width, size.height, 1), "pixCreate");
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = line_of(page, y);
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    for (int x = 0; x < size.width; ++x) {
      if (is_ink(on_white(line[x]))) {
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
