// SPDX-License-Identifier: Apache-2.0
#include "core/unread_ink.hpp"

#include "core/brick.hpp"
#include "core/ink_parts.hpp"
#include "core/second_look.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int reduction = 2;  // letters keep their shape, and a page is searched in a few milliseconds
constexpr std::size_t most = 24;
// In heights of a line:
constexpr double least_height = 0.45;
constexpr double most_height = 1.7;
constexpr double least_width = 1;
constexpr double word_gap = 1.2;
constexpr double mark_gap = 0.3;
constexpr double least_letter = 0.35;  // lower are marks of letters, and what is left of a pen's stroke
constexpr double mark_reach = 0.35;
constexpr double seal_height = 14;  // a higher picture has no signature
constexpr double reach = 8;         // of a name below a seal

void clear(Pix& ink, const Box& box, double scale, double margin) {
  const auto left = static_cast<l_int32>(std::floor(box.left * scale - margin));
  const auto top = static_cast<l_int32>(std::floor(box.top * scale - margin));
  pixRasterop(&ink, left, top, static_cast<l_int32>(std::ceil(box.right * scale + margin)) - left,
              static_cast<l_int32>(std::ceil(box.bottom * scale + margin)) - top, PIX_CLR, nullptr, 0, 0);
}

// Ink in columns [from, to) of the rows.
bool any_ink(const Pix& ink, const Box& rows, double from, double to) {
  return ink_in(ink,
                {static_cast<int>(std::max(from, 0.0)), static_cast<int>(rows.top),
                 static_cast<int>(std::ceil(to - std::max(from, 0.0))), static_cast<int>(rows.bottom - rows.top)}) > 0;
}

// How far a line goes on to both sides where `strokes` touch it: over `ink` without a gap between words.
Box stretched(const Pix& ink, const Pix& strokes, Box box, double line) {
  const double step = line / 2;
  const double left = box.left;
  const double right = box.right;
  const double width = size_of(ink).width;
  if (any_ink(strokes, box, left - line * word_gap, left + step)) {
    while (box.left > 0 && left - box.left < reach * line && any_ink(ink, box, box.left - 2 * step, box.left)) {
      box.left = std::max(0.0, box.left - step);
    }
  }
  if (any_ink(strokes, box, right - step, right + line * word_gap)) {
    while (box.right < width && box.right - right < reach * line &&
           any_ink(ink, box, box.right, box.right + 2 * step)) {
      box.right = std::min(width, box.right + step);
    }
  }
  return box;
}

// The line with the tone marks above and the dots below its letters.
Box with_marks(const Box& letters, const std::vector<PixRect>& parts, double away) {
  Box line = letters;
  for (const PixRect& part : parts) {
    const Box mark = box_of(part);
    if (mark.left >= letters.left && mark.right <= letters.right && mark.top > letters.top - away &&
        mark.bottom < letters.bottom + away) {
      line = united(line, mark);
    }
  }
  return line;
}

Box times(const Box& box, double factor) {
  return {box.left * factor, box.top * factor, box.right * factor, box.bottom * factor};
}

}  // namespace

UnreadInk unread_ink(const Pix& reading, double scale, const SeenPage& page) {
  UnreadInk unread;
  const std::optional<double> height = middle_height(page);
  if (!height) {
    return unread;
  }
  const PixPtr ink = darker(reading, ink_level);
  const PixPtr all = own(pixReduceRankBinary2(ink.get(), 1, nullptr), "pixReduceRankBinary2");
  const PixPtr rest = own(pixCopy(nullptr, all.get()), "pixCopy");
  const double factor = scale / reduction;
  const double line = *height * factor;
  for (const SeenLine& seen : page.lines) {
    for (const SeenWord& word : seen.words) {
      clear(*rest, word.word.box, factor, line / 8);
    }
  }
  for (const Box& picture : page.pictures) {
    if (picture.bottom - picture.top > *height * seal_height) {
      clear(*rest, picture, factor, 0);
    }
  }
  const auto highest = static_cast<l_int32>(line * most_height);
  const PixPtr strokes = InkParts(*rest).only([&](const PixRect& part) { return part.height > highest; });
  const InkParts others(*own(pixSubtract(nullptr, rest.get(), strokes.get()), "pixSubtract"));
  const PixPtr letters = others.only([&](const PixRect& part) { return part.height >= line * least_letter; });
  const auto odd = [line](double heights) { return static_cast<l_int32>(std::lround(line * heights)) | 1; };
  const PixPtr joined = closed(*letters, odd(word_gap), odd(mark_gap));
  for (const PixRect& part : parts_of(*joined)) {
    if (part.height >= line * least_height && part.height <= highest && part.width >= line * least_width) {
      const Box box = with_marks(box_of(part), others.boxes(), line * mark_reach);
      unread.lines.push_back(times(stretched(*all, *strokes, box, line), 1 / factor));
    }
  }
  std::stable_sort(unread.lines.begin(), unread.lines.end(), [](const Box& a, const Box& b) { return a.top < b.top; });
  unread.lines.resize(std::min(unread.lines.size(), most));
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Box box = times(page.lines[i].line.box, factor);
    if (const Box longer = stretched(*all, *strokes, box, line); longer.left < box.left || longer.right > box.right) {
      unread.longer.emplace_back(i, times(longer, 1 / factor));
    }
  }
  return unread;
}

}  // namespace sohoa
