// SPDX-License-Identifier: Apache-2.0
#include "core/grey_image.hpp"

#include "core/pixel_bytes.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

template <int depth>
std::uint32_t sample(const l_uint32* line, int x) {
  if constexpr (depth == 32) {
    return line[x] >> static_cast<unsigned>(L_RED_SHIFT) & 0xFFU;
  } else if constexpr (depth == 8) {
    return GET_DATA_BYTE(line, x);
  } else {
    return GET_DATA_BIT(line, x) != 0 ? 0U : 255U;
  }
}

// Adds the row's samples, `shrink` to a sum.
template <int depth>
void add_row(const l_uint32* line, int left, int shrink, std::vector<std::uint32_t>& sums) {
  int x = left;
  if (shrink == 2) {  // 300 dpi, as most scans have
    for (std::uint32_t& sum : sums) {
      sum += sample<depth>(line, x) + sample<depth>(line, x + 1);
      x += 2;
    }
    return;
  }
  for (std::uint32_t& sum : sums) {
    for (int i = 0; i < shrink; ++i, ++x) {
      sum += sample<depth>(line, x);
    }
  }
}

// As it is, from the page's left edge.
SOHOA_WIDE void copy(GreyImage& grey, Pix* pix, int top) {
  const auto width = static_cast<std::size_t>(grey.width);
  for (int y = 0; y < grey.height; ++y) {
    const l_uint32* line =
        pixGetData(pix) + static_cast<std::size_t>(top + y) * static_cast<std::size_t>(pixGetWpl(pix));
    copy_pixels(line, width, grey.samples.data() + static_cast<std::size_t>(y) * width);
  }
}

template <int depth>
void fill(GreyImage& grey, Pix* pix, int left, int top) {
  const int shrink = grey.shrink;
  const auto area = static_cast<std::uint32_t>(shrink) * static_cast<std::uint32_t>(shrink);
  const std::uint32_t share = (1U << 16U) / area + 1;  // a product in place of a division
  std::vector<std::uint32_t> sums(static_cast<std::size_t>(grey.width));
  std::uint8_t* out = grey.samples.data();
  for (int y = 0; y < grey.height; ++y) {
    const auto line = [&](int i) {
      return pixGetData(pix) +
             static_cast<std::size_t>(top + y * shrink + i) * static_cast<std::size_t>(pixGetWpl(pix));
    };
    if (shrink == 1) {
      const l_uint32* only = line(0);
      for (int x = 0; x < grey.width; ++x) {
        *out++ = static_cast<std::uint8_t>(sample<depth>(only, left + x));
      }
      continue;
    }
    std::fill(sums.begin(), sums.end(), 0);
    for (int i = 0; i < shrink; ++i) {
      add_row<depth>(line(i), left, shrink, sums);
    }
    for (const std::uint32_t sum : sums) {
      *out++ = static_cast<std::uint8_t>(std::min<std::uint64_t>(255, std::uint64_t{sum} * share >> 16U));
    }
  }
}

}  // namespace

GreyImage grey_image(const Pix& page, int shrink, const Box& part) {
  Pix* pix = const_cast<Pix*>(&page);  // Leptonica's readers take no const
  const int depth = pixGetDepth(pix);
  const bool whole = part == Box{};
  if (depth == 1 && shrink == 1 && whole) {
    return grey_image(*own(pixConvert1To8(nullptr, pix, 255, 0), "pixConvert1To8"), 1);
  }
  const int left = whole ? 0 : std::clamp(static_cast<int>(part.left), 0, pixGetWidth(pix));
  const int top = whole ? 0 : std::clamp(static_cast<int>(part.top), 0, pixGetHeight(pix));
  const int right = whole ? pixGetWidth(pix) : std::clamp(static_cast<int>(part.right), left, pixGetWidth(pix));
  const int bottom = whole ? pixGetHeight(pix) : std::clamp(static_cast<int>(part.bottom), top, pixGetHeight(pix));
  GreyImage grey;
  grey.shrink = shrink;
  grey.width = (right - left) / shrink;
  grey.height = (bottom - top) / shrink;
  grey.samples.resize(static_cast<std::size_t>(grey.width) * static_cast<std::size_t>(grey.height));
  depth == 8 && shrink == 1 && left == 0 ? copy(grey, pix, top)
  : depth == 32                          ? fill<32>(grey, pix, left, top)
  : depth == 8                           ? fill<8>(grey, pix, left, top)
                                         : fill<1>(grey, pix, left, top);
  return grey;
}

}  // namespace sohoa
