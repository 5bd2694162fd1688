// SPDX-License-Identifier: Apache-2.0
// Test pictures with known pixels, and how far two pictures differ.
#pragma once

#include "core/pix.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <leptonica/allheaders.h>

namespace sohoa::test {

// Smooth enough for lossy codecs, and no two rows or columns alike. channel: 0 red or grey, 1 green, 2 blue.
inline unsigned truth(unsigned x, unsigned y, unsigned channel) {
  return (x * 2 + y * (channel + 1) + 40 * channel) % 512 < 256
             ? (x * 2 + y * (channel + 1) + 40 * channel) % 256
             : 255 - (x * 2 + y * (channel + 1) + 40 * channel) % 256;
}

inline bool black(unsigned x, unsigned y) { return (x / 5 + y / 3) % 3 == 0 || x == y; }

inline unsigned value_at(const Pix& pix, unsigned x, unsigned y, unsigned channel) {
  l_uint32 value = 0;
  pixGetPixel(const_cast<Pix*>(&pix), static_cast<int>(x), static_cast<int>(y), &value);
  const int depth = depth_of(pix);
  return depth == 1 ? (value != 0 ? 0 : 255) : depth == 8 ? value : value >> (24 - 8 * channel) & 0xFFU;
}

inline bool same(const Pix& a, const Pix& b) {
  int equal = 0;
  return pixEqual(const_cast<Pix*>(&a), const_cast<Pix*>(&b), &equal) == 0 && equal == 1;
}

// The largest difference of a sample, or 1000 when sizes or depths differ.
inline int distance(const Pix& a, const Pix& b) {
  const Size size = size_of(a);
  if (size.width != size_of(b).width || size.height != size_of(b).height || depth_of(a) != depth_of(b)) {
    return 1000;
  }
  int most = 0;
  for (unsigned y = 0; y < static_cast<unsigned>(size.height); ++y) {
    for (unsigned x = 0; x < static_cast<unsigned>(size.width); ++x) {
      for (unsigned channel = 0; channel < (depth_of(a) == 32 ? 3U : 1U); ++channel) {
        most = std::max(most, std::abs(static_cast<int>(value_at(a, x, y, channel)) -
                                       static_cast<int>(value_at(b, x, y, channel))));
      }
    }
  }
  return most;
}

// The truth as a Pix of 1, 8 or 32 bits.
inline PixPtr picture(unsigned width, unsigned height, int depth) {
  PixPtr pix = own(pixCreate(static_cast<int>(width), static_cast<int>(height), depth), "pixCreate");
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      const unsigned value = depth == 1   ? (black(x, y) ? 1U : 0U)
                             : depth == 8 ? truth(x, y, 0)
                                          : truth(x, y, 0) << 24U | truth(x, y, 1) << 16U | truth(x, y, 2) << 8U;
      pixSetPixel(pix.get(), static_cast<int>(x), static_cast<int>(y), value);
    }
  }
  return pix;
}

}  // namespace sohoa::test
