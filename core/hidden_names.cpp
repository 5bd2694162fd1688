// SPDX-License-Identifier: Apache-2.0
#include "core/hidden_names.hpp"

#include "core/letters.hpp"
#include "core/mended_lines.hpp"
#include "core/person_name.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

constexpr std::ptrdiff_t most_before = 4;  // a rank, or what became of the name's first words
// In heights of the line:
constexpr double below_mark = 2;
constexpr double below_title = 18;
constexpr double reach = 8;  // of what is hidden
constexpr double off_middle = 1;
constexpr double short_by = 1.5;  // that a whole name would begin further left
constexpr double end_reach = 4;
constexpr double margin = 0.4;
constexpr double near = 6;      // a name that is one and the same
constexpr double beside = 0.5;  // that a part of a name may stand out of it

constexpr double hardly_read = 0.5;  // confidence
constexpr double well_read = 0.9;
constexpr double highest_in_mark = 0.3;  // of the mark's height

// What strokes left of a name's word: THaấh of Thanh.
bool is_misread_name(const OcrWord& word) {
  const std::vector<std::string> letters = split_characters(word.text);
  return word.confidence < well_read && !is_name_word(word.text) && !letters.empty() && is_upper(letters.front());
}

// What strokes left of the end of a name's word: ——hạm of Phạm.
bool is_cut_off(const OcrWord& word) {
  const WordParts parts = parts_of(word.text);
  const std::vector<std::string> letters = split_characters(parts.core);
  return word.confidence < well_read && !parts.before.empty() && letters.size() > 1 &&
         std::all_of(letters.begin(), letters.end(), [](const auto& l) { return is_letter(l) && !is_upper(l); });
}

// A letter alone, which is a title's that a seal has cut off: T of THỨ TRƯỞNG. Names of one letter have a tone: Ý.
bool is_initial(const std::vector<SeenWord>& words, std::size_t known) {
  return known + 1 == words.size() && words[known].word.text.size() == 1;
}

bool may_hide(const OcrMark& mark, const Box& name) {
  const double height = height_of(name);
  return (mark.kind == OcrMark::Kind::seal || mark.kind == OcrMark::Kind::signature) &&
         middle_of(name) > mark.box.top + highest_in_mark * height_of(mark.box) &&
         name.top < mark.box.bottom + below_mark * height && mark.box.left < name.left &&
         mark.box.right > name.left - reach * height;
}

bool crosses_end(const OcrMark& mark, const Box& name) {
  const double height = height_of(name);
  return mark.kind == OcrMark::Kind::signature && mark.box.top < name.bottom && mark.box.bottom > name.top &&
         mark.box.left < name.right + height && mark.box.right > name.right - end_reach * height;
}

// How far left a name begins that ends there and is centred below its title; nothing without a title. Of several lines
// of a title, which may be cut by the seal or run into it, what the middle one says.
std::optional<double> left_below_title(const SeenPage& page, const Box& name) {
  const double height = height_of(name);
  std::vector<double> lefts;
  for (const SeenLine& line : page.lines) {
    const std::optional<Title> title = title_of(line);
    if (!title) {
      continue;
    }
    const Box& box = title->box;
    if (box.bottom < name.top && name.top - box.bottom < below_title * height && box.left < name.right &&
        box.right > name.left - reach * height) {
      lefts.push_back(box.left + box.right - name.right);
    }
  }
  if (lefts.empty()) {
    return std::nullopt;
  }
  const auto middle = lefts.begin() + static_cast<std::ptrdiff_t>((lefts.size() - 1) / 2);
  std::nth_element(lefts.begin(), middle, lefts.end());
  return *middle;
}

// A pen's strokes that were read as a word, beside a name that has its first word.
bool is_beside_whole_name(const SeenPage& page, const HiddenName& name, const std::vector<HiddenName>& names) {
  const Box& box = page.lines[name.line].line.box;
  return name.begins_hidden && std::any_of(names.begin(), names.end(), [&](const HiddenName& other) {
           const Box& whole = page.lines[other.line].line.box;
           return !other.begins_hidden && whole.left < box.right && whole.right > box.left &&
                  std::abs(middle_of(whole) - middle_of(box)) < near * height_of(whole);
         });
}

}  // namespace

std::size_t known_end(const std::vector<SeenWord>& words) {
  std::size_t first = words.size();
  while (first > 0 && words[first - 1].word.confidence >= sure_name_word && is_name_word(words[first - 1].word.text)) {
    --first;
  }
  return words.size() - first <= longest_name ? first : words.size();
}

bool lacks_word(const SeenLine& line, std::size_t first) {
  constexpr double word_gap = 1.2;  // of the height
  for (std::size_t i = first + 1; i < line.words.size(); ++i) {
    const Box& box = line.words[i].word.box;
    if (box.left - line.words[i - 1].word.box.right > word_gap * height_of(box)) {
      return true;
    }
  }
  return false;
}

