// SPDX-License-Identifier: Apache-2.0
#include "core/second_look.hpp"

#include "core/letters.hpp"
#include "core/mended_lines.hpp"
#include "core/ocr_tidy.hpp"
#include "core/paper.hpp"
#include "core/text.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <utility>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double unsure_word = 0.5;  // a line with such a word is read again
constexpr double sure_word = 0.9;    // is not lost by it
constexpr double better_by = 0.03;   // of the mean confidence
constexpr double most_sure = 0.97;   // that Tesseract is of a word
constexpr double found_word = 0.7;   // a word in a picture is believed from here on
constexpr double sure_line = 0.7;    // so is a line, all of it
constexpr double known_line = 0.6;   // the same of known words
constexpr std::size_t least_letters = 4;
constexpr double known_bonus = 0.1;  // of a word that the language has

double worth(const SeenLine& line, const LanguageModel& model) {
  WordMean mean;
  for (const SeenWord& seen : line.words) {
    mean.add(seen.word, seen.word.confidence + (has(model, seen.word) ? known_bonus : 0));
  }
  return mean.value();
}

bool has_word(const SeenLine& line, const std::string& text) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [&](const SeenWord& seen) { return seen.word.text == text; });
}

// A line that has other lines' marks in its box may come back as one of those.
bool loses_sure_word(const SeenLine& second, const SeenLine& first) {
  return std::any_of(first.words.begin(), first.words.end(), [&](const SeenWord& seen) {
    return seen.word.confidence >= sure_word && !has_word(second, seen.word.text);
  });
}

std::size_t letters_in(const SeenLine& line) {
  std::size_t count = 0;
  for (const SeenWord& seen : line.words) {
    count += characters(parts_of(seen.word.text).core);
  }
  return count;
}

// Wherever they stand.
bool has_better_words(const SeenLine& second, const SeenLine& first, const LanguageModel& model) {
  return !loses_sure_word(second, first) && letters_in(second) * 10 >= letters_in(first) * 8 &&
         worth(second, model) > worth(first, model) + better_by;
}

bool is_read_already(const OcrWord& word, const SeenPage& page) {
  return std::any_of(page.lines.begin(), page.lines.end(), [&](const SeenLine& line) {
    return std::any_of(line.words.begin(), line.words.end(), [&](const SeenWord& seen) {
      const OcrWord& known = seen.word;
      return known.confidence >= found_word && (holds_middle(known.box, word.box) || holds_middle(word.box, known.box));
    });
  });
}

bool is_found(const OcrWord& word, const LanguageModel& model) {
  const std::string core = parts_of(word.text).core;
  return word.confidence >= found_word && !is_noise(word, model) && !core.empty() &&
         (model.empty() || model.knows(to_lower(core)) || (characters(core) > 3 && has_digit(core)));
}

bool is_known(const OcrWord& word, const LanguageModel& model) {
  return has(model, word) || has_digit(parts_of(word.text).core);
}

// Less the strokes at its ends. Whether what is left is one line of text: most of it words that the language has or
// that hold digits, and surely read; or nearly all, and less surely.
bool is_line(SeenLine& line, const LanguageModel& model) {
  const auto is_stroke = [&](const SeenWord& seen) {
    return is_noise(seen.word, model) || (seen.word.confidence < unsure_word && !is_known(seen.word, model));
  };
  std::vector<SeenWord>& words = line.words;
  words.erase(words.begin(), std::find_if_not(words.begin(), words.end(), is_stroke));
  words.erase(std::find_if_not(words.rbegin(), words.rend(), is_stroke).base(), words.end());
  WordMean mean;
  std::size_t known = 0;
  for (const SeenWord& seen : words) {
    mean.add(seen.word, seen.word.confidence);
    known += is_known(seen.word, model) ? characters(parts_of(seen.word.text).core) : 0;
  }
  const std::size_t letters = letters_in(line);
  return !model.empty() && letters >= least_letters &&
         ((known * 10 >= letters * 6 && mean.value() >= sure_line) ||
          (known * 10 >= letters * 8 && mean.value() >= known_line));
}

// Of a line of which a part was read, or marks above its letters, the whole is wanted.
bool is_part_of(const SeenLine& part, const SeenLine& whole) {
  return letters_in(part) < letters_in(whole) && has_words_of(whole, part) &&
         std::all_of(part.words.begin(), part.words.end(),
                     [&](const SeenWord& seen) { return holds_middle(whole.line.box, seen.word.box); });
}

