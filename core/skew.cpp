// SPDX-License-Identifier: Apache-2.0
#include "core/skew.hpp"

#include "core/binarize.hpp"
#include "core/ink_parts.hpp"
#include "core/orientation.hpp"
#include "core/pixel_bytes.hpp"
#include "core/shear_scores.hpp"
#include "core/step.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numbers>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double measuring_dpi = 150;  // fine enough for 0.02°, where a page is 1,240 pixels wide
constexpr double radians = std::numbers::pi / 180;

// Of words_lying(): a page whose words clearly lie is not looked at from the side, where repeated words or columns make
// lines, too. Where they clearly stand, their lines must not deny it.
constexpr double surely_lying = 1.2;
constexpr double surely_sideways = -1.5;  // with the lines' logarithm
// Where words tell nothing: mean of all lines and those of the letters. Upright frames and tables measure up to 0.8,
// framed pages on their side 1.6.
constexpr double sideways_mean = 1.2;
// Of heads_up(). The weakest of 300 test pages measured 2.3, and none anything to the wrong side.
constexpr double upside_down = -1.9;
constexpr double sure_of_head = 6.4;
constexpr double sure_of_side = 3;
constexpr float skew_confidence_floor = 2.5F;

Skew page_skew(const Pix& ink, double range) { return find_skew(ink, static_cast<float>(std::max(range, 1.0) + 1)); }

// The skew beyond `range`, 0 where there is none; seldom looked for, and coarsely.
double larger_skew(Pix* ink, double range) {
  float angle = 0;
  float confidence = 0;
  float score = 0;
  if (pixFindSkewSweepAndSearchScore(ink, &angle, &confidence, &score, 4, 2, 0, 45.0F, 1.0F, 0.1F) != 0) {
    return 0;
  }
  return confidence >= skew_confidence_floor && std::abs(angle) > range ? angle : 0.0;
}

// Marks that are neither specks, nor punch holes and shadows at the scan's edge.
double marks_of(const Pix& ink, double dpi) {
  auto* raw = const_cast<Pix*>(&ink);
  const Size size = size_of(ink);
  const int rim = static_cast<int>(dpi * 0.16);  // 4 mm
  const PixPtr inner = own(pixCopy(nullptr, raw), "pixCopy");
  pixSetOrClearBorder(inner.get(), rim, rim, rim, rim, PIX_CLR);
  const int speck = std::max(2, static_cast<int>(dpi * 0.03));  // 0.8 mm, the height of a small letter is 1.5
  const PixPtr marks =
      InkParts(*inner).only([=](const PixRect& box) { return box.width >= speck && box.height >= speck; });
  l_int32 count = 0;
  pixCountPixels(marks.get(), &count, nullptr);
  return count / (static_cast<double>(size.width) * size.height);
}

double sideways_to_upright(const Skew& sideways, const Skew& upright) {
  return sideways.score / std::max(upright.score, 1e-6F);
}

// Sparse columns of figures let the letters' lines err, frames those of the whole; together they do not.
bool lies_sideways(const Skew& sideways, const Skew& upright, const Letters& letters, double lying, double range) {
  if (sideways.confidence <= skew_confidence_floor) {
    return false;
  }
  const double ratio = sideways_to_upright(sideways, upright);
  if (lying < -surely_lying) {
    return lying - std::log(ratio) < surely_sideways;
  }
  const PixPtr side = turned(*letters.ink, 90);
  const Skew across = page_skew(*side, range);
  const Skew along = page_skew(*letters.ink, range);
  return across.score > 0 && along.score > 0 && std::sqrt(ratio * sideways_to_upright(across, along)) > sideways_mean;
}

PixPtr levelled(Pix* ink, double angle) {
  return own(pixRotate(ink, static_cast<float>(angle * radians), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0),
             "pixRotate");
}

constexpr std::size_t block = 32;  // pixels done at once