std::optional<Title> title_of(const SeenLine& line) {
  constexpr std::size_t least_letters = 3;
  constexpr double gap = 1.5;  // of the words' height parts the columns
  std::optional<Box> box;
  std::string text;
  std::size_t letters = 0;
  for (std::size_t i = line.words.size(); i-- > 0;) {
    const OcrWord& word = line.words[i].word;
    if (!in_capitals(word.text) || has_digit(word.text) ||
        (box && box->left - word.box.right > gap * height_of(word.box))) {
      break;
    }
    text = word.text + (box ? " " + text : "");
    box = box ? united(*box, word.box) : word.box;
    letters += characters(parts_of(word.text).core);
  }
  return letters >= least_letters ? std::optional(Title{*box, print_width(text)}) : std::nullopt;
}

std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks, const NameLists& lists) {
  const std::vector<std::string>& surnames = lists.surnames;
  const auto is_one_of = [](const std::vector<std::string>& list, const SeenWord& seen) {
    return std::find(list.begin(), list.end(), seen.word.text) != list.end();
  };
  std::vector<HiddenName> names;
  for (std::size_t i = 0; i < page.lines.size() && !surnames.empty(); ++i) {
    const std::vector<SeenWord>& words = page.lines[i].words;
    std::size_t known = known_end(words);
    const auto before = std::count_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(known),
                                      [](const SeenWord& seen) { return seen.word.confidence >= hardly_read; });
    if (known == words.size() || before > most_before || is_initial(words, known)) {
      continue;
    }
    Box name = box_of(words, known);
    const double height = height_of(name);
    const bool marked = std::any_of(marks.begin(), marks.end(), [&](const auto& mark) { return may_hide(mark, name); });
    // Black pens leave no mark in a colour scan. What is left of the first words is in its place then.
    const bool scraps = known > 0 && (words[0].word.confidence < hardly_read || is_misread_name(words[known - 1].word));
    if (!marked && known > 0 && !scraps) {
      continue;
    }
    std::optional<double> left = left_below_title(page, name);
    const bool in_place = left && *left < name.left - short_by * height &&
                          (!scraps || std::abs(words[0].word.box.left - *left) < off_middle * height);
    if (!marked && !in_place) {
      continue;
    }
    // What is read there begins further left: the title is not all there.
    if (left && words[known > 0 ? known - 1 : 0].word.box.left < *left - off_middle * height) {
      left = std::nullopt;
    }
    const std::size_t count = words.size() - known;
    const bool begun =
        count > 1 && is_one_of(surnames, words[known]) && !(known > 0 && is_cut_off(words[known - 1].word));
    // In its place, so that its first word is what is left of the family name: Trị. Where that is another word of
    // names, the title is not all there.
    if (!begun && count > 1 && left && std::abs(*left - name.left) < off_middle * height) {
      if (words[known].word.confidence >= well_read && is_one_of(lists.words, words[known])) {
        left = std::nullopt;
      } else {
        ++known;
        name = box_of(words, known);
      }
    }
    const bool pen =
        std::any_of(marks.begin(), marks.end(), [&](const OcrMark& mark) { return crosses_end(mark, name); });
    const double furthest = name.left - reach * height;
    const double begin = std::clamp(left.value_or(furthest), furthest, name.left);
    names.push_back(
        {i,
         known,
         {std::max(0.0, begin - margin * height), name.top, name.right + (pen ? end_reach * height : 0), name.bottom},
         left && *left > furthest ? left : std::nullopt,
         !begun || (count <= 2 && left && *left <= name.left - off_middle * height),
         pen,
         lacks_word(page.lines[i], known)});
  }
  const std::vector<HiddenName> all = names;
  std::erase_if(names, [&](const HiddenName& name) { return is_beside_whole_name(page, name, all); });
  return names;
}

std::vector<NameLook> name_looks(const HiddenName& name) {
  if (name.begins_hidden) {
    return {NameLook::ink,       NameLook::all,          NameLook::without_pen,
            NameLook::bold_kept, NameLook::without_thin, NameLook::bold};
  }
  return name.ends_hidden || name.has_gap ? std::vector{NameLook::ink, NameLook::all, NameLook::without_pen}
                                          : std::vector<NameLook>();
}

void drop_parts_of_names(SeenPage& page, const std::vector<HiddenName>& names) {
  std::vector<bool> is_part(page.lines.size(), false);
  for (const HiddenName& name : names) {
    const SeenLine& whole = page.lines[name.line];
    const double more = beside * height_of(whole.line.box);
    const Box box{whole.line.box.left - more, whole.line.box.top, whole.line.box.right + more, whole.line.box.bottom};
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const Box& other = page.lines[i].line.box;
      const bool inside = other.left >= box.left && other.right <= box.right && middle_of(other) > box.top &&
                          middle_of(other) < box.bottom;
      is_part[i] =
          is_part[i] || (i != name.line && !is_part[name.line] && inside && has_words_of(whole, page.lines[i]));
    }
  }
  for (std::size_t i = page.lines.size(); i-- > 0;) {
    if (is_part[i]) {
      drop_line(page, i);
    }
  }
}

}  // namespace sohoa
