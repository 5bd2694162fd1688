// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"

#include "core/brick.hpp"
#include "core/pixel_bytes.hpp"
#include "core/threshold.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Of each column of a row of tiles: the sum of the pixels that are no ink, and how many there are.
struct Columns {
  std::vector<std::uint16_t> sums;
  std::vector<std::uint16_t> counts;
};

SOHOA_WIDE void add_paper(const std::vector<std::uint8_t>& pixels, const std::vector<std::uint8_t>& ink,
                          Columns& columns) {
  std::uint16_t* sums = columns.sums.data();
  std::uint16_t* counts = columns.counts.data();
  for (std::size_t x = 0; x < pixels.size(); ++x) {
    const auto is_paper = static_cast<std::uint8_t>(ink[x] ^ 1U);
    sums[x] = static_cast<std::uint16_t>(sums[x] + is_paper * pixels[x]);
    counts[x] = static_cast<std::uint16_t>(counts[x] + is_paper);
  }
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
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(across * map.tile_width));
  std::vector<std::uint8_t> marks;
  for (int i = 0; i < down; ++i) {
    Columns columns{std::vector<std::uint16_t>(pixels.size()), std::vector<std::uint16_t>(pixels.size())};
    for (int y = i * map.tile_height; y < (i + 1) * map.tile_height; ++y) {
      copy_pixels(pixGetData(grey) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey), pixels.size(), pixels.data());
      unpack_bits(pixGetData(ink.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink.get()),
                  static_cast<std::size_t>(pixGetWpl(ink.get())), marks);
      add_paper(pixels, marks, columns);
    }
    std::uint32_t* out = pixGetData(levels.get()) + static_cast<std::ptrdiff_t>(i) * pixGetWpl(levels.get());
    for (int j = 0; j < across; ++j) {
      const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(j) * map.tile_width;
      const auto over_tile = [&](const std::vector<std::uint16_t>& of) {
        return std::accumulate(of.begin() + begin, of.begin() + begin + map.tile_width, 0);
      };
      if (const int count = over_tile(columns.counts); count >= map.enough) {
        SET_DATA_BYTE(out, j, static_cast<l_uint8>(over_tile(columns.sums) / count));
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
