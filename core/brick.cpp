// SPDX-License-Identifier: Apache-2.0
#include "core/brick.hpp"

#include "core/wide_loops.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

using Word = std::uint32_t;  // the leftmost pixel is the highest bit

// Each pixel with that which lies `bits` before it, counted along the rows. What is before `from` is read, too.
SOHOA_WIDE void with_before(const Word* __restrict from, std::size_t count, std::size_t bits, Word* __restrict to) {
  const Word* before = from - bits / 32;
  const auto part = static_cast<unsigned>(bits % 32);
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = from[i] | before[i] >> part | before[i - 1] << 1U << (31 - part);
  }
}

// Each pixel that has one `bits` after it. What is behind the last is read, too.
SOHOA_WIDE void with_after(const Word* __restrict from, std::size_t count, std::size_t bits, Word* __restrict to) {
  const Word* after = from + bits / 32;
  const auto part = static_cast<unsigned>(bits % 32);
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = from[i] & (after[i] << part | after[i + 1] >> 1U >> (31 - part));
  }
}

// A copy with room for what a brick adds to the right and below. Nothing lies left of it and above: both steps of
// closing and opening move by the same way, so the results lie where they belong. As a row has that room, one step
// moves all of them at once.
class Grid {
 public:
  Grid(const Pix& ink, int width, int height)
      : m_size(size_of(ink)),
        m_words(static_cast<std::size_t>(m_size.width + width + 30) / 32),
        m_count(m_words * static_cast<std::size_t>(m_size.height + height - 1)),
        m_rim(m_words * static_cast<std::size_t>(height) + static_cast<std::size_t>(width) / 32 + 1),
        m_bits(m_count + 2 * m_rim),
        m_moved(m_bits.size()) {
    auto* raw = const_cast<Pix*>(&ink);
    const auto words = static_cast<std::size_t>(m_size.width + 31) / 32;
    for (std::size_t y = 0; y < static_cast<std::size_t>(m_size.height); ++y) {
      const Word* line = pixGetData(raw) + y * static_cast<std::size_t>(pixGetWpl(raw));
      Word* row = m_bits.data() + m_rim + y * m_words;
      std::copy(line, line + words, row);
      row[words - 1] &= last_word();
    }
  }

  // Each pixel has the ink of the `width` pixels up to it from the left, and of the `height` from above.
  void spread(int width, int height) {
    move([](const Word* from, std::size_t count, std::size_t bits, Word* to) { with_before(from, count, bits, to); },
         width, height);
  }
  // Each pixel has ink when all of the `width` pixels from it on to the right have it, and of the `height` below. What
  // is right of the image is not to be asked for then.
  void shrink(int width, int height) {
    move([](const Word* from, std::size_t count, std::size_t bits, Word* to) { with_after(from, count, bits, to); },
         width, height);
  }

  // The part that begins that far from the left and from above.
  [[nodiscard]] PixPtr image(int left, int top) {
    PixPtr result = own(pixCreateNoInit(m_size.width, m_size.height, 1), "pixCreateNoInit");
    const auto stride = static_cast<std::size_t>(pixGetWpl(result.get()));
    const auto part = static_cast<unsigned>(left % 32);
    const Word* from = m_bits.data() + m_rim + static_cast<std::size_t>(top) * m_words + left / 32;
    for (std::size_t y = 0; y < static_cast<std::size_t>(m_size.height); ++y, from += m_words) {
      Word* line = pixGetData(result.get()) + y * stride;
      for (std::size_t i = 0; i < stride; ++i) {
        line[i] = from[i] << part | from[i + 1] >> 1U >> (31 - part);
      }
      line[stride - 1] &= last_word();
    }
    return result;
  }

 private:
  // The pixels of a row's last word.
  [[nodiscard]] Word last_word() const { return ~Word{0} << static_cast<unsigned>(31 - (m_size.width + 31) % 32); }

  // By distances that make of one pixel `width` and `height`. Not told the functions themselves, for GCC 12 takes one
  // that is compiled twice for another.
  template <typename Step>
  void move(const Step& step, int width, int height) {
    const auto doubling = [&](int length, std::size_t pixel) {
      for (int done = 1, by = 0; done < length; done += by) {
        by = std::min(done, length - done);
        step(m_bits.data() + m_rim, m_count, static_cast<std::size_t>(by) * pixel, m_moved.data() + m_rim);
        m_bits.swap(m_moved);
      }
    };
    doubling(width, 1);
    doubling(height, 32 * m_words);
  }

  Size m_size;
  std::size_t m_words;  // of a row
  std::size_t m_count;
  std::size_t m_rim;  // words before the first row and behind the last, without ink
  std::vector<Word> m_bits;
  std::vector<Word> m_moved;
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
