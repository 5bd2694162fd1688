// SPDX-License-Identifier: Apache-2.0
#include "core/orientation.hpp"

#include "core/brick.hpp"
#include "core/ink_parts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Shares of a letter's size. Too wide a word_gap joins lines, too narrow a one leaves letters alone.
constexpr double word_gap = 0.43;
constexpr double phrase_gap = 0.79;
constexpr double shortest_word = 2.4;  // longer than a tall letter with its marks, which stands in any page
// A row with this share of the darkest rows' ink belongs to the small letters. Of 0.44 … 0.52 all judge alike.
constexpr double band_share = 0.48;
constexpr double reach = 0.55;   // of the band's height; the neighbouring lines begin beyond it
constexpr double settled = 0.1;  // a word's vote is nearly whole when its parts differ by this share of its ink

int pixels(double length) { return std::max(2, static_cast<int>(std::lround(length))); }

double length_of_words(const std::vector<PixRect>& words, double size, bool lying) {
  double length = 0;
  for (const PixRect& word : words) {
    const int along = lying ? word.width : word.height;
    const int across = lying ? word.height : word.width;
    if (across > 0.57 * size && across < 4.3 * size && along > std::max(2.0 * across, shortest_word * size)) {
      length += along;
    }
  }
  return length;
}

std::vector<double> ink_by_row(Pix* level, const PixRect& place) {
  std::vector<double> rows(static_cast<std::size_t>(place.height));
  const int stride = pixGetWpl(level);
  const l_uint32* line = pixGetData(level) + static_cast<std::ptrdiff_t>(place.top) * stride;
  constexpr int bits = 32;
  const int end = place.left + place.width;
  for (double& row : rows) {
    int count = 0;
    for (int x = place.left; x < end;) {
      const int from = x % bits;
      const int taken = std::min(bits - from, end - x);
      const l_uint32 word = line[x / bits] << static_cast<unsigned>(from);
      count += std::popcount(word >> static_cast<unsigned>(bits - taken));
      x += taken;
    }
    row = count;
    line += stride;
  }
  return rows;
}

struct Band {
  std::size_t top = 0;
  std::size_t bottom = 0;  // one past
  double ink = 0;
};

// The rows of the small letters: of the dark rows that follow each other those with the most ink.
Band band_of(const std::vector<double>& rows, double size) {
  std::vector<double> darkest = rows;
  std::sort(darkest.begin(), darkest.end(), std::greater<>());
  const std::size_t some = std::min(darkest.size(), static_cast<std::size_t>(pixels(0.48 * size)));
  double least = 0;
  for (std::size_t i = 0; i < some; ++i) {
    least += darkest[i] * band_share / static_cast<double>(some);
  }
  Band best;
  Band band;
  for (std::size_t y = 0; y < rows.size(); ++y) {
    if (rows[y] < least) {
      band = {y + 1, y + 1, 0};
      continue;
    }
    band.bottom = y + 1;
    band.ink += rows[y];
    if (band.ink > best.ink) {
      best = band;
    }
  }
  return best;
}

// -1 … 1: what stands above the phrase's band against what hangs below; 0 when it has none.
double vote_of(Pix* level, const PixRect& phrase, double size) {
  const int margin = pixels(0.48 * size);  // marks that stand loose
  const int top = std::max(0, phrase.top - margin);
  const int bottom = std::min(static_cast<int>(pixGetHeight(level)), phrase.top + phrase.height + margin);
  const std::vector<double> rows = ink_by_row(level, {phrase.left, top, phrase.width, bottom - top});
  const Band band = band_of(rows, size);
  const auto height = static_cast<double>(band.bottom - band.top);
  if (height < 0.43 * size || height > 2.9 * size) {
    return 0;
  }
  const auto beyond = static_cast<std::size_t>(pixels(reach * height));
  double excess = 0;
  for (std::size_t y = band.top > beyond ? band.top - beyond : 0; y < band.top; ++y) {
    excess += rows[y];
  }
  for (std::size_t y = band.bottom; y < std::min(rows.size(), band.bottom + beyond); ++y) {
    excess -= rows[y];
  }
  excess /= band.ink;
  return excess / (std::abs(excess) + settled);
}

}  // namespace

Letters letters_of(const Pix& ink, double dpi) {
  const InkParts parts(ink);
  std::vector<int> sizes;
  for (const PixRect& part : parts.boxes()) {
    const int longer = std::max(part.width, part.height);
    if (longer >= 0.03 * dpi && longer < 1.6 * dpi && std::min(part.width, part.height) >= 3) {  // 0.8 … 40 mm
      sizes.push_back(longer);
    }
  }
  Letters letters;
  if (!sizes.empty()) {
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    letters.size = *middle;
  }
  const int longest = letters.size > 0 ? pixels(5.7 * letters.size) : pixels(dpi / 2);
  letters.ink = parts.only([=](const PixRect& box) { return box.width <= longest && box.height <= longest; });
  return letters;
}

double words_lying(const Letters& letters) {
  if (letters.size <= 0) {
    return 0;
  }
  Pix* ink = letters.ink.get();
  const int gap = pixels(word_gap * letters.size);
  const double few = 2.3 * letters.size;  // so that a word or two decide nothing
  const double lying = length_of_words(parts_of(*closed(*ink, gap, 1)), letters.size, true);
  const double standing = length_of_words(parts_of(*closed(*ink, 1, gap)), letters.size, false);
  return std::log((lying + few) / (standing + few));
}

double heads_up(const Pix& level, double letter_size) {
  if (letter_size <= 0) {
    return 0;
  }
  auto* ink = const_cast<Pix*>(&level);
  double sum = 0;
  double squares = 0;
  for (const PixRect& phrase : parts_of(*closed(*ink, pixels(phrase_gap * letter_size), 1))) {
    if (phrase.height < 0.71 * letter_size || phrase.height > 4.8 * letter_size ||
        phrase.width < std::max(2.5 * phrase.height, 2.9 * letter_size)) {
      continue;
    }
    const double vote = vote_of(ink, phrase, letter_size) * std::sqrt(phrase.width / letter_size);
    sum += vote;
    squares += vote * vote;
  }
  return squares > 0 ? sum / std::sqrt(squares) : 0;
}

}  // namespace sohoa
