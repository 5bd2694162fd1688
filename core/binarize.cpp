// SPDX-License-Identifier: Apache-2.0
#include "core/binarize.hpp"

#include "core/ink_colour.hpp"
#include "core/paper.hpp"
#include "core/pixel_bytes.hpp"
#include "core/threshold.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr PaperMap coarse_map{.tile_width = 16, .tile_height = 16, .ink_level = 90, .enough = 40};
constexpr int ink_threshold = 130;  // of 255, where even_paper is 200
constexpr int faint_threshold = 155;
constexpr double largest_shrunk = 0.99;  // above it, pixels are interpolated

Pix* raw(const Pix& image) { return const_cast<Pix*>(&image); }  // Leptonica takes no const

// Of each new pixel: the first old one that it covers, and how much it takes of that and the following, of 256. All
// have as many shares, the last of them 0 at times.
struct Covers {
  std::vector<std::size_t> first;
  std::size_t most = 0;  // shares of a pixel
  std::vector<std::uint32_t> shares;

  [[nodiscard]] const std::uint32_t* of(std::size_t i) const { return shares.data() + i * most; }
};

Covers covers(int from, int to) {
  const double step = static_cast<double>(from) / to;
  const auto count = static_cast<std::size_t>(to);
  Covers all;
  all.first.resize(count);
  all.most = static_cast<std::size_t>(std::ceil(step)) + 1;
  all.shares.resize(count * all.most);
  std::size_t most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double begin = static_cast<double>(i) * step;
    const double end = std::min<double>(from, begin + step);
    all.first[i] = static_cast<std::size_t>(begin);
    std::uint32_t* shares = all.shares.data() + i * all.most;
    std::uint32_t given = 0;
    std::size_t used = 0;
    for (double at = begin; at < end - 1e-9; at = std::floor(at) + 1) {
      const double part = std::min(end, std::floor(at) + 1) - at;
      shares[used] = static_cast<std::uint32_t>(part / (end - begin) * 256);
      given += shares[used++];
    }
    shares[0] += 256 - given;
    most = std::max(most, used);
  }
  for (std::size_t i = 0; i < count; ++i) {  // closer together, as few as are used
    std::copy_n(all.shares.data() + i * all.most, most, all.shares.data() + i * most);
  }
  all.most = most;
  return all;
}

// The sum over a new row's pixels. `values` goes on beyond the last by as many zeros as there are shares.
template <std::size_t shares>  // 0: as many as there are
void weigh(const Covers& columns, const std::vector<std::uint16_t>& values, std::uint8_t* out) {
  const std::size_t count = shares > 0 ? shares : columns.most;
  for (std::size_t x = 0; x < columns.first.size(); ++x) {
    const std::uint32_t* share = columns.shares.data() + x * count;
    const std::uint16_t* value = values.data() + columns.first[x];
    std::uint32_t sum = 32'768;
    for (std::size_t i = 0; i < count; ++i) {
      sum += share[i] * value[i];
    }
    out[x] = static_cast<std::uint8_t>(sum >> 16U);
  }
}

// The same where each new pixel covers two, as most do that a page is measured by.
inline void weigh_pairs(const std::vector<std::uint16_t>& values, std::size_t count, std::uint8_t* out) {
  for (std::size_t x = 0; x < count; ++x) {
    out[x] = static_cast<std::uint8_t>((std::uint32_t{values[2 * x]} + values[2 * x + 1] + 256) >> 9U);
  }
}

// Less what has a colour, as it would be on white paper: a blue pen is nearly black on yellow. Black print has a little
// colour, too, where the scanner's lines do not lie on one another.
std::uint8_t without_colour(const Colour& on_white) {
  constexpr int little = 28;
  const auto [least, most] = std::minmax({on_white.red, on_white.green, on_white.blue});
  return static_cast<std::uint8_t>(std::min(255, most + 2 * std::max(0, most - least - little)));
}

// The line's grey, or that channel of a coloured one.
inline void read_bytes(const std::uint32_t* line, bool coloured, const OnWhite* uncoloured,
                       std::vector<std::uint8_t>& bytes) {
  if (uncoloured != nullptr) {
    std::transform(line, line + bytes.size(), bytes.begin(),
                   [uncoloured](std::uint32_t pixel) { return without_colour((*uncoloured)(pixel)); });
    return;
  }
  if (coloured) {
    for (std::size_t x = 0; x < bytes.size(); ++x) {
      bytes[x] = static_cast<std::uint8_t>(line[x] >> 24U);
    }
    return;
  }
  copy_pixels(line, bytes.size(), bytes.data());
}

