// SPDX-License-Identifier: Apache-2.0
#include "core/binarize.hpp"

#include "core/paper.hpp"

#include <algorithm>
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

// Of each new pixel: the first old one that it covers, and how much it takes of that and the following, of 256.
struct Cover {
  std::size_t first = 0;
  std::vector<std::uint32_t> shares;
};

std::vector<Cover> covers(int from, int to) {
  const double step = static_cast<double>(from) / to;
  std::vector<Cover> all(static_cast<std::size_t>(to));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double begin = static_cast<double>(i) * step;
    const double end = std::min<double>(from, begin + step);
    all[i].first = static_cast<std::size_t>(begin);
    std::uint32_t given = 0;
    for (double at = begin; at < end - 1e-9; at = std::floor(at) + 1) {
      const double part = std::min(end, std::floor(at) + 1) - at;
      all[i].shares.push_back(static_cast<std::uint32_t>(part / (end - begin) * 256));
      given += all[i].shares.back();
    }
    all[i].shares.front() += 256 - given;
  }
  return all;
}

// Area mapping of grey, or of the red of a colour image: pixScaleAreaMap's picture for a quarter of its time, because
// rows and columns are weighed apart.
PixPtr shrunk(const Pix& image, double scale) {
  const Size size = size_of(image);
  const auto shorter = [scale](int side) { return std::max(1, static_cast<int>(side * scale + 0.5)); };
  PixPtr result = own(pixCreate(shorter(size.width), shorter(size.height), 8), "pixCreate");
  const std::vector<Cover> columns = covers(size.width, pixGetWidth(result.get()));
  const std::vector<Cover> rows = covers(size.height, pixGetHeight(result.get()));
  const auto width = static_cast<std::size_t>(size.width);
  const std::ptrdiff_t stride = pixGetWpl(raw(image));
  const bool coloured = depth_of(image) == 32;
  std::vector<std::uint8_t> bytes(width);
  std::vector<std::uint32_t> row(columns.size());
  std::vector<std::uint32_t> sum(columns.size());
  std::size_t known = static_cast<std::size_t>(size.height);  // no row yet
  for (std::size_t y = 0; y < rows.size(); ++y) {
    std::fill(sum.begin(), sum.end(), 0);
    for (std::size_t j = 0; j < rows[y].shares.size(); ++j) {
      if (const std::size_t at = rows[y].first + j; at != known) {
        const std::uint32_t* line = pixGetData(raw(image)) + static_cast<std::ptrdiff_t>(at) * stride;
        for (std::size_t x = 0; x < width; ++x) {
          bytes[x] = static_cast<std::uint8_t>(coloured ? line[x] >> 24U : line[x / 4] >> (24 - 8 * (x % 4)));
        }
        for (std::size_t x = 0; x < columns.size(); ++x) {
          const Cover& cover = columns[x];
          std::uint32_t value = 0;
          for (std::size_t i = 0; i < cover.shares.size(); ++i) {
            value += cover.shares[i] * bytes[cover.first + i];
          }
          row[x] = value;
        }
        known = at;
      }
      for (std::size_t x = 0; x < sum.size(); ++x) {
        sum[x] += rows[y].shares[j] * row[x];
      }
    }
    std::uint32_t* out = pixGetData(result.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(result.get());
    for (std::size_t x = 0; x < sum.size(); ++x) {
      SET_DATA_BYTE(out, x, static_cast<l_uint8>((sum[x] + 32'768) >> 16U));
    }
  }
  return result;
}

PixPtr scaled(Pix* grey, double scale) {
  if (std::abs(scale - 1) < 0.01) {
    return own(pixCopy(nullptr, grey), "pixCopy");
  }
  const auto factor = static_cast<float>(scale);
  return scale < largest_shrunk ? shrunk(*grey, scale) : own(pixScaleGrayLI(grey, factor, factor), "pixScaleGrayLI");
}

}  // namespace

PixPtr reading_grey(const Pix& scan, double scale) {
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
        return shrunk(scan, scale);
      }
      const PixPtr red = own(pixGetRGBComponent(raw(scan), COLOR_RED), "pixGetRGBComponent");
      return scaled(red.get(), scale);
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