// Each of the pixels from `begin` to `end`, and some beyond up to a block, of four that lie together, by sixteenths.
// 65,408 is the largest sum. `next` is the row after, of which only a piece is read at a time, so that the processor
// does not foresee it.
inline void blend(const unsigned char* upper, const unsigned char* lower, const unsigned char* next,
                  const std::uint16_t* right, const std::uint16_t* below, std::size_t begin, std::size_t end,
                  unsigned char* target) {
  for (; begin < end; begin += block) {
    __builtin_prefetch(next + begin);
    for (std::size_t x = begin; x < begin + block; ++x) {
      const std::uint16_t r = right[x];
      const std::uint16_t b = below[x];
      const auto above = static_cast<std::uint16_t>(upper[x] * (16 - r) + upper[x + 1] * r);
      const auto under = static_cast<std::uint16_t>(lower[x] * (16 - r) + lower[x + 1] * r);
      target[x] = static_cast<unsigned char>(static_cast<std::uint16_t>(above * (16 - b) + under * b + 128) >> 8);
    }
  }
}

// What pixRotateAM makes of a grey image, to the byte, in a fraction of its time; and that around any pixel.
SOHOA_WIDE PixPtr rotated_grey(const Pix& grey, double angle, int middle_x, int middle_y) {
  const Size size = size_of(grey);
  PixPtr result = own(pixCreateNoInit(size.width, size.height, 8), "pixCreateNoInit");
  const std::ptrdiff_t words = pixGetWpl(result.get());
  const std::ptrdiff_t stride = 4 * words;
  const std::uint32_t* pixels = pixGetData(const_cast<Pix*>(&grey));
  // With room for what a block reads and writes beyond the last pixel.
  const auto bytes =
      std::make_unique_for_overwrite<std::uint32_t[]>(static_cast<std::size_t>(words * size.height) + block);
  std::transform(pixels, pixels + words * size.height, bytes.get(), in_memory_order);
  const auto* source = reinterpret_cast<const unsigned char*>(bytes.get());
  std::vector<std::uint32_t> made(static_cast<std::size_t>(words) + block);
  auto* target = reinterpret_cast<unsigned char*>(made.data());
  const auto sine = static_cast<float>(16 * std::sin(static_cast<float>(angle * radians)));
  const auto cosine = static_cast<float>(16 * std::cos(static_cast<float>(angle * radians)));
  // All in sixteenths of a pixel, from the middle. A loop for the places alone is done four at a time.
  const auto width = static_cast<std::size_t>(size.width);
  std::vector<float> share_x(width);
  std::vector<float> share_y(width);
  for (std::size_t x = 0; x < width; ++x) {
    const auto across = static_cast<float>(middle_x - static_cast<int>(x));
    share_x[x] = -across * cosine;
    share_y[x] = across * sine;
  }
  std::vector<int> column_less(width);  // the column it comes from, less the own
  std::vector<int> row(width);
  std::vector<std::uint16_t> right(width + block);  // by how much it lies right of that, and below
  std::vector<std::uint16_t> below(width + block);
  for (int y = 0; y < size.height; ++y) {
    const auto down = static_cast<float>(middle_y - y);
    const float down_x = down * sine;
    const float down_y = down * cosine;
    for (std::size_t x = 0; x < width; ++x) {
      const int at_x = static_cast<int>(share_x[x] - down_x);
      const int at_y = static_cast<int>(share_y[x] - down_y);
      column_less[x] = middle_x + (at_x >> 4) - static_cast<int>(x);
      row[x] = middle_y + (at_y >> 4);
      right[x] = static_cast<std::uint16_t>(at_x & 15);
      below[x] = static_cast<std::uint16_t>(at_y & 15);
    }
    for (std::size_t begin = 0, end = 0; begin < width; begin = end) {
      // As far as the pixels come from neighbours in one row.
      const auto first = static_cast<int>(begin) + column_less[begin];
      // Neither ever turns back, so the pixels between are the same as well.
      const auto goes_on = [&](std::size_t x) {
        return x < width && row[x] == row[begin] && column_less[x] == column_less[begin];
      };
      for (const std::size_t leap : {std::size_t{16}, std::size_t{4}, std::size_t{1}}) {
        while (goes_on(end + leap - 1)) {
          end += leap;
        }
      }
      const int outside = std::max(0, static_cast<int>(end - begin) + first - (size.width - 1));
      if (row[begin] < 0 || row[begin] > size.height - 2) {
        std::fill(target + begin, target + end, 255);
        continue;
      }
      const unsigned char* upper = source + row[begin] * stride + column_less[begin];
      const unsigned char* lower = upper + stride;
      const unsigned char* next = row[begin] < size.height - 2 ? lower + stride : lower;
      const std::size_t from = std::min(end, begin + static_cast<std::size_t>(std::max(0, -first)));
      const std::size_t to = std::max(from, end - std::min(end - from, static_cast<std::size_t>(outside)));
      std::fill(target + begin, target + from, 255);
      blend(upper, lower, next, right.data(), below.data(), from, to, target);
      std::fill(target + to, target + end, 255);
    }
    std::transform(made.data(), made.data() + words, pixGetData(result.get()) + y * words, in_memory_order);
  }
  pixSetPadBits(result.get(), 0);
  return result;
}

}  // namespace

