// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

using NumaPtr = std::unique_ptr<Numa, decltype([](Numa* numbers) { numaDestroy(&numbers); })>;

// By how many 256ths the paper of each tile must become lighter; null for a page without enough paper.
PixPtr lightening(Pix* grey, const PaperMap& map) {
  Pix* levels_found = nullptr;
  if (pixGetWidth(grey) <= 4 * map.tile_width || pixGetHeight(grey) <= 4 * map.tile_height ||
      pixGetBackgroundGrayMap(grey, nullptr, map.tile_width, map.tile_height, map.ink_level, map.enough,
                              &levels_found) != 0) {
    return nullptr;
  }
  const PixPtr paper(levels_found);
  return PixPtr(pixGetInvBackgroundMap(paper.get(), even_paper, map.across, map.down));
}

void shade_tile(const std::uint32_t* from, std::uint32_t* to, int begin, int end, std::uint32_t factor,
                const Shades& shades) {
  for (int x = begin; x < end; ++x) {
    const std::uint32_t shade = std::min<std::uint32_t>(255, factor * GET_DATA_BYTE(from, x) / 256);
    SET_DATA_BYTE(to, x, shades[shade]);
  }
}

}  // namespace

Shades levels(int black, int white) {
  const NumaPtr curve(numaGammaTRC(1.0F, black, white));
  Shades shades{};
  for (std::size_t i = 0; i < shades.size(); ++i) {
    int shade = 0;
    numaGetIValue(curve.get(), static_cast<int>(i), &shade);
    shades.at(i) = static_cast<std::uint8_t>(shade);
  }
  return shades;
}

PixPtr evened(const Pix& grey, const PaperMap& map, const Shades& shades) {
  constexpr std::uint32_t as_it_is = 256;
  auto* raw = const_cast<Pix*>(&grey);
  const PixPtr factors = lightening(raw, map);
  const Size size = size_of(grey);
  PixPtr result = own(pixCreate(size.width, size.height, 8), "pixCreate");
  const int tile = factors != nullptr ? map.tile_width : size.width;
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* from = pixGetData(raw) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw);
    std::uint32_t* to = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    const std::uint32_t* row = nullptr;
    if (factors != nullptr) {
      row = pixGetData(factors.get()) + static_cast<std::ptrdiff_t>(y / map.tile_height) * pixGetWpl(factors.get());
    }
    for (int begin = 0, column = 0; begin < size.width; begin += tile, ++column) {
      const std::uint32_t factor = row != nullptr ? GET_DATA_TWO_BYTES(row, column) : as_it_is;
      shade_tile(from, to, begin, std::min(begin + tile, size.width), factor, shades);
    }
  }
  return result;
}

}  // namespace sohoa
