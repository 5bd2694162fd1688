// SPDX-License-Identifier: Apache-2.0
#include "core/secrecy_words.hpp"

#include "core/letter_strokes.hpp"
#include "core/letters.hpp"
#include "core/other_stamps.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"
#include "core/vietnamese.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sohoa {
namespace {

// What is left of the rules of a frame at the ends of what was read in it.
std::string without_rules(std::string_view text) {
  const std::string rules = "|[]{}()lI1!/\\ .,:;'\"`_-~=*";
  const std::size_t begin = text.find_first_not_of(rules);
  const std::size_t end = text.find_last_not_of(rules);
  return begin == std::string::npos ? std::string() : std::string(text.substr(begin, end - begin + 1));
}

std::size_t letters_off(std::size_t letters) { return letters < 12 ? 0U : letters / 10; }

// How many letters of a mark may read differently: of one word one in a frame, of two words two there, one elsewhere.
std::size_t may_differ(const std::string& mark, StampShape shape) {
  const std::size_t words = mark.size() < 5 ? 1 : 2;
  return shape == StampShape::framed ? words : words - 1;
}

// The mark whose long first word stands alone and is worn by one letter, not by its last: TUYÊN is another word.
std::optional<std::string> worn_first_of_mark(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    const std::vector<std::string> parts = comparable_words(mark);
    if (words.size() != 1 || parts.size() < 2 || parts[0].size() < long_word) {
      continue;
    }
    const std::string first = by_stems(parts[0]);
    const std::string word = by_stems(words[0]);
    if (word.ends_with(first.back()) && edit_distance(word, first) <= 1) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark of which the last word is whole and the first is worn, two letters at most; a short one begins alike.
std::optional<std::string> mark_worn_in_front(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    const std::vector<std::string> parts = comparable_words(mark);
    if (words.size() == 2 && parts.size() == 2 && words[1] == parts[1] && edit_distance(words[0], parts[0]) <= 2 &&
        (parts[0].size() >= long_word || by_stems(words[0]).front() == by_stems(parts[0]).front())) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark of which the first word is whole and of the last its two last letters are left, or before other scraps, of a
// mark with a long first word, its two first.
std::optional<std::string> mark_worn_behind(const std::vector<std::string>& words, const SecrecyRules& rules) {
  constexpr std::size_t left = 2;
  constexpr std::size_t most = 6;
  for (const std::string& mark : rules.marks) {
    const std::vector<std::string> parts = comparable_words(mark);
    if (words.size() < 2 || parts.size() != 2 || words[0] != parts[0] || words[1].size() > most) {
      continue;
    }
    if ((words.size() == 2 && words[1].ends_with(parts[1].substr(parts[1].size() - left))) ||
        (parts[0].size() >= long_word && words[1].starts_with(parts[1].substr(0, left)))) {
      return mark;
    }
  }
  return std::nullopt;
}

// A short mark whose last letter reads differently.
std::optional<std::string> short_but_for_end(const std::string& letters, const SecrecyRules& rules) {
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    if (mark.size() < 5 && mark.size() > 2 && letters.size() == mark.size() &&
        std::equal(letters.begin(), letters.end() - 1, mark.begin())) {
      return written;
    }
  }
  return std::nullopt;
}

// A mark that lost its first letters to another line, as tilted ones do, or both ends, being faint; two letters of each
// word are left, of one that stands apart one. Before enough of them the first may be a worn one: VỆT MẬT.
std::optional<std::string> middle_of_mark(const std::string& letters, StampShape shape, const SecrecyRules& rules) {
  const std::size_t of_second = shape == StampShape::apart ? 1 : 2;
  const std::size_t fewest = 3 + of_second;
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    const std::vector<std::string> words = comparable_words(written);
    const auto is_middle = [&](const std::string& part) {
      const std::size_t at = part.size() < fewest ? std::string::npos : mark.find(part);
      return at != std::string::npos && at + 2 <= words.front().size() &&
             at + part.size() >= words.front().size() + of_second;
    };
    if (words.size() > 1 && !letters.empty() && (is_middle(letters) || is_middle(letters.substr(1)))) {
      return written;
    }
  }
  return std::nullopt;
}

// The mark that is left between letters which print across the frame made; of few letters nearly so.
std::optional<std::string> mark_within(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t few = 4;
  constexpr std::size_t most = 16;
  const std::string letters = comparable(text);
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    for (std::size_t at = 0; letters.size() <= most && at + mark.size() <= letters.size(); ++at) {
      const bool other_word = std::any_of(rules.after.begin(), rules.after.end(), [&](const std::string& word) {
        return letters.substr(0, at).ends_with(comparable(word));
      });
      const std::size_t off = letters.size() <= few && mostly_capitals(text) ? 1 : 0;
      if (!other_word && edit_distance(letters.substr(at, mark.size()), mark) <= off) {
        return written;
      }
    }
  }
  return std::nullopt;
}

