// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"

#include "core/brick.hpp"
#include "core/threshold.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

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
  const PixPtr black = darker(*grey, map.ink_level);
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

std::size_t in_memory(std::size_t pixel) { return std::endian::native == std::endian::little ? pixel ^ 3U : pixel; }

// By tiles to by bytes of a line, as they lie in memory.
void spread(const std::uint32_t* row, std::size_t tile, std::size_t width, std::vector<std::uint16_t>& factors) {
  for (std::size_t begin = 0, column = 0; begin < width; begin += tile, ++column) {
    const auto factor = static_cast<std::uint16_t>(GET_DATA_TWO_BYTES(row, column));
    for (std::size_t x = begin; x < std::min(begin + tile, width); ++x) {
      factors[in_memory(x)] = factor;
    }
  }
}

SOHOA_WIDE void lighten(const std::uint8_t* from, const std::uint16_t* factors, std::size_t count, Levels levels,
                        std::uint8_t* to) {
  const auto black = static_cast<std::uint32_t>(levels.black);
  const auto white = static_cast<std::uint32_t>(levels.white);
  const std::uint32_t stretch = (255U * 65'536U + white - black - 1) / (white - black);  // 65,536ths
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t lighter = std::uint32_t{factors[i]} * from[i] >> 8U;
    const std::uint32_t above = std::max(std::min(lighter, white), black) - black;
    to[i] = static_cast<std::uint8_t>((above * stretch + 32'768U) >> 16U);
  }
}

// By rows of `map`'s tiles; without factors by none.
PixPtr lightened(Pix* grey, const Pix* factors, const PaperMap& map, Levels levels) {
  constexpr std::uint16_t as_it_is = 256;
  auto* raw = const_cast<Pix*>(factors);
  const Size size = size_of(*grey);
  PixPtr result = own(pixCreateNoInit(size.width, size.height, 8), "pixCreateNoInit");
  const auto bytes = static_cast<std::size_t>(4) * static_cast<std::size_t>(pixGetWpl(grey));
  std::vector<std::uint16_t> by_byte(bytes, as_it_is);
  for (int y = 0; y < size.height; ++y) {
    if (factors != nullptr && y % map.tile_height == 0) {
      const std::ptrdiff_t row = y / map.tile_height;
      spread(pixGetData(raw) + row * pixGetWpl(raw), static_cast<std::size_t>(map.tile_width),
             static_cast<std::size_t>(size.width), by_byte);
    }
    const std::ptrdiff_t line = static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey);
    lighten(reinterpret_cast<const std::uint8_t*>(pixGetData(grey) + line), by_byte.data(), bytes, levels,
            reinterpret_cast<std::uint8_t*>(pixGetData(result.get()) + line));
  }
  return result;
}

}  // namespace

PixPtr evened(const Pix& grey, const PaperMap& map, Levels levels) {
  auto* raw = const_cast<Pix*>(&grey);
  return lightened(raw, lightening(raw, map).get(), map, levels);
}

PixPtr shaded(const Pix& grey, Levels levels) { return lightened(const_cast<Pix*>(&grey), nullptr, {}, levels); }

}  // namespace sohoa
