// SPDX-License-Identifier: Apache-2.0
#include "core/brick.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

using Word = std::uint32_t;  // the leftmost pixel is the highest bit

// A copy with room for what a brick adds to the right and below. Nothing lies left of it and above: both steps of
// closing and opening move by the same way, so the results lie where they belong.
class Grid {
 public:
  Grid(const Pix& ink, int width, int height)
      : m_size(size_of(ink)),
        m_words(static_cast<std::size_t>(m_size.width + width + 30) / 32),
        m_rows(static_cast<std::size_t>(m_size.height + height - 1)),
        m_bits(m_words * m_rows) {
    auto* raw = const_cast<Pix*>(&ink);
    const auto words = static_cast<std::size_t>(m_size.width + 31) / 32;
    const Word last = m_size.width % 32 == 0 ? ~Word{0} : ~(~Word{0} >> static_cast<unsigned>(m_size.width % 32));
    for (std::size_t y = 0; y < static_cast<std::size_t>(m_size.height); ++y) {
      const Word* line = pixGetData(raw) + y * static_cast<std::size_t>(pixGetWpl(raw));
      std::copy(line, line + words, row(y));
      row(y)[words - 1] &= last;
    }
  }

  // Each pixel has the ink of the `width` pixels up to it from the left, and of the `height` from above.
  void spread(int width, int height) {
    for (std::size_t y = 0; y < m_rows; ++y) {
      doubling(width, [&](int by) { to_the_right(row(y), by); });
    }
    doubling(height, [&](int by) {
      for (std::size_t y = m_rows; y-- > static_cast<std::size_t>(by);) {
        const Word* above = row(y - static_cast<std::size_t>(by));
        std::transform(row(y), row(y) + m_words, above, row(y), [](Word a, Word b) { return a | b; });
      }
    });
  }
  // Each pixel has ink when all of the `width` pixels from it on to the right have it, and of the `height` below.
  void shrink(int width, int height) {
    for (std::size_t y = 0; y < m_rows; ++y) {
      doubling(width, [&](int by) { from_the_right(row(y), by); });
    }
    doubling(height, [&](int by) {
      const std::size_t kept = m_rows - std::min(m_rows, static_cast<std::size_t>(by));
      for (std::size_t y = 0; y < m_rows; ++y) {
        if (y < kept) {
          const Word* below = row(y + static_cast<std::size_t>(by));
          std::transform(row(y), row(y) + m_words, below, row(y), [](Word a, Word b) { return a & b; });
        } else {
          std::fill(row(y), row(y) + m_words, Word{0});
        }
      }
    });
  }

  // The part that begins that far from the left and from above.
  [[nodiscard]] PixPtr image(int left, int top) {
    PixPtr result = own(pixCreate(m_size.width, m_size.height, 1), "pixCreate");
    const auto stride = static_cast<std::size_t>(pixGetWpl(result.get()));
    const Word last = m_size.width % 32 == 0 ? ~Word{0} : ~(~Word{0} >> static_cast<unsigned>(m_size.width % 32));
    for (std::size_t y = 0; y < static_cast<std::size_t>(m_size.height); ++y) {
      Word* line = pixGetData(result.get()) + y * stride;
      const Word* from = row(y + static_cast<std::size_t>(top));
      for (std::size_t i = 0; i < stride; ++i) {
        line[i] = word_at(from, i, left);
      }
      line[stride - 1] &= last;
    }
    return result;
  }

 private:
  [[nodiscard]] Word* row(std::size_t y) { return m_bits.data() + y * m_words; }

  // Calls `step` with the distances that make of one pixel `length`.
  template <typename Step>
  static void doubling(int length, const Step& step) {
    for (int done = 1; done < length;) {
      const int by = std::min(done, length - done);
      step(by);
      done += by;
    }
  }
  void to_the_right(Word* words, int by) const {
    const auto whole = static_cast<std::size_t>(by / 32);
    const auto part = static_cast<unsigned>(by % 32);
    for (std::size_t i = m_words; i-- > whole;) {
      const Word before = i > whole ? words[i - whole - 1] : 0;
      words[i] |= part == 0 ? words[i - whole] : words[i - whole] >> part | before << (32 - part);
    }
  }
  void from_the_right(Word* words, int by) const {
    for (std::size_t i = 0; i < m_words; ++i) {
      words[i] &= word_at(words, i, by);
    }
  }
  // The word that begins `by` pixels to the right of the i-th's beginning.
  [[nodiscard]] Word word_at(const Word* words, std::size_t i, int by) const {
    const auto part = static_cast<unsigned>(by % 32);
    const std::size_t at = i + static_cast<std::size_t>(by / 32);
    const Word here = at < m_words ? words[at] : 0;
    const Word next = at + 1 < m_words ? words[at + 1] : 0;
    return part == 0 ? here : here << part | next >> (32 - part);
  }

  Size m_size;
  std::size_t m_words;
  std::size_t m_rows;
  std::vector<Word> m_bits;
};

}  // namespace

PixPtr dilated(const Pix& ink, int width, int height) {
  Grid grid(ink, width, height);
  grid.spread(width, height);
  return grid.image(width / 2, height / 2);
}

PixPtr closed(const Pix& ink, int width, int height) {
  Grid grid(ink, width, height);
  grid.spread(width, height);
  grid.shrink(width, height);
  return grid.image(0, 0);
}

PixPtr opened(const Pix& ink, int width, int height) {
  Grid grid(ink, width, height);
  grid.shrink(width, height);
  grid.spread(width, height);
  return grid.image(0, 0);
}

}  // namespace sohoa
