// SPDX-License-Identifier: Apache-2.0
#include "core/bars.hpp"

#include "core/binarize.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int bits = 32;
// So many lines so far apart cross the same bars and no line of print.
constexpr int lines = 5;
constexpr double step_mm = 1.2;
constexpr double most_tilt = 0.33;  // pixels across one down
constexpr double width_mm = 40;     // in which so many bars stand
constexpr int least_bars = 9;       // Code 128 has 22 for eight digits; thin ones may be lost to the tilt

struct Line {
  const std::uint32_t* words;
  int count;

  // 32 pixels from `at` on, white beyond the edges.
  [[nodiscard]] std::uint32_t from(int at) const {
    const int word = at >= 0 ? at / bits : -((bits - 1 - at) / bits);
    const auto part = static_cast<unsigned>(at - word * bits);
    const auto whole = [&](int i) { return i >= 0 && i < count ? words[i] : 0U; };
    return part == 0 ? whole(word) : whole(word) << part | whole(word + 1) >> (bits - part);
  }
};

// How many runs of ones begin in each word.
SOHOA_WIDE void count_runs(const std::vector<std::uint32_t>& words, std::vector<int>& runs) {
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    runs[i] = std::popcount(words[i] & ~(words[i] >> 1U | before << 31U));
    before = words[i];
  }
}

bool many_together(const std::vector<int>& dark, const std::vector<int>& light, std::size_t window) {
  int bars = 0;
  int gaps = 0;
  for (std::size_t i = 0; i < dark.size(); ++i) {
    bars += dark[i] - (i >= window ? dark[i - window] : 0);
    gaps += light[i] - (i >= window ? light[i - window] : 0);
    if (bars >= least_bars && gaps >= least_bars) {
      return true;
    }
  }
  return false;
}

bool has_upright_bars(const Pix& ink, double dpi) {
  auto* pix = const_cast<Pix*>(&ink);
  const int step = std::max(2, static_cast<int>(step_mm / 25.4 * dpi));
  const int reach = step * (lines - 1);
  const auto tilts = static_cast<int>(most_tilt * reach / 2);
  const int stride = pixGetWpl(pix);
  const auto window = static_cast<std::size_t>(width_mm / 25.4 * dpi / bits) + 1;
  const auto words = static_cast<std::size_t>(pixGetWidth(pix) / bits);
  std::vector<std::uint32_t> dark(words);
  std::vector<std::uint32_t> light(words);
  std::vector<int> bars(words);
  std::vector<int> gaps(words);
  const auto are_bars = [&] {
    count_runs(dark, bars);
    count_runs(light, gaps);
    return many_together(bars, gaps, window);
  };
  for (int y = 0; y + reach < pixGetHeight(pix); y += step) {
    const std::uint32_t* first = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * stride;
    std::copy_n(first, words, dark.begin());
    std::transform(first, first + words, light.begin(), std::bit_not<>());
    if (!are_bars()) {
      continue;
    }
    for (int tilt = -tilts; tilt <= tilts; ++tilt) {
      std::fill(dark.begin(), dark.end(), ~0U);
      std::fill(light.begin(), light.end(), ~0U);
      for (int i = 0; i < lines; ++i) {
        const Line line{pixGetData(pix) + static_cast<std::ptrdiff_t>(y + i * step) * stride, stride};
        const int across = 2 * tilt * i / (lines - 1);
        for (std::size_t word = 0; word < words; ++word) {
          const std::uint32_t pixels = line.from(static_cast<int>(word) * bits + across);
          dark[word] &= pixels;
          light[word] &= ~pixels;
        }
      }
      if (are_bars()) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

bool may_have_bars(const Pix& ink, double dpi) {
  return has_upright_bars(ink, dpi) || has_upright_bars(*turned(ink, 90), dpi);
}

}  // namespace sohoa