void drop_parts_of(const SeenLine& whole, SeenPage& page) {
  for (std::size_t i = page.lines.size(); i-- > 0;) {
    if (is_part_of(page.lines[i], whole)) {
      drop_line(page, i);
    }
  }
}

// Null for a box without pixels.
PixPtr ink_in(const Pix& reading, const Box& box, double scale) {
  const PixPtr part = part_of(reading, box, scale);
  return part == nullptr ? nullptr : darker(*part, ink_level);
}

std::vector<int> by_column(const Pix& ink) {
  NUMA* sums = pixCountPixelsByColumn(const_cast<Pix*>(&ink));
  std::vector<int> counts(sums == nullptr ? 0 : static_cast<std::size_t>(numaGetCount(sums)));
  for (std::size_t x = 0; x < counts.size(); ++x) {
    numaGetIValue(sums, static_cast<l_int32>(x), &counts[x]);
  }
  numaDestroy(&sums);
  return counts;
}

}  // namespace

bool has(const LanguageModel& model, const OcrWord& word) { return model.knows(to_lower(parts_of(word.text).core)); }

PixPtr darkest(const Pix& reading) { return shaded(reading, {0, ink_level}); }

PixPtr part_of(const Pix& reading, const Box& box, double scale) {
  const auto pixel = [scale](double value) { return static_cast<l_int32>(value * scale); };
  BOX* cut = boxCreate(pixel(box.left), pixel(box.top), pixel(box.right - box.left), pixel(box.bottom - box.top));
  PixPtr part(pixClipRectangle(const_cast<Pix*>(&reading), cut, nullptr));
  boxDestroy(&cut);
  return part;
}

std::vector<int> ink_by_column(const Pix& reading, const Box& box, double scale) {
  const PixPtr ink = ink_in(reading, box, scale);
  return ink == nullptr ? std::vector<int>() : by_column(*ink);
}

std::vector<std::size_t> unsure_lines(const SeenPage& page) {
  std::vector<std::size_t> unsure;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const std::vector<SeenWord>& words = page.lines[i].words;
    if (std::any_of(words.begin(), words.end(), [](const SeenWord& s) { return s.word.confidence < unsure_word; })) {
      unsure.push_back(i);
    }
  }
  return unsure;
}

Box whole_of(const Pix& reading, double scale) {
  const Size size = size_of(reading);
  return {0, 0, size.width / scale, size.height / scale};
}

Box widened(const Box& box, const Box& page) {
  const double margin = std::min(0.15 * (box.bottom - box.top), (page.bottom - page.top) / 100);
  return {std::max(page.left, box.left - margin), std::max(page.top, box.top - margin),
          std::min(page.right, box.right + margin), std::min(page.bottom, box.bottom + margin)};
}

std::vector<Box> columns_of(const Pix& reading, const Box& line, double scale) {
  const PixPtr ink = ink_in(reading, line, scale);
  if (ink == nullptr) {
    return {};
  }
  const std::vector<int> counts = by_column(*ink);
  const l_int32 wide = pixGetHeight(ink.get());
  std::vector<Box> boxes;
  l_int32 begin = -1;
  l_int32 last = -1;
  const auto close = [&] {
    if (begin < 0) {
      return;
    }
    BOX* column = boxCreate(begin, 0, last - begin + 1, pixGetHeight(ink.get()));
    const PixPtr alone(pixClipRectangle(ink.get(), column, nullptr));
    boxDestroy(&column);
    l_int32 left = 0;
    l_int32 top = 0;
    l_int32 width = 0;
    l_int32 height = 0;
    BOX* tight = nullptr;
    if (alone != nullptr && pixClipToForeground(alone.get(), nullptr, &tight) == 0 && tight != nullptr) {
      boxGetGeometry(tight, &left, &top, &width, &height);
      boxes.push_back({line.left + (begin + left) / scale, line.top + top / scale,
                       line.left + (begin + left + width) / scale, line.top + (top + height) / scale});
    }
    boxDestroy(&tight);
  };
  for (l_int32 x = 0; x < static_cast<l_int32>(counts.size()); ++x) {
    if (counts[static_cast<std::size_t>(x)] == 0) {
      continue;
    }
    if (last >= 0 && x - last > wide) {
      close();
      begin = -1;
    }
    begin = begin < 0 ? x : begin;
    last = x;
  }
  close();
  return boxes.size() < 2 ? std::vector<Box>() : boxes;
}

