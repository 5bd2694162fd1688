// SPDX-License-Identifier: Apache-2.0
// The colours of ink on a colour scan: red for seals and stamps, blue and violet for pens and stamps.
#pragma once

#include "core/pix.hpp"

#include <array>
#include <cstdint>

namespace sohoa {

struct Colour {  // 0 … 255
  int red = 0;
  int green = 0;
  int blue = 0;
};

// The paper's: what half of the pixels of a 32-bit image are darker than; of a page, of every fourth row.
Colour paper_of(const Pix& page);

// Colours of a 32-bit image as they would be on white paper; what is lighter than the paper has more than 255.
class OnWhite {
 public:
  explicit OnWhite(const Colour& paper);
  Colour operator()(std::uint32_t pixel) const {
    return {m_levels[pixel >> 24U].red, m_levels[pixel >> 16U & 0xFFU].green, m_levels[pixel >> 8U & 0xFFU].blue};
  }

 private:
  std::array<Colour, 256> m_levels;
};

enum class InkColour { red, blue };  // violet is blue
// Pale ink is half as strong as faint, and lighter than the soft edges of print, whose colours scanners mix.
enum class InkLeast { clear, faint, pale };

// 1 bit where a 32-bit image has ink of that colour, by its colour on white paper; the same size.
PixPtr ink_of_colour(const Pix& page, const Colour& paper, InkColour ink, InkLeast least);

// 8-bit grey of a 32-bit image: the stronger that colour, the darker; black, grey and paper are white.
PixPtr strength_of_colour(const Pix& page, const Colour& paper, InkColour ink);

}  // namespace sohoa
