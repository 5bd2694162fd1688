// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"

#include "core/brick.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

using NumaPtr = std::unique_ptr<Numa, decltype([](Numa* numbers) { numaDestroy(&numbers); })>;

struct Mean {
  std::uint32_t sum = 0;
  std::uint32_t count = 0;
};

// Adds the pixels of a tile's row that are no ink. `ink` are the bits from the first on, the highest first.
void add_paper(const std::uint32_t* line, int begin, int width, std::uint32_t ink, Mean& mean) {
  std::uint32_t sum = 0;
  if (ink == 0) {
    for (int x = begin; x < begin + width; ++x) {
      sum += GET_DATA_BYTE(line, x);
    }
    mean.count += static_cast<std::uint32_t>(width);
  } else {
    for (int x = begin; x < begin + width; ++x, ink <<= 1U) {
      const std::uint32_t is_paper = (ink >> 31U) ^ 1U;
      sum += is_paper * GET_DATA_BYTE(line, x);
      mean.count += is_paper;
    }
  }
  mean.sum += sum;
}

// Up to 32 bits of a line.
std::uint32_t bits_at(const std::uint32_t* line, int begin, int width) {
  const auto part = static_cast<unsigned>(begin % 32);
  std::uint32_t bits = line[begin / 32] << part;
  if (part != 0 && begin % 32 + width > 32) {
    bits |= line[begin / 32 + 1] >> (32 - part);
  }
  return bits & ~std::uint32_t{0} << static_cast<unsigned>(32 - width);
}

// The paper's level in each tile, as pixGetBackgroundGrayMap finds it: the mean of what is farther than three pixels
// from ink. Null for a page without enough paper.
PixPtr paper_levels(Pix* grey, const PaperMap& map) {
  const PixPtr black = own(pixThresholdToBinary(grey, map.ink_level), "pixThresholdToBinary");
  const PixPtr ink = dilated(*black, 7, 7);
  const int across = pixGetWidth(grey) / map.tile_width;
  const int down = pixGetHeight(grey) / map.tile_height;
  PixPtr levels = own(pixCreate((pixGetWidth(grey) + map.tile_width - 1) / map.tile_width,
                                (pixGetHeight(grey) + map.tile_height - 1) / map.tile_height, 8),
                      "pixCreate");
  std::vector<Mean> means(static_cast<std::size_t>(across));
  for (int i = 0; i < down; ++i) {
    std::fill(means.begin(), means.end(), Mean{});
    for (int y = i * map.tile_height; y < (i + 1) * map.tile_height; ++y) {
      const std::uint32_t* line = pixGetData(grey) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey);
      const std::uint32_t* marks = pixGetData(ink.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink.get());
      int begin = 0;
      for (Mean& mean : means) {
        add_paper(line, begin, map.tile_width, bits_at(marks, begin, map.tile_width), mean);
        begin += map.tile_width;
      }
    }
    std::uint32_t* out = pixGetData(levels.get()) + static_cast<std::ptrdiff_t>(i) * pixGetWpl(levels.get());
    for (std::size_t j = 0; j < means.size(); ++j) {
      if (means[j].count >= static_cast<std::uint32_t>(map.enough)) {
        SET_DATA_BYTE(out, j, static_cast<l_uint8>(means[j].sum / means[j].count));
      }
    }
  }
  return pixFillMapHoles(levels.get(), across, down, L_FILL_BLACK) == 0 ? std::move(levels) : nullptr;
}

// By how many 256ths the paper of each tile must become lighter; null for a page without enough paper.
PixPtr lightening(Pix* grey, const PaperMap& map) {
  if (pixGetWidth(grey) <= 4 * map.tile_width || pixGetHeight(grey) <= 4 * map.tile_height) {
    return nullptr;
  }
  const PixPtr paper = paper_levels(grey, map);
  return paper != nullptr ? PixPtr(pixGetInvBackgroundMap(paper.get(), even_paper, map.across, map.down)) : nullptr;
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