bool is_sure(const SeenLine& line) {
  return !line.words.empty() && std::all_of(line.words.begin(), line.words.end(),
                                            [](const SeenWord& seen) { return seen.word.confidence >= sure_word; });
}

SeenLine words_in(const Box& box, const SeenLine& line) {
  SeenLine part = line;
  std::erase_if(part.words, [&](const SeenWord& seen) { return !holds_middle(box, seen.word.box); });
  if (!part.words.empty()) {
    part.line.fit_to(box_of(part.words));
  }
  return part;
}

bool finds_words(const SeenPage& look, const LanguageModel& model) {
  return std::any_of(look.lines.begin(), look.lines.end(), [&](const SeenLine& line) {
    return std::any_of(line.words.begin(), line.words.end(),
                       [&](const SeenWord& seen) { return is_found(seen.word, model); });
  });
}

bool may_gain(const SeenLine& line, const LanguageModel& model) {
  WordMean best;
  for (const SeenWord& seen : line.words) {
    const bool known = seen.word.confidence < sure_word || has(model, seen.word);
    best.add(seen.word, std::max(most_sure, seen.word.confidence) + (known ? known_bonus : 0));
  }
  return best.value() > worth(line, model) + better_by;
}

bool reads_better(const SeenLine& second, const SeenLine& first, const LanguageModel& model) {
  const double middle = middle_of(second.line.box);
  return middle > first.line.box.top && middle < first.line.box.bottom && has_better_words(second, first, model);
}

std::vector<SeenLine> best_of(std::vector<SeenLine> parts, const SeenLine& whole, const LanguageModel& model) {
  if (parts.size() < 2) {
    return {};
  }
  SeenLine all;
  for (SeenLine& part : parts) {
    part.block = whole.block;
    part.begins_block = whole.begins_block && &part == &parts.front();
    all.words.insert(all.words.end(), part.words.begin(), part.words.end());
  }
  if (has_better_words(all, whole, model)) {
    return parts;
  }
  bool better = false;
  std::size_t words = 0;
  for (SeenLine& part : parts) {
    SeenLine first = words_in(part.line.box, whole);
    words += first.words.size();
    const bool whole_words = std::none_of(part.words.begin(), part.words.end(),
                                          [&](const SeenWord& seen) { return is_noise(seen.word, model); });
    if (!first.words.empty() && whole_words && reads_better(part, first, model)) {
      better = true;
    } else {
      part.words = std::move(first.words);
    }
  }
  std::erase_if(parts, [](const SeenLine& part) { return part.words.empty(); });
  return better && words == whole.words.size() ? std::move(parts) : std::vector<SeenLine>();
}

bool goes_on(SeenLine& second, const SeenLine& first, const LanguageModel& model) {
  std::erase_if(second.words,
                [&](const SeenWord& seen) { return !is_found(seen.word, model) && !has_word(first, seen.word.text); });
  return letters_in(second) > letters_in(first) && !loses_sure_word(second, first) &&
         worth(second, model) > worth(first, model) - better_by;
}

void add_lines(SeenPage& page, std::vector<SeenLine> lines, const LanguageModel& model) {
  for (SeenLine& line : lines) {
    const bool whole = is_line(line, model);
    if (whole) {
      drop_parts_of(line, page);
    }
    std::erase_if(line.words, [&](const SeenWord& seen) {
      return (!whole && !is_found(seen.word, model)) || is_read_already(seen.word, page);
    });
  }
  std::erase_if(lines, [](const SeenLine& line) { return line.words.empty(); });
  if (lines.empty()) {
    return;
  }
  lines.front().begins_block = true;
  // Before the first paragraph that lies lower, or beside it to the right.
  const Box& block = lines.front().block;
  const auto after = std::find_if(page.lines.begin(), page.lines.end(), [&](const SeenLine& line) {
    return line.begins_block && is_read_after(line.block, block);
  });
  page.lines.insert(after, std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

}  // namespace sohoa