// The mark of two words that is left when such letters are taken for one another, but for two others, one of a short
// mark without a frame; none of them may be missing.
std::optional<std::string> worn_mark(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  const std::string letters = by_stems(comparable(text));
  for (const std::string& written : rules.marks) {
    const std::string mark = by_stems(comparable(written));
    const std::size_t few = mark.size() / 8;
    if (mark.size() >= long_word && letters.size() + few >= mark.size() && mostly_capitals(text) &&
        edit_distance(letters, mark) <= (shape == StampShape::framed ? 2 : 1 + few)) {
      return written;
    }
  }
  return std::nullopt;
}

// The mark for which that is true, of a text in capitals.
template <typename Is>
std::optional<std::string> mark_in_capitals(std::string_view text, const SecrecyRules& rules, const Is& is) {
  const auto mark = std::find_if(rules.marks.begin(), rules.marks.end(), is);
  return mark == rules.marks.end() || !mostly_capitals(text) ? std::nullopt : std::optional(*mark);
}

// The mark of one word whose first letter has one stem more: MIẠT.
std::optional<std::string> mark_with_stem(std::string_view text, const SecrecyRules& rules) {
  const std::string letters = by_stems(comparable(text));
  return mark_in_capitals(text, rules, [&](const std::string& written) {
    const std::string mark = by_stems(comparable(written));
    return mark.size() < long_word - 1 && letters == mark.substr(0, 1) + "i" + mark.substr(1);
  });
}

// The mark of two words with the very strokes: TLIYỆT MẬ¡.
std::optional<std::string> mark_of_strokes(std::string_view text, const SecrecyRules& rules) {
  const std::string strokes = by_strokes(text);
  return mark_in_capitals(text, rules, [&](const std::string& mark) {
    return mark.find(' ') != std::string::npos && by_strokes(mark) == strokes;
  });
}

// A mark with a long first word of which the beginning and the last letter are left.
std::optional<std::string> mark_around(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t beginning = 3;
  const std::string letters = comparable(text);
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    if (comparable_words(written).front().size() >= long_word && letters.size() + 2 >= mark.size() &&
        letters.size() <= mark.size() + 3 && letters.starts_with(mark.substr(0, beginning)) &&
        letters.back() == mark.back() && mostly_capitals(text)) {
      return written;
    }
  }
  return std::nullopt;
}

// Whether the word's marked vowel stands there, or without its tone where no other vowel follows (MẪU is a form), its
// neighbours on both sides, and at most one letter between: strokes that cross a stamp add letters, but make no Â. The
// last letter may be one of one stem.
bool holds_word(const std::vector<std::string>& read, const std::vector<std::string>& word) {
  constexpr std::ptrdiff_t reach = 2;
  const auto is_marked = [](const std::string& letter) { return letter.size() > 2; };
  const auto vowel = std::find_if(word.begin(), word.end(), is_marked);
  if (vowel == word.begin() || vowel == word.end() || vowel + 1 == word.end()) {
    return false;
  }
  const auto ends_at = [&](const std::string& letter) { return are_alike(letter, vowel[1]); };
  for (auto at = read.begin(); at != read.end(); ++at) {
    const bool exact = *at == *vowel;
    if (!exact && *at != without_tone(*vowel)) {
      continue;
    }
    // No syllable has an I before it: a stem of the M.
    if (exact && vowel[-1] == "M" && at - read.begin() >= reach && at[-1] == "I" && (at[-2] == "N" || at[-2] == "M")) {
      return true;
    }
    std::ptrdiff_t letters = 0;
    auto right = at + 1;
    while (right != read.end() && letters < reach && !ends_at(*right) && (exact || !has_vowel(*right))) {
      letters += exact || is_letter(*right) ? 1 : 0;
      ++right;
    }
    const auto left = at - std::min(reach, at - read.begin());
    if (right != read.end() && letters < reach && ends_at(*right) && std::find(left, at, vowel[-1]) != at) {
      return true;
    }
  }
  return false;
}