ReducedPage reduced(const Pix& page, double dpi) {
  ReducedPage copy;
  copy.scan_dpi = dpi > 0 ? dpi : 300;
  const double scale = std::min(1.0, measuring_dpi / copy.scan_dpi);
  copy.grey = reading_grey(page, scale);
  copy.ink = ink_of(*copy.grey);
  copy.dpi = copy.scan_dpi * scale;
  return copy;
}

const ReducedPage& reduced(PageTask& task) {
  if (task.reduced == nullptr) {
    task.reduced = std::make_shared<const ReducedPage>(reduced(task.image, page_dpi(task.page)));
  }
  return *task.reduced;
}

PageLie measure_page(const Pix& page, const DeskewOptions& options) {
  return measure_page(reduced(page, options.dpi), options);
}

PageLie measure_page(const ReducedPage& page, const DeskewOptions& options) {
  PageLie lie;
  const PixPtr& ink = page.ink;
  lie.ink = marks_of(*ink, page.dpi);
  lie.geometry.blank = lie.ink <= 0;
  if (lie.geometry.blank) {
    return lie;
  }
  const Skew upright = page_skew(*ink, options.max_angle);
  Skew chosen = upright;
  int turn = 0;
  if (options.orientation) {
    const Letters letters = letters_of(*ink, page.dpi);
    lie.letter_mm = letters.size / page.dpi * 25.4;
    const double lying = words_lying(letters);
    if (lying < surely_lying) {
      const PixPtr side = turned(*ink, 90);
      const Skew sideways = page_skew(*side, options.max_angle);
      if (lies_sideways(sideways, upright, letters, lying, options.max_angle)) {
        turn = 90;
        chosen = sideways;
      }
    }
    if (chosen.confidence > skew_confidence_floor) {
      const double up = heads_up(*levelled(turned(*letters.ink, turn).get(), chosen.angle), letters.size);
      turn += up < upside_down ? 180 : 0;
      lie.orientation_confidence = std::min({1.0, std::abs(up) / sure_of_head, std::abs(lying) / sure_of_side});
    }
  }
  lie.skew_confidence = chosen.confidence;
  lie.geometry.orientation = turn;
  const bool believed = chosen.confidence >= skew_confidence_floor && std::abs(chosen.angle) <= options.max_angle;
  lie.geometry.skew = believed && std::abs(chosen.angle) >= 0.03F ? chosen.angle : 0.0;
  if (!believed) {
    lie.askew = larger_skew(ink.get(), options.max_angle);
  }
  return lie;
}

double levelled_by(const PageGeometry& geometry) {
  constexpr double least = 0.06;  // Leptonica leaves pages with less as they are, too
  return std::abs(geometry.skew) < least ? 0 : geometry.skew;
}

PixPtr straighten(const Pix& page, const PageGeometry& geometry) {
  const double skew = levelled_by(geometry);
  PixPtr other = skew == 0 || geometry.orientation != 0 ? turned(page, geometry.orientation) : nullptr;
  if (skew == 0) {
    return other;
  }
  const Pix& upright = *(other != nullptr ? other.get() : &page);
  const Size size = size_of(upright);
  return depth_of(upright) == 8
             ? rotated_grey(upright, skew, size.width / 2, size.height / 2)
             : own(pixRotate(const_cast<Pix*>(&upright), static_cast<float>(skew * radians),
                             depth_of(upright) == 1 ? L_ROTATE_SAMPLING : L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0),
                   "pixRotate");
}

PixPtr straighten_part(const Pix& part, const PageGeometry& geometry, int middle_x, int middle_y) {
  PixPtr upright = turned(part, geometry.orientation);
  const double skew = levelled_by(geometry);
  return skew == 0 ? std::move(upright) : rotated_grey(*upright, skew, middle_x, middle_y);
}

}  // namespace sohoa
