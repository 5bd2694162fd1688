// SPDX-License-Identifier: Apache-2.0
#include "core/binarize.hpp"

#include "core/paper.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr PaperMap coarse_map{.tile_width = 16, .tile_height = 16, .ink_level = 90, .enough = 40};
constexpr int ink_threshold = 130;       // of 255, of even paper
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
void weigh(const Covers& columns, const std::vector<std::uint16_t>& values, std::uint32_t* out) {
  const std::size_t count = shares > 0 ? shares : columns.most;
  for (std::size_t x = 0; x < columns.first.size(); ++x) {
    const std::uint32_t* share = columns.shares.data() + x * count;
    const std::uint16_t* value = values.data() + columns.first[x];
    std::uint32_t sum = 32'768;
    for (std::size_t i = 0; i < count; ++i) {
      sum += share[i] * value[i];
    }
    SET_DATA_BYTE(out, x, static_cast<l_uint8>(sum >> 16U));
  }
}

// Black print has a little colour, too, where the scanner's lines do not lie on one another.
std::uint8_t uncoloured(std::uint32_t pixel) {
  constexpr int little = 28;
  const std::array<int, 3> channels{static_cast<int>(pixel >> 24U), static_cast<int>(pixel >> 16U & 0xFFU),
                                    static_cast<int>(pixel >> 8U & 0xFFU)};
  const auto [least, most] = std::minmax_element(channels.begin(), channels.end());
  return static_cast<std::uint8_t>(std::min(255, *most + 2 * std::max(0, *most - *least - little)));
}

// The line's grey, or that channel of a coloured one.
inline void read_bytes(const std::uint32_t* line, bool coloured, ReadingChannel channel,
                       std::vector<std::uint8_t>& bytes) {
  if (coloured && channel == ReadingChannel::uncoloured) {
    std::transform(line, line + bytes.size(), bytes.begin(), uncoloured);
    return;
  }
  if (coloured) {
    for (std::size_t x = 0; x < bytes.size(); ++x) {
      bytes[x] = static_cast<std::uint8_t>(line[x] >> 24U);
    }
    return;
  }
  for (std::size_t x = 0; x < bytes.size(); ++x) {
    bytes[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
  }
}

// Area mapping of grey, or of a channel of a colour image: pixScaleAreaMap's picture for a tenth of its time, because
// rows and columns are weighed apart.
SOHOA_WIDE PixPtr shrunk(const Pix& image, double scale, ReadingChannel channel) {
  const Size size = size_of(image);
  const auto shorter = [scale](int side) { return std::max(1, static_cast<int>(side * scale + 0.5)); };
  PixPtr result = own(pixCreate(shorter(size.width), shorter(size.height), 8), "pixCreate");
  const Covers columns = covers(size.width, pixGetWidth(result.get()));
  const Covers rows = covers(size.height, pixGetHeight(result.get()));
  const auto width = static_cast<std::size_t>(size.width);
  const std::ptrdiff_t stride = pixGetWpl(raw(image));
  const bool coloured = depth_of(image) == 32;
  std::vector<std::uint8_t> bytes(width);
  std::vector<std::uint16_t> sums(width + columns.most);
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
        read_bytes(pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(at) * stride, coloured, channel, bytes);
        known = at;
      }
      for (std::size_t x = 0; x < width; ++x) {
        sums[x] = static_cast<std::uint16_t>(sums[x] + share * bytes[x]);  // 256 * 255 at most
      }
    }
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    columns.most == 2 ? weigh<2>(columns, sums, out) : weigh<0>(columns, sums, out);
  }
  return result;
}

// Of a colour image.
PixPtr channel_of(const Pix& image, ReadingChannel channel) {
  if (channel == ReadingChannel::red) {
    return own(pixGetRGBComponent(raw(image), COLOR_RED), "pixGetRGBComponent");
  }
  return shrunk(image, 1, channel);
}

PixPtr scaled(Pix* grey, double scale) {
  if (std::abs(scale - 1) < 0.01) {
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
      if (scale < 0.99) {
        return own(pixScaleToGray(raw(scan), static_cast<float>(scale)), "pixScaleToGray");
      }
      const PixPtr grey = own(pixConvert1To8(nullptr, raw(scan), 255, 0), "pixConvert1To8");
      const PixPtr smooth = own(pixBlockconvGray(grey.get(), nullptr, 1, 1), "pixBlockconvGray");
      return scaled(smooth.get(), scale);
    }
    case 8:
      return scaled(raw(scan), scale);
    default: {
      if (scale < largest_shrunk) {
        return shrunk(scan, scale, channel);
      }
      return scaled(channel_of(scan, channel).get(), scale);
    }
  }
}

PixPtr ink_of(const Pix& grey) {
  return own(pixThresholdToBinary(evened(grey, coarse_map).get(), ink_threshold), "pixThresholdToBinary");
}

PixPtr turned(const Pix& image, int degrees) {
  const int quads = ((degrees / 90) % 4 + 4) % 4;
  return own(pixRotateOrth(raw(image), quads), "pixRotateOrth");
}

}  // namespace sohoa