// Area mapping of grey, or of a channel of a colour image: pixScaleAreaMap's picture for a tenth of its time, because
// rows and columns are weighed apart.
SOHOA_WIDE PixPtr shrunk(const Pix& image, double scale, ReadingChannel channel) {
  const Size size = size_of(image);
  const auto shorter = [scale](int side) { return std::max(1, static_cast<int>(side * scale + 0.5)); };
  PixPtr result = own(pixCreateNoInit(shorter(size.width), shorter(size.height), 8), "pixCreateNoInit");
  const Covers columns = covers(size.width, pixGetWidth(result.get()));
  const Covers rows = covers(size.height, pixGetHeight(result.get()));
  const auto width = static_cast<std::size_t>(size.width);
  const std::ptrdiff_t stride = pixGetWpl(raw(image));
  const bool coloured = depth_of(image) == 32;
  std::optional<OnWhite> uncoloured;
  if (coloured && channel == ReadingChannel::uncoloured) {
    uncoloured.emplace(paper_of(image));
  }
  std::vector<std::uint8_t> bytes(width);
  std::vector<std::uint16_t> sums(width + columns.most);
  std::vector<std::uint8_t> made(static_cast<std::size_t>(pixGetWpl(result.get())) * 4);
  std::size_t known = static_cast<std::size_t>(size.height);  // no row yet
  for (std::size_t y = 0; y < rows.first.size(); ++y) {
    std::fill(sums.begin(), sums.end(), std::uint16_t{0});
    for (std::size_t j = 0; j < rows.most; ++j) {
      const auto share = static_cast<std::uint16_t>(rows.of(y)[j]);
      const std::size_t at = rows.first[y] + j;
      if (share == 0) {
        continue;
      }
      if (at != known) {
        read_bytes(pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(at) * stride, coloured,
                   uncoloured ? &*uncoloured : nullptr, bytes);
        known = at;
      }
      for (std::size_t x = 0; x < width; ++x) {
        sums[x] = static_cast<std::uint16_t>(sums[x] + share * bytes[x]);  // 256 * 255 at most
      }
    }
    std::uint8_t* out = made.data();
    2 * columns.first.size() == width ? weigh_pairs(sums, columns.first.size(), out)
    : columns.most == 2               ? weigh<2>(columns, sums, out)
    : columns.most == 3               ? weigh<3>(columns, sums, out)
                                      : weigh<0>(columns, sums, out);
    put_pixels(made, pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get()));
  }
  return result;
}

SOHOA_WIDE PixPtr red_of(const Pix& image) {
  const Size size = size_of(image);
  PixPtr red = own(pixCreateNoInit(size.width, size.height, 8), "pixCreateNoInit");
  const std::ptrdiff_t stride = pixGetWpl(red.get());
  std::vector<std::uint8_t> reds(static_cast<std::size_t>(stride) * 4);
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw(image));
    std::transform(line, line + size.width, reds.begin(),
                   [](std::uint32_t pixel) { return static_cast<std::uint8_t>(pixel >> 24U); });
    put_pixels(reds, pixGetData(red.get()) + y * stride);
  }
  return red;
}

void unpack(const Pix& bits, std::size_t row, std::vector<std::uint8_t>& pixels) {
  const auto words = static_cast<std::size_t>(pixGetWpl(raw(bits)));
  unpack_bits(pixGetData(raw(bits)) + row * words, words, pixels);
}

// The mean of nine pixels of ink and paper, paper beyond the edges.
SOHOA_WIDE PixPtr smooth_grey(const Pix& bits) {
  const Size size = size_of(bits);
  const auto width = static_cast<std::size_t>(size.width);
  PixPtr grey = own(pixCreateNoInit(size.width, size.height, 8), "pixCreateNoInit");
  const auto stride = static_cast<std::ptrdiff_t>(4) * pixGetWpl(grey.get());
  auto* out = reinterpret_cast<std::uint8_t*>(pixGetData(grey.get()));
  std::vector<std::uint8_t> above;
  std::vector<std::uint8_t> here;
  std::vector<std::uint8_t> below;
  unpack(bits, 0, here);
  above.resize(here.size());
  std::vector<std::uint8_t> sums(width + 2);
  for (int y = 0; y < size.height; ++y, out += stride) {
    if (y + 1 < size.height) {
      unpack(bits, static_cast<std::size_t>(y) + 1, below);
    } else {
      std::fill(below.begin(), below.end(), std::uint8_t{0});
    }
    for (std::size_t x = 0; x < width; ++x) {
      sums[x + 1] = static_cast<std::uint8_t>(above[x] + here[x] + below[x]);
    }
    for (std::size_t x = 0; x < width; ++x) {
      const auto paper = static_cast<std::uint16_t>(9 - sums[x] - sums[x + 1] - sums[x + 2]);
      out[x] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(paper * 255 + 4) / 9);
    }
    std::swap(above, here);
    std::swap(here, below);
  }
  pixEndianByteSwap(grey.get());
  pixSetPadBits(grey.get(), 0);
  return grey;
}

// The pixel of the old side that each of the new ones is taken from.
std::vector<std::size_t> nearest(int from, int to) {
  const float step = static_cast<float>(from) / static_cast<float>(to);
  std::vector<std::size_t> places(static_cast<std::size_t>(to));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto at = static_cast<int>(static_cast<double>(step * static_cast<float>(i)) + 0.5);
    places[i] = static_cast<std::size_t>(std::min(at, from - 1));
  }
  return places;
}

