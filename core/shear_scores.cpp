// SPDX-License-Identifier: Apache-2.0
#include "core/shear_scores.hpp"

#include "core/wide_loops.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int bits = 32;
constexpr float sweep_step = 1;  // degrees
constexpr float finest_step = 0.01F;
constexpr float least_best = 10'000;       // of the scores
constexpr float least_worst = 0.000'002F;  // of the scores, by the image's height and the square of its width

SOHOA_WIDE void add_ink(const std::uint32_t* words, std::uint32_t mask, int count, int* rows) {
  for (int y = 0; y < count; ++y) {
    rows[y] += std::popcount(words[y] & mask);
  }
}

float radians(float degrees) { return static_cast<float>(3.1415926535 / 180) * degrees; }

}  // namespace

ShearScores::ShearScores(const Pix& ink) : m_size(size_of(ink)) {
  auto* pix = const_cast<Pix*>(&ink);
  const int across = (m_size.width + bits - 1) / bits;
  m_words.resize(static_cast<std::size_t>(across) * static_cast<std::size_t>(m_size.height));
  for (int y = 0; y < m_size.height; ++y) {
    const std::uint32_t* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    for (int word = 0; word < across; ++word) {
      m_words[static_cast<std::size_t>(word) * static_cast<std::size_t>(m_size.height) + static_cast<std::size_t>(y)] =
          line[word];
    }
  }
}

void ShearScores::add_columns(int begin, int end, int down, std::vector<int>& rows) const {
  const int first = std::max(0, -down);
  const int last = std::min(m_size.height, m_size.height - down);
  for (int x = begin; x < end && first < last;) {
    const int word = x / bits;
    const int next = std::min(end, (word + 1) * bits);
    const std::uint32_t mask =
        (~0U >> static_cast<unsigned>(x % bits)) & ~0U << static_cast<unsigned>((word + 1) * bits - next);
    const std::uint32_t* column = m_words.data() + static_cast<std::ptrdiff_t>(word) * m_size.height;
    add_ink(column + first, mask, last - first, rows.data() + first + down);
    x = next;
  }
}

float ShearScores::at(float radians) const {
  std::vector<int> rows(static_cast<std::size_t>(m_size.height));
  if (radians == 0 || std::tan(static_cast<double>(radians)) == 0) {
    add_columns(0, m_size.width, 0, rows);
  } else {
    const int way = radians > 0 ? 1 : -1;
    const auto tangent = static_cast<float>(std::tan(static_cast<double>(radians)));
    const auto run = static_cast<float>(std::abs(1. / static_cast<double>(tangent)));  // columns a row
    int x = std::min(m_size.width, static_cast<int>(run / 2.));
    add_columns(0, x, 0, rows);
    for (int down = 1; x < m_size.width; ++down) {
      const int next = std::min(m_size.width, static_cast<int>(static_cast<double>(run) * (down + 0.5) + 0.5));
      add_columns(x, next, way * down, rows);
      x = next;
    }
  }
  const int rim = std::max(1, std::min(m_size.height / 10, static_cast<int>(0.05 * m_size.width)) / 2);
  float sum = 0;
  for (std::size_t y = static_cast<std::size_t>(rim); y + static_cast<std::size_t>(rim) < rows.size(); ++y) {
    const auto step = static_cast<float>(rows[y] - rows[y - 1]);
    sum += step * step;
  }
  return sum;
}

Skew find_skew(const Pix& ink, float range) {
  auto* pix = const_cast<Pix*>(&ink);
  l_int32 empty = 1;
  pixZero(pix, &empty);
  if (empty != 0) {
    return {};
  }
  Skew best;
  const ShearScores coarse(*own(pixReduceRankBinaryCascade(pix, 1, 0, 0, 0), "pixReduceRankBinaryCascade"));
  const int count = static_cast<int>(2. * static_cast<double>(range) / static_cast<double>(sweep_step) + 1);
  int at = 0;
  for (int i = 0; i < count; ++i) {
    const float score = coarse.at(radians(-range + static_cast<float>(i) * sweep_step));
    if (i == 0 || score > best.score) {
      best.score = score;
      at = i;
    }
  }
  best.angle = -range + static_cast<float>(at) * sweep_step;
  if (at == 0 || at == count - 1) {
    return {};
  }
  const ShearScores fine(ink);
  float worst = std::numeric_limits<float>::max();
  const auto score_at = [&](float degrees) {
    const float score = fine.at(radians(degrees));
    worst = std::min(worst, score);
    return score;
  };
  // Scores at the middle, and a step and half a step to either side. The best of the inner three is the next middle.
  std::array<float, 5> scores{};
  scores[2] = score_at(best.angle);
  scores[0] = score_at(best.angle - sweep_step);
  scores[4] = score_at(best.angle + sweep_step);
  for (float step = sweep_step / 2; step >= finest_step; step /= 2) {
    scores[1] = score_at(best.angle - step);
    scores[3] = score_at(best.angle + step);
    const auto middle =
        static_cast<std::size_t>(std::max_element(scores.begin() + 1, scores.end() - 1) - scores.begin());
    best.angle += step * (static_cast<float>(middle) - 2);
    best.score = scores.at(middle);
    scores = {scores.at(middle - 1), 0, best.score, 0, scores.at(middle + 1)};
  }
  const auto width = static_cast<float>(pixGetWidth(pix));
  const bool tells = worst > least_worst * width * width * static_cast<float>(pixGetHeight(pix)) &&
                     std::abs(best.angle) <= range - sweep_step && best.score >= least_best;
  best.confidence = tells ? best.score / worst : 0;
  return best;
}

}  // namespace sohoa