// The mark of three letters for which that is true of three that were read and its own.
template <typename Is>
std::optional<std::string> short_mark(std::string_view text, const SecrecyRules& rules, const Is& is) {
  constexpr std::size_t letters = 3;
  const std::vector<std::string> read = split_characters(text);
  for (const std::string& mark : rules.marks) {
    const std::vector<std::string> own = split_characters(mark);
    if (own.size() == letters && read.size() == letters && is(read, own)) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark of one word with its marked vowel, or that without its tone, and a stem for the last letter: MÂ1.
std::optional<std::string> stem_ended_mark(std::string_view text, const SecrecyRules& rules) {
  return short_mark(text, rules, [](const auto& read, const auto& own) {
    return read[0] == own[0] && (read[1] == own[1] || read[1] == without_tone(own[1])) && are_alike(read[2], own[2]);
  });
}

// The mark of one word as it is written, beside no more than scraps of print.
std::optional<std::string> mark_among_scraps(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t scrap = 2;
  const std::vector<std::string> words = split_words(std::string(text));
  for (const std::string& mark : rules.marks) {
    const bool is_there = std::find(words.begin(), words.end(), mark) != words.end();
    if (is_there && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
          return word == mark || (characters(word) <= scrap && !in_capitals(word));
        })) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark of one word with its marked vowel, whose first letter reads as one that no word has there.
std::optional<std::string> worn_short_mark(std::string_view text, const SecrecyRules& rules) {
  return short_mark(text, rules, [](const auto& read, const auto& own) {
    return std::string_view("NHWI").find(read[0]) != std::string_view::npos && read[1] == own[1] &&
           are_alike(read[2], own[2]);
  });
}

// The mark whose last word is in the text in that way only, of several the nearest.
std::optional<std::string> crossed_mark(std::string_view text, const SecrecyRules& rules) {
  const std::string letters = comparable(text);
  const std::vector<std::string> words = comparable_words(text);
  std::optional<std::string> found;
  for (const std::string& mark : rules.marks) {
    const bool is_whole = std::find(words.begin(), words.end(), last_comparable_word(mark)) != words.end();
    if (!is_whole && holds_word(split_characters(text), split_characters(split_words(mark).back())) &&
        (!found || edit_distance(letters, comparable(mark)) < edit_distance(letters, comparable(*found)))) {
      found = mark;
    }
  }
  return found;
}

// The beginning of a mark of one word, as it is written: MẬ.
std::optional<std::string> cut_off(std::string_view text, const SecrecyRules& rules) {
  const std::vector<std::string> characters = split_characters(text);
  const bool marked =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  for (const std::string& mark : rules.marks) {
    if (marked && characters.size() > 1 && mark.starts_with(text) && mark.find(' ') == std::string::npos) {
      return mark;
    }
  }
  return std::nullopt;
}

struct Cases {
  int capitals = 0;
  int small = 0;
};

Cases cases_of(std::string_view text) {
  Cases cases;
  for (const std::string& character : split_characters(text)) {
    if (is_letter(character)) {
      ++(is_upper(character) ? cases.capitals : cases.small);
    }
  }
  return cases;
}

// But for a letter in six, which a stroke made small.
bool nearly_in_capitals(std::string_view text) {
  const Cases cases = cases_of(text);
  return cases.capitals > 0 && cases.small * 5 <= cases.capitals;
}

// As a stamp is, or begins with a word that none but a mark has: what it touches may read as small letters.
bool is_stamp_s_case(std::string_view text, const SecrecyRules& rules) {
  const std::string_view first = text.substr(0, text.find(' '));
  return nearly_in_capitals(text) ||
         (in_capitals(first) && comparable(first).size() >= long_word && first_of_mark({comparable(first)}, rules));
}

// Of words that stand apart.
std::optional<std::string> mark_apart(std::string_view text, const SecrecyRules& rules) {
  const std::vector<std::string> words = comparable_words(text);
  std::optional<std::string> found;
  for (const auto find : {first_of_mark, worn_first_of_mark, mark_worn_in_front, mark_worn_behind}) {
    found = found ? found : find(words, rules);
  }
  found = found ? found : worn_mark(text, StampShape::apart, rules);
  found = found ? found : worn_short_mark(text, rules);
  return found || words.size() != 1 ? found : short_but_for_end(comparable(text), rules);
}

// Of what print crosses.
std::optional<std::string> mark_in_frame(std::string_view text, const SecrecyRules& rules) {
  std::optional<std::string> found = mark_within(text, rules);
  found = found ? found : worn_mark(text, StampShape::framed, rules);
  for (const auto find : {mark_around, crossed_mark}) {
    found = found ? found : find(text, rules);
  }
  return found;
}

// A whole one, whatever a line of print made of few other words.
std::optional<std::string> mark_among_words(const std::vector<std::string>& words, const SecrecyRules& rules) {
  constexpr std::size_t most = 3;
  for (std::size_t i = 0; i < words.size() && words.size() <= most; ++i) {
    const auto is = [&](const std::string& word) { return comparable(word) == words[i]; };
    const auto is_before = [&](const std::string& word) { return i > 0 && comparable(word) == words[i - 1]; };
    const auto mark = std::find_if(rules.marks.begin(), rules.marks.end(), is);
    if (mark != rules.marks.end() && std::none_of(rules.after.begin(), rules.after.end(), is_before)) {
      return *mark;
    }
  }
  return std::nullopt;
}

// The nearest of the marks, or the one that the last word in a frame is, whatever a line of print made of the others. A
// short mark that lost a letter, or has another one and is not in capitals, is any short word.
std::optional<std::string> nearest_mark(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  const std::string letters = comparable(text);
  std::optional<std::string> found;
  std::size_t least = 3;
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    const std::size_t distance = edit_distance(letters, mark);
    const bool is_short = mark.size() < 5;
    const bool too_short = is_short && (letters.size() < mark.size() || (distance > 0 && !mostly_capitals(text)));
    if (distance <= (too_short ? 0 : may_differ(mark, shape)) && distance < least) {
      found = written;
      least = distance;
    }
  }
  found = found ? found : middle_of_mark(letters, shape, rules);
  found = found ? found : stem_ended_mark(text, rules);
  for (const auto find : {mark_of_strokes, mark_with_stem}) {
    found = found || shape == StampShape::bare ? found : find(text, rules);
  }
  if (found || shape == StampShape::bare) {
    return found;
  }
  if ((found = cut_off(text, rules))) {
    return found;
  }
  if (shape == StampShape::apart) {
    return mark_apart(text, rules);
  }
  if (shape == StampShape::framed && (found = mark_in_frame(text, rules))) {
    return found;
  }
  return mark_among_words(comparable_words(text), rules);
}

std::optional<std::string> mark_among_rules(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  if (auto mark = shape == StampShape::apart ? mark_among_scraps(text, rules) : std::nullopt) {
    return mark;
  }
  std::vector<std::string> readings{std::string(text)};
  if (std::string unruled = without_rules(text); unruled != text) {
    readings.push_back(std::move(unruled));
  }
  for (const std::string& read : readings) {
    if (auto mark = nearest_mark(read, shape, rules);
        mark && (shape < StampShape::apart || is_stamp_s_case(read, rules))) {
      return mark;
    }
    const std::string letters = comparable(read);
    for (const std::string& side : rules.side_marks) {
      if (edit_distance(letters, comparable(side)) <= letters_off(letters.size())) {
        return side;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> comparable_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : split_words(std::string(text))) {
    if (std::string word = comparable(part); !word.empty()) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::string last_comparable_word(const std::string& text) {
  const std::vector<std::string> words = comparable_words(text);
  return words.empty() ? std::string() : words.back();
}

std::optional<std::string> first_of_mark(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    if (const std::vector<std::string> parts = comparable_words(mark);
        words.size() == 1 && parts.size() > 1 && parts[0] == words[0]) {
      return mark;
    }
  }
  return std::nullopt;
}

bool mostly_capitals(std::string_view text) {
  const Cases cases = cases_of(text);
  return cases.capitals > cases.small;
}

bool is_read_twice(const std::vector<std::string>& readings) {
  constexpr std::size_t by_chance = 1;  // letters
  const std::string first = comparable(readings.front());
  return first.size() > by_chance && std::any_of(readings.begin() + 1, readings.end(),
                                                 [&](const std::string& read) { return comparable(read) == first; });
}

std::optional<std::string> short_mark_worn_in_front(std::string_view text, const SecrecyRules& rules) {
  return short_mark(text, rules, [](const auto& read, const auto& own) {
    return is_upper(read[0]) && std::equal(own.begin() + 1, own.end(), read.begin() + 1);
  });
}

std::optional<std::string> mark_in_stamp(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  auto mark = mark_among_rules(text, shape, rules);
  return mark && begins_other_stamp(text, rules) ? std::nullopt : mark;
}

bool is_near_mark(const std::string& word, const std::vector<std::string>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
    const std::vector<std::string> words = comparable_words(mark);
    return std::any_of(words.begin(), words.end(), [&](const std::string& one) {
      return one.size() == word.size() && edit_distance(one, word) <= 1;
    });
  });
}

}  // namespace sohoa
