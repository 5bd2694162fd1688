// SPDX-License-Identifier: Apache-2.0
#include "core/grey_image.hpp"

#include <algorithm>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Adds the row's samples, `shrink` to a sum.
void add_row(const l_uint32* line, int depth, int left, int shrink, std::vector<std::uint32_t>& sums) {
  int x = left;
  for (std::uint32_t& sum : sums) {
    for (int i = 0; i < shrink; ++i, ++x) {
      if (depth == 32) {
        sum += line[x] >> static_cast<unsigned>(L_RED_SHIFT) & 0xFFU;
      } else if (depth == 8) {
        sum += GET_DATA_BYTE(line, x);
      } else {
        sum += GET_DATA_BIT(line, x) != 0 ? 0U : 255U;
      }
    }
  }
}

}  // namespace

GreyImage grey_image(const Pix& page, int shrink, const Box& part) {
  Pix* pix = const_cast<Pix*>(&page);  // Leptonica's readers take no const
  const int depth = pixGetDepth(pix);
  const bool whole = part == Box{};
  const int left = whole ? 0 : std::clamp(static_cast<int>(part.left), 0, pixGetWidth(pix));
  const int top = whole ? 0 : std::clamp(static_cast<int>(part.top), 0, pixGetHeight(pix));
  const int right = whole ? pixGetWidth(pix) : std::clamp(static_cast<int>(part.right), left, pixGetWidth(pix));
  const int bottom = whole ? pixGetHeight(pix) : std::clamp(static_cast<int>(part.bottom), top, pixGetHeight(pix));
  GreyImage grey;
  grey.shrink = shrink;
  grey.width = (right - left) / shrink;
  grey.height = (bottom - top) / shrink;
  grey.samples.reserve(static_cast<std::size_t>(grey.width) * static_cast<std::size_t>(grey.height));
  const auto area = static_cast<std::uint32_t>(shrink) * static_cast<std::uint32_t>(shrink);
  std::vector<std::uint32_t> sums(static_cast<std::size_t>(grey.width));
  for (int y = 0; y < grey.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0);
    for (int i = 0; i < shrink; ++i) {
      const l_uint32* line =
          pixGetData(pix) + static_cast<std::size_t>(top + y * shrink + i) * static_cast<std::size_t>(pixGetWpl(pix));
      add_row(line, depth, left, shrink, sums);
    }
    for (const std::uint32_t sum : sums) {
      grey.samples.push_back(static_cast<std::uint8_t>(sum / area));
    }
  }
  return grey;
}

}  // namespace sohoa
