// SPDX-License-Identifier: Apache-2.0
#include "core/prepare.hpp"

#include "core/binarize.hpp"
#include "core/paper.hpp"
#include "core/skew.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Fine tiles: a fold's shadow is narrow. Darker than 51 of 255 is ink then, lighter than 199 paper.
constexpr PaperMap fine_map{.tile_width = 10, .tile_height = 15, .ink_level = 60, .enough = 40, .across = 2, .down = 1};
constexpr int black_level = 51;
constexpr int white_level = even_paper - 1;

// Pixels of the prepared picture. Below `small_letter` words are lost; more than `good_letter` is of no more use.
constexpr double small_letter = 12.5;
constexpr double good_letter = 16;
constexpr double most_enlarged = 1.5;

// The height of the small letters, 0 where there are too few to tell. Two of five marks are no higher: specks and tone
// marks, which are lower still, are left out, capitals and ascenders are fewer. The page's middle tells enough.
double letter_height(const Pix& grey) {
  constexpr int ink_level = 130;
  constexpr int lowest = 6;
  constexpr int highest = 80;
  constexpr std::size_t enough = 150;
  const Size size = size_of(grey);
  const PixPtr middle = cut_out(grey, {size.width / 4, size.height / 4, size.width / 2, size.height / 2});
  const PixPtr ink = darker(*middle, ink_level);
  std::vector<int> heights;
  for (const PixRect& part : parts_of(*ink)) {
    if (part.height >= lowest && part.height <= highest && part.width >= 3 && part.width <= 2 * part.height) {
      heights.push_back(part.height);
    }
  }
  if (heights.size() < enough) {
    return 0;
  }
  const auto at = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 2 / 5);
  std::nth_element(heights.begin(), at, heights.end());
  return *at;
}

PixPtr clean(const Pix& scan, double scale, ReadingChannel channel = ReadingChannel::red) {
  PixPtr grey = reading_grey(scan, scale, channel);
  return depth_of(scan) == 1 ? std::move(grey) : evened(*grey, fine_map, {black_level, white_level});
}

// Of the edge and those a little further out, that which lies nearest to one between pixels of the prepared picture, so
// that a part is scaled as the whole was.
int nearest_edge(int edge, double scale) {
  constexpr int further = 8;
  const auto off = [scale](int pixel) { return std::abs(pixel * scale - std::round(pixel * scale)); };
  int best = edge;
  for (int other = edge; other >= std::max(0, edge - further); --other) {
    best = off(other) < off(best) - 1e-6 ? other : best;
  }
  return best;
}

}  // namespace

ReadingImage prepare_for_reading(const Pix& scan, double dpi, const PageGeometry& geometry) {
  ReadingImage reading;
  reading.scale = reading_dpi / (dpi > 0 ? dpi : 300);
  PixPtr grey = clean(scan, reading.scale);
  if (const double height = letter_height(*grey); height > 0 && height < small_letter) {
    reading.scale *= std::min(good_letter / height, most_enlarged);
    grey = clean(scan, reading.scale);
  }
  reading.image = straighten(*grey, geometry);
  return reading;
}

ReadingPart black_alone(const Pix& scan, const PageGeometry& geometry, const ReadingImage& reading, const Box& part) {
  const Size size = size_of(scan);
  const Box around = scan_box(part, size.width, size.height, {geometry.orientation, levelled_by(geometry)});
  const Size whole = size_of(*reading.image);
  const bool lying = geometry.orientation % 180 != 0;
  // Pictures have whole pixels, so that the scale is a little different along each edge.
  const double across = whole.width / static_cast<double>(lying ? size.height : size.width);
  const double down = whole.height / static_cast<double>(lying ? size.width : size.height);
  const auto cut_edges = [](double begin, double end, int length, double scale) {
    const int first = nearest_edge(std::clamp(static_cast<int>(begin), 0, length - 1), scale);
    const int rest = nearest_edge(std::clamp(length - static_cast<int>(end) - 1, 0, length - first - 1), scale);
    return std::pair(first, length - rest);
  };
  const auto [left, right] = cut_edges(around.left, around.right, size.width, lying ? down : across);
  const auto [top, bottom] = cut_edges(around.top, around.bottom, size.height, lying ? across : down);
  const PixPtr cut = cut_out(scan, {left, top, right - left, bottom - top});
  const Box place = upright_box({1.0 * left, 1.0 * top, 1.0 * right, 1.0 * bottom}, size.width, size.height,
                                {.orientation = geometry.orientation});
  ReadingPart black{.image = nullptr,
                    .left = static_cast<int>(std::lround(place.left * across)),
                    .top = static_cast<int>(std::lround(place.top * down))};
  black.image = straighten_part(*clean(*cut, reading.scale, ReadingChannel::uncoloured), geometry,
                                whole.width / 2 - black.left, whole.height / 2 - black.top);
  return black;
}

}  // namespace sohoa
