// SPDX-License-Identifier: Apache-2.0
#include "core/mended_lines.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

namespace sohoa {
namespace {

constexpr double covered = 0.5;       // of a line's box by the other's
constexpr double most_taller = 2;     // a box that a seal's ring has stretched lies over other lines
constexpr double most_misread = 0.5;  // of the letters
constexpr double column_gap = 8;      // heights of a line
constexpr double spare = 3;           // of a word's height, that the gap it goes into may be wider
constexpr double next = 0.8;          // of a word's height, between it and the word it was cut off from

bool stands_over(const Box& place, const Box& word) {
  const double both = std::min(word.right, place.right) - std::max(word.left, place.left);
  return std::max(0.0, both) >= (word.right - word.left) / 2;
}

bool lies_in(const Box& part, const Box& whole) {
  return shared_area(part, whole) >= covered * area_of(part) && height_of(whole) <= most_taller * height_of(part) &&
         height_of(part) <= most_taller * height_of(whole);
}

bool lies_level(const Box& word, const Box& other) {
  return middle_of(word) > other.top && middle_of(word) < other.bottom && middle_of(other) > word.top &&
         middle_of(other) < word.bottom;
}

std::vector<SeenWord> words_over(const Box& place, const SeenLine& line) {
  std::vector<SeenWord> words;
  std::copy_if(line.words.begin(), line.words.end(), std::back_inserter(words),
               [&](const SeenWord& seen) { return stands_over(place, seen.word.box); });
  return words;
}

std::string letters_of(const std::vector<SeenWord>& words) {
  std::string letters;
  for (const SeenWord& seen : words) {
    letters += comparable(seen.word.text);
  }
  return letters;
}

// Sure letters.
double worth(const std::vector<SeenWord>& words) {
  double sum = 0;
  for (const SeenWord& seen : words) {
    sum += seen.word.confidence * static_cast<double>(characters(parts_of(seen.word.text).core));
  }
  return sum;
}

bool is_double(const SeenLine& part, const SeenLine& whole) {
  if (part.words.empty() || whole.words.empty()) {
    return false;
  }
  const Box place = box_of(part.words);
  if (!touch(place, box_of(whole.words)) || worth(part.words) > worth(whole.words)) {
    return false;
  }
  const std::vector<SeenWord> words = words_over(place, whole);
  if (words.empty() || !lies_in(place, box_of(words))) {
    return false;
  }
  const std::string read = letters_of(part.words);
  const std::string other = letters_of(words);
  return !read.empty() && static_cast<double>(edit_distance(read, other)) <=
                              most_misread * static_cast<double>(std::max(characters(read), characters(other)));
}

// Words of the part that are surer than those of the whole in their place, each for one.
void keep_surer(const SeenLine& part, SeenLine& whole) {
  for (const SeenWord& seen : part.words) {
    const auto is_there = [&](const SeenWord& other) { return stands_over(seen.word.box, other.word.box); };
    const auto there = std::find_if(whole.words.begin(), whole.words.end(), is_there);
    if (there != whole.words.end() && seen.word.confidence > there->word.confidence &&
        std::count_if(whole.words.begin(), whole.words.end(), is_there) == 1) {
      *there = seen;
    }
  }
}

// Where the word goes into the line: before it, if it stands close to its first word, or into a gap that it fills; the
// line's end where neither is so.
std::vector<SeenWord>::const_iterator gap_for(const OcrWord& cut_off, const SeenLine& line) {
  const Box& word = cut_off.box;
  const bool is_syllable = characters(parts_of(cut_off.text).core) > 1;  // no initial of a title, no bullet
  const double overlap = (word.right - word.left) / 3;
  if (!line.words.empty() && is_syllable) {
    const Box& first = line.words.front().word.box;
    const double gap = first.left - word.right;
    if (gap > -overlap && gap < next * height_of(word) && lies_level(word, first)) {
      return line.words.begin();
    }
  }
  const auto leave_room = [&](const SeenWord& before, const SeenWord& after) {
    const Box& left = before.word.box;
    const Box& right = after.word.box;
    return word.left > left.right - overlap && word.right < right.left + overlap &&
           right.left - left.right < word.right - word.left + spare * height_of(word) &&
           middle_of(word) >= std::max(left.top, right.top) && middle_of(word) <= std::min(left.bottom, right.bottom);
  };
  const auto before = std::adjacent_find(line.words.begin(), line.words.end(), leave_room);
  return before == line.words.end() ? before : before + 1;
}

}  // namespace

void drop_line(SeenPage& page, std::size_t line) {
  if (page.lines[line].begins_block && line + 1 < page.lines.size()) {
    page.lines[line + 1].begins_block = true;
  }
  page.lines.erase(page.lines.begin() + static_cast<std::ptrdiff_t>(line));
}

bool has_words_of(const SeenLine& whole, const SeenLine& part) {
  return std::all_of(part.words.begin(), part.words.end(), [&](const SeenWord& seen) {
    const std::string core = parts_of(seen.word.text).core;
    return std::any_of(whole.words.begin(), whole.words.end(),
                       [&core](const SeenWord& other) { return other.word.text.starts_with(core); });
  });
}

void part_wide_lines(SeenPage& page) {
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    std::vector<SeenWord>& words = page.lines[i].words;
    const auto begins_column = [](const SeenWord& left, const SeenWord& right) {
      return right.word.box.left - left.word.box.right >
             column_gap * std::max(height_of(left.word.box), height_of(right.word.box));
    };
    const auto gap = std::adjacent_find(words.begin(), words.end(), begins_column);
    if (gap == words.end()) {
      continue;
    }
    SeenLine right = page.lines[i];
    right.words.assign(std::make_move_iterator(gap + 1), std::make_move_iterator(words.end()));
    right.line.fit_to(box_of(right.words));
    right.begins_block = false;
    words.erase(gap + 1, words.end());
    page.lines[i].line.fit_to(box_of(words));
    page.lines.insert(page.lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(right));
  }
}

void join_split_lines(SeenPage& page) {
  for (std::size_t i = page.lines.size(); i-- > 0;) {
    if (page.lines[i].words.size() != 1) {
      continue;
    }
    const SeenWord word = page.lines[i].words.front();
    for (SeenLine& line : page.lines) {
      if (const auto gap = gap_for(word.word, line); gap != line.words.end()) {
        line.words.insert(gap, word);
        line.line.box.left = std::min(line.line.box.left, word.word.box.left);
        drop_line(page, i);
        break;
      }
    }
  }
}

void drop_double_lines(SeenPage& page) {
  for (std::size_t i = page.lines.size(); i-- > 0;) {
    const SeenLine& part = page.lines[i];
    const auto whole = std::find_if(page.lines.begin(), page.lines.end(),
                                    [&](const SeenLine& other) { return &other != &part && is_double(part, other); });
    if (whole != page.lines.end()) {
      keep_surer(part, *whole);
      drop_line(page, i);
    }
  }
}

}  // namespace sohoa