// What pixScaleToGray makes of 1-bit images at scales of more than a half, to the byte: four samples a pixel.
PixPtr sampled_grey(const Pix& bits, float scale) {
  constexpr std::array<l_uint8, 5> shades{255, 192, 128, 64, 0};
  const Size size = size_of(bits);
  const auto twice = [scale](int side) {
    return static_cast<int>(static_cast<double>(2 * scale * static_cast<float>(side)) + 0.5);
  };
  const std::vector<std::size_t> columns = nearest(size.width, twice(size.width));
  const std::vector<std::size_t> rows = nearest(size.height, twice(size.height));
  PixPtr grey = own(pixCreateNoInit(twice(size.width) / 2, twice(size.height) / 2, 8), "pixCreateNoInit");
  std::vector<std::uint8_t> upper;
  std::vector<std::uint8_t> lower;
  std::vector<std::uint8_t> made(static_cast<std::size_t>(pixGetWpl(grey.get())) * 4);
  for (std::size_t y = 0; y < rows.size() / 2; ++y) {
    unpack(bits, rows[2 * y], upper);
    unpack(bits, rows[2 * y + 1], lower);
    for (std::size_t x = 0; x < columns.size() / 2; ++x) {
      const std::size_t left = columns[2 * x];
      const std::size_t right = columns[2 * x + 1];
      const std::size_t ink = std::size_t{upper[left]} + upper[right] + lower[left] + lower[right];
      made[x] = shades[ink];
    }
    put_pixels(made, pixGetData(grey.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey.get()));
  }
  return grey;
}

bool is_as_large(double scale) { return std::abs(scale - 1) < 0.01; }

PixPtr scaled(Pix* grey, double scale) {
  if (is_as_large(scale)) {
    return own(pixCopy(nullptr, grey), "pixCopy");
  }
  const auto factor = static_cast<float>(scale);
  return scale < largest_shrunk ? shrunk(*grey, scale, ReadingChannel::red)
                                : own(pixScaleGrayLI(grey, factor, factor), "pixScaleGrayLI");
}

}  // namespace

PixPtr reading_grey(const Pix& scan, double scale, ReadingChannel channel) {
  switch (depth_of(scan)) {
    case 1: {
      if (scale > 0.5 && scale < largest_shrunk) {
        return sampled_grey(scan, static_cast<float>(scale));
      }
      if (scale < largest_shrunk) {
        return own(pixScaleToGray(raw(scan), static_cast<float>(scale)), "pixScaleToGray");
      }
      return scaled(smooth_grey(scan).get(), scale);
    }
    case 8:
      return scaled(raw(scan), scale);
    default: {
      if (scale < largest_shrunk) {
        return shrunk(scan, scale, channel);
      }
      PixPtr grey = channel == ReadingChannel::red ? red_of(scan) : shrunk(scan, 1, channel);
      return is_as_large(scale) ? std::move(grey) : scaled(grey.get(), scale);
    }
  }
}

// Two pixels in each half of a word, with those below, are one of the new ones.
SOHOA_WIDE PixPtr halved(const Pix& grey) {
  constexpr std::uint32_t even = 0x00FF00FF;
  const Size size = size_of(grey);
  const int width = size.width / 2;
  PixPtr half = own(pixCreateNoInit(width, size.height / 2, 8), "pixCreateNoInit");
  const std::ptrdiff_t stride = pixGetWpl(raw(grey));
  for (int y = 0; y < size.height / 2; ++y) {
    const std::uint32_t* upper = pixGetData(raw(grey)) + 2 * y * stride;
    const std::uint32_t* lower = upper + stride;
    std::uint32_t* out = pixGetData(half.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(half.get());
    const auto both = [=](int word) {
      const std::uint32_t sums =
          (upper[word] >> 8U & even) + (upper[word] & even) + (lower[word] >> 8U & even) + (lower[word] & even);
      const std::uint32_t means = sums >> 2U & even;
      return (means >> 8U | means) & 0xFFFFU;
    };
    for (int i = 0; i < width / 4; ++i) {
      out[i] = both(2 * i) << 16U | both(2 * i + 1);
    }
    for (int x = width / 4 * 4; x < width; ++x) {
      const int sum = GET_DATA_BYTE(upper, 2 * x) + GET_DATA_BYTE(upper, 2 * x + 1) + GET_DATA_BYTE(lower, 2 * x) +
                      GET_DATA_BYTE(lower, 2 * x + 1);
      SET_DATA_BYTE(out, x, static_cast<l_uint8>(sum / 4));
    }
  }
  return half;
}

PixPtr ink_of(const Pix& grey) { return darker(*evened(grey, coarse_map), ink_threshold); }

GradedInk graded_ink_of(const Pix& grey) {
  const PixPtr even = evened(grey, coarse_map);
  return {darker(*even, ink_threshold), darker(*even, faint_threshold)};
}

PixPtr turned(const Pix& image, int degrees) {
  const int quads = ((degrees / 90) % 4 + 4) % 4;
  return own(pixRotateOrth(raw(image), quads), "pixRotateOrth");
}

}  // namespace sohoa
