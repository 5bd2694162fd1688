// SPDX-License-Identifier: Apache-2.0
#include "core/ink_parts.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int bits = 32;

std::uint32_t root_of(std::vector<std::uint32_t>& parents, std::uint32_t part) {
  while (parents[part] != part) {
    part = parents[part] = parents[parents[part]];
  }
  return part;
}

// Sets the pixels from `begin` to `end`, of which there is one.
void draw(std::uint32_t* line, int begin, int end) {
  for (int word = begin / bits; word <= (end - 1) / bits; ++word) {
    const int from = std::max(begin - word * bits, 0);
    const int to = std::min(end - word * bits, bits);
    line[word] |= ~std::uint32_t{0} >> static_cast<unsigned>(from) & ~std::uint32_t{0}
                                                                         << static_cast<unsigned>(bits - to);
  }
}

}  // namespace

int ink_in(const Pix& ink, const PixRect& part) {
  const std::unique_ptr<::Box, decltype([](::Box* box) { boxDestroy(&box); })> box(
      boxCreate(part.left, part.top, part.width, part.height));
  l_int32 count = 0;
  pixCountPixelsInRect(const_cast<Pix*>(&ink), box.get(), &count, nullptr);
  return count;
}

InkParts::InkParts(const Pix& ink) : m_size(size_of(ink)) {
  auto* raw = const_cast<Pix*>(&ink);
  const std::ptrdiff_t stride = pixGetWpl(raw);
  for (int y = 0; y < m_size.height; ++y) {
    add_row(pixGetData(raw) + y * stride, y);
  }
  std::vector<std::uint32_t> parents = connect();
  // A part has the number of its first run, so the numbers are in order.
  std::vector<std::uint32_t> numbers(parents.size());
  for (Run& run : m_runs) {
    const std::uint32_t root = root_of(parents, run.part);
    if (numbers[root] == 0) {
      m_boxes.push_back({run.begin, run.row, run.end - run.begin, 1});
      numbers[root] = static_cast<std::uint32_t>(m_boxes.size());
    }
    run.part = numbers[root] - 1;
    PixRect& box = m_boxes[run.part];
    const int right = std::max(box.left + box.width, run.end);
    box.left = std::min(box.left, run.begin);
    box.width = right - box.left;
    box.height = run.row + 1 - box.top;
  }
}

void InkParts::add_row(const std::uint32_t* line, int row) {
  const int words = (m_size.width + bits - 1) / bits;
  int begin = -1;  // of the run that goes on
  for (int i = 0; i < words; ++i) {
    const int beyond = std::max(0, (i + 1) * bits - m_size.width);
    const std::uint32_t word = line[i] & ~std::uint32_t{0} << static_cast<unsigned>(beyond);
    for (int at = 0; at < bits;) {
      const std::uint32_t rest = (begin < 0 ? word : ~word) << static_cast<unsigned>(at);
      if (rest == 0) {
        break;
      }
      at += std::countl_zero(rest);
      if (begin < 0) {
        begin = i * bits + at;
      } else {
        m_runs.push_back({row, begin, i * bits + at, 0});
        begin = -1;
      }
    }
  }
  if (begin >= 0) {
    m_runs.push_back({row, begin, m_size.width, 0});
  }
}

// Gives each run a part, and returns which parts are one with which before them.
std::vector<std::uint32_t> InkParts::connect() {
  std::vector<std::uint32_t> parents;
  std::size_t above = 0;  // the first run of the row above that may touch
  std::size_t row = 0;    // the first run of the row
  for (std::size_t i = 0; i < m_runs.size(); ++i) {
    Run& run = m_runs[i];
    if (i > 0 && m_runs[i - 1].row != run.row) {
      above = m_runs[i - 1].row == run.row - 1 ? row : i;
      row = i;
    } else if (i == 0) {
      above = row = 0;
    }
    while (above < row && m_runs[above].end < run.begin) {
      ++above;
    }
    bool known = false;
    for (std::size_t other = above; other < row && m_runs[other].begin <= run.end; ++other) {
      const std::uint32_t root = root_of(parents, m_runs[other].part);
      const std::uint32_t own = known ? root_of(parents, run.part) : root;
      parents[std::max(root, own)] = std::min(root, own);
      run.part = std::min(root, own);
      known = true;
    }
    if (!known) {
      run.part = static_cast<std::uint32_t>(parents.size());
      parents.push_back(run.part);
    }
  }
  return parents;
}

PixPtr InkParts::only(const std::function<bool(const PixRect&)>& keep) const {
  std::vector<bool> kept;
  kept.reserve(m_boxes.size());
  for (const PixRect& box : m_boxes) {
    kept.push_back(keep(box));
  }
  PixPtr image = own(pixCreate(m_size.width, m_size.height, 1), "pixCreate");
  const std::ptrdiff_t stride = pixGetWpl(image.get());
  for (const Run& run : m_runs) {
    if (kept[run.part]) {
      draw(pixGetData(image.get()) + run.row * stride, run.begin, run.end);
    }
  }
  return image;
}

PixPtr InkParts::shape(std::size_t i) const {
  const PixRect& box = m_boxes[i];
  PixPtr image = own(pixCreate(box.width, box.height, 1), "pixCreate");
  const std::ptrdiff_t stride = pixGetWpl(image.get());
  const auto above = [](const Run& run, int row) { return run.row < row; };
  for (auto run = std::lower_bound(m_runs.begin(), m_runs.end(), box.top, above);
       run != m_runs.end() && run->row < box.top + box.height; ++run) {
    if (run->part == i) {
      draw(pixGetData(image.get()) + (run->row - box.top) * stride, run->begin - box.left, run->end - box.left);
    }
  }
  return image;
}

}  // namespace sohoa
