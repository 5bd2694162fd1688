// SPDX-License-Identifier: Apache-2.0
#include "core/secrecy.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"
#include "core/vietnamese.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr double wide_gap = 1.6;     // of the line's height, between parts of a line that are not one
constexpr std::size_t id_part = 16;  // hex digits: no two documents share them

// A part of a line with wide gaps around it.
struct Segment {
  Box box;
  std::string text;
};

std::vector<Segment> segments_of(const OcrLine& line) {
  std::vector<Segment> segments;
  for (const OcrWord& word : line.words) {
    const double gap = wide_gap * std::min(height_of(line.box), height_of(word.box) * 1.5);
    if (segments.empty() || word.box.left - segments.back().box.right > gap) {
      segments.push_back({word.box, word.text});
    } else {
      segments.back().box = united(segments.back().box, word.box);
      segments.back().text += " " + word.text;
    }
  }
  return segments;
}

// A tilted mark comes as two lines, the second below the first and to the right or the left of it.
bool go_on(const Segment& first, const Segment& second) {
  const double height = height_of(first.box);
  const double down = second.box.top - first.box.top;
  return std::abs(down) < 2.5 * height && second.box.left < first.box.right + 3 * height &&
         second.box.right > first.box.left;
}

// Each comparable, those without letters left out.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : split_words(std::string(text))) {
    if (std::string word = comparable(part); !word.empty()) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::string last_word(const std::string& text) {
  const std::vector<std::string> words = words_of(text);
  return words.empty() ? std::string() : words.back();
}

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

// Letters of one stem are one letter: T has lost its bar where print was taken out.
std::string by_stems(std::string letters) {
  for (char& letter : letters) {
    letter = std::string_view("tlfj1").find(letter) != std::string_view::npos ? 'i' : letter == 'w' ? 'm' : letter;
  }
  return letters;
}

constexpr std::size_t long_word = 5;  // letters

// The mark whose first word stands alone: the second was cut off, or is too faint.
std::optional<std::string> first_of_mark(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    if (const std::vector<std::string> parts = words_of(mark);
        words.size() == 1 && parts.size() > 1 && parts[0] == words[0]) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark whose long first word stands alone and is worn by one letter, not by its last: TUYÊN is another word.
std::optional<std::string> worn_first_of_mark(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    const std::string first = by_stems(words_of(mark).front());
    if (words.size() == 1 && words_of(mark).size() > 1 && first.size() >= long_word) {
      const std::string word = by_stems(words[0]);
      if (word.ends_with(first.back()) && edit_distance(word, first) <= 1) {
        return mark;
      }
    }
  }
  return std::nullopt;
}

// The mark of which the last word is whole and the first is worn, two letters at most; a short one begins alike.
std::optional<std::string> mark_worn_in_front(const std::vector<std::string>& words, const SecrecyRules& rules) {
  for (const std::string& mark : rules.marks) {
    const std::vector<std::string> parts = words_of(mark);
    if (words.size() == 2 && parts.size() == 2 && words[1] == parts[1] && edit_distance(words[0], parts[0]) <= 2 &&
        (parts[0].size() >= long_word || words[0].front() == parts[0].front())) {
      return mark;
    }
  }
  return std::nullopt;
}

// The mark whose words come one after the other, the second one letter off at most. A long first word is enough.
std::optional<std::string> mark_in_two(const Segment& first, const std::vector<Segment>& below,
                                       const SecrecyRules& rules) {
  auto mark = in_capitals(first.text) ? first_of_mark(words_of(first.text), rules) : std::nullopt;
  if (!mark || comparable(first.text).size() >= long_word) {
    return mark;
  }
  const std::string second = last_word(*mark);
  const bool goes_on = std::any_of(below.begin(), below.end(), [&](const Segment& segment) {
    const std::vector<std::string> words = words_of(segment.text);
    return !words.empty() && edit_distance(words.front(), second) <= 1 && go_on(first, segment);
  });
  return goes_on ? mark : std::nullopt;
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
// word are left.
std::optional<std::string> middle_of_mark(const std::string& letters, const SecrecyRules& rules) {
  constexpr std::size_t fewest = 5;
  for (const std::string& written : rules.marks) {
    const std::size_t first = words_of(written).front().size();
    const std::size_t at = comparable(written).find(letters);
    if (words_of(written).size() > 1 && letters.size() >= fewest && at != std::string::npos && at + 2 <= first &&
        at + letters.size() >= first + 2) {
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

bool begins_another(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t beginning = 4;
  const std::string letters = comparable(text);
  return letters.size() >= beginning &&
         std::any_of(rules.others.begin(), rules.others.end(),
                     [&](const std::string& other) { return comparable(other).starts_with(letters); });
}

// One of the words that make another word of the mark stands right behind it, in whatever line it was read.
bool goes_on_as_word(const Segment& mark, const OcrPage& page, const SecrecyRules& rules) {
  const double height = height_of(mark.box);
  const std::vector<std::string> own = split_words(mark.text);
  const auto is_behind = [&](const OcrWord& word) {
    return std::find(own.begin(), own.end(), word.text) == own.end() && word.box.left > mark.box.left &&
           word.box.left < mark.box.right + height &&
           std::abs(middle_of(word.box) - middle_of(mark.box)) < height / 2 &&
           std::any_of(rules.before.begin(), rules.before.end(),
                       [&](const std::string& other) { return comparable(other) == comparable(word.text); });
  };
  return std::any_of(page.blocks.begin(), page.blocks.end(), [&](const OcrBlock& block) {
    return std::any_of(block.lines.begin(), block.lines.end(), [&](const OcrLine& line) {
      return std::any_of(line.words.begin(), line.words.end(), is_behind);
    });
  });
}

// The mark of two words that is left when such letters are taken for one another; none of them may be missing.
std::optional<std::string> worn_mark(std::string_view text, const SecrecyRules& rules) {
  const std::string letters = by_stems(comparable(text));
  for (const std::string& written : rules.marks) {
    const std::string mark = by_stems(comparable(written));
    const std::size_t fewest = mark.size() - mark.size() / 8;
    if (mark.size() >= 5 && letters.size() >= fewest && mostly_capitals(text) && edit_distance(letters, mark) <= 2) {
      return written;
    }
  }
  return std::nullopt;
}

// A mark with a long first word of which the beginning and the last letter are left.
std::optional<std::string> mark_around(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t beginning = 3;
  const std::string letters = comparable(text);
  for (const std::string& written : rules.marks) {
    const std::string mark = comparable(written);
    if (words_of(written).front().size() >= long_word && letters.size() + 2 >= mark.size() &&
        letters.size() <= mark.size() + 3 && letters.starts_with(mark.substr(0, beginning)) &&
        letters.back() == mark.back() && mostly_capitals(text)) {
      return written;
    }
  }
  return std::nullopt;
}

bool is_stem(const std::string& letter) {
  const std::string folded = comparable(letter);
  return folded.size() == 1 && by_stems(folded) == "i";
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
  const auto ends_at = [&](const std::string& letter) {
    return letter == vowel[1] || (is_stem(letter) && is_stem(vowel[1]));
  };
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

// The mark whose last word is in the text in that way only, of several the nearest.
std::optional<std::string> crossed_mark(std::string_view text, const SecrecyRules& rules) {
  const std::string letters = comparable(text);
  const std::vector<std::string> words = words_of(text);
  std::optional<std::string> found;
  for (const std::string& mark : rules.marks) {
    const bool is_whole = std::find(words.begin(), words.end(), last_word(mark)) != words.end();
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

// But for a letter in six, which a stroke made small.
bool nearly_in_capitals(std::string_view text) {
  const std::vector<std::string> letters = split_characters(text);
  const auto small = std::count_if(letters.begin(), letters.end(),
                                   [](const std::string& letter) { return is_letter(letter) && !is_upper(letter); });
  const auto capitals = std::count_if(letters.begin(), letters.end(), is_upper);
  return capitals > 0 && small * 6 <= capitals;
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
  if (found || (found = middle_of_mark(letters, rules)) || shape == StampShape::bare) {
    return found;
  }
  if ((found = cut_off(text, rules))) {
    return found;
  }
  const std::vector<std::string> words = words_of(text);
  if (shape == StampShape::apart) {
    auto part = first_of_mark(words, rules);
    for (const auto find : {worn_first_of_mark, mark_worn_in_front}) {
      part = part ? part : find(words, rules);
    }
    return part || words.size() != 1 ? part : short_but_for_end(letters, rules);
  }
  if (shape == StampShape::framed) {
    auto crossed = mark_within(text, rules);
    for (const auto find : {worn_mark, mark_around, crossed_mark}) {
      crossed = crossed ? crossed : find(text, rules);
    }
    if (crossed) {
      return crossed;
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto is = [&](const std::string& word) { return comparable(word) == words[i]; };
    const auto is_before = [&](const std::string& word) { return i > 0 && comparable(word) == words[i - 1]; };
    const auto mark = std::find_if(rules.marks.begin(), rules.marks.end(), is);
    if (mark != rules.marks.end() && words.size() < 4 &&
        std::none_of(rules.after.begin(), rules.after.end(), is_before)) {
      return *mark;
    }
  }
  return std::nullopt;
}

std::optional<std::string> mark_among_rules(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  std::vector<std::string> readings{std::string(text)};
  if (std::string unruled = without_rules(text); unruled != text) {
    readings.push_back(std::move(unruled));
  }
  for (const std::string& read : readings) {
    if (auto mark = nearest_mark(read, shape, rules); mark && (shape < StampShape::apart || nearly_in_capitals(read))) {
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

bool mostly_capitals(std::string_view text) {
  int capitals = 0;
  for (const std::string& character : split_characters(text)) {
    capitals += !is_letter(character) ? 0 : is_upper(character) ? 1 : -1;
  }
  return capitals > 0;
}

std::string described(const std::string& mark) {
  return mark == unread_mark ? "a stamp across its print that cannot be read" : "the secrecy mark " + mark;
}

Json to_json(const SecrecyRules& rules) {
  return Json{{"marks", rules.marks},   {"side_marks", rules.side_marks}, {"after", rules.after},
              {"before", rules.before}, {"others", rules.others},         {"where", rules.where}};
}

bool is_another_stamp(std::string_view text, const SecrecyRules& rules, std::size_t letters_off) {
  constexpr std::size_t fewest = 4;
  const std::string letters = comparable(text);
  return letters.size() >= fewest &&
         std::any_of(rules.others.begin(), rules.others.end(), [&](const std::string& other) {
           return edit_distance(comparable(other), letters) <= letters_off;
         });
}

std::optional<std::string> mark_in_stamp(std::string_view text, StampShape shape, const SecrecyRules& rules) {
  auto mark = mark_among_rules(text, shape, rules);
  return mark && begins_another(text, rules) ? std::nullopt : mark;
}

std::optional<std::string> mark_in_text(const OcrPage& page, const SecrecyRules& rules) {
  std::vector<Segment> above;  // of the line before
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      if (rules.where != "anywhere" && middle_of(line.box) > page.height / 2.0) {
        continue;
      }
      std::vector<Segment> segments = segments_of(line);
      const bool broken_off = std::any_of(above.begin(), above.end(), [&](const Segment& before) {
        const std::string last = last_word(before.text);
        return std::any_of(rules.after.begin(), rules.after.end(),
                           [&](const std::string& word) { return last == comparable(word); });
      });
      std::vector<Segment> places = segments;
      if (segments.size() == 2) {  // a faint word is read shorter than it is
        places.push_back({line.box, segments[0].text + " " + segments[1].text});
      }
      for (const Segment& segment : places) {
        auto mark = broken_off ? std::nullopt : mark_in_stamp(segment.text, StampShape::bare, rules);
        if (mark && !goes_on_as_word(segment, page, rules)) {
          return mark;
        }
      }
      for (const Segment& segment : above) {
        if (auto mark = mark_in_two(segment, segments, rules)) {
          return mark;
        }
      }
      above = std::move(segments);
    }
  }
  for (const Segment& segment : above) {
    if (auto mark = mark_in_two(segment, {}, rules)) {
      return mark;
    }
  }
  return std::nullopt;
}

bool is_secret(const Json& record) {
  return string_of(record, "status") == to_string(Status::quarantined) &&
         string_of(first_error(record), "id") == secret_mark_id;
}

std::string short_id(const std::string& id) { return id.substr(0, id_part); }

void make_secret(Document& document, std::size_t page, const std::string& mark) {
  Json& record = document.record();
  for (const char* key : {"fields", "dossier", "code", "pdf", "sidecars", "signatures", "problems"}) {
    record.erase(key);
  }
  record["pages"] = Json(document.page_count(), Json::object());
  document.add_problem(
      {Severity::error, std::string(secret_mark_id),
       "page " + std::to_string(page) + " bears " + described(mark) + ", so nothing of the document was copied or kept",
       "take the scans out of the inbox and deal with the paper as a secret one; if the mark is none, "
       "run again with --not-secret " +
           short_id(document.id()),
       page});
  document.set_status(Status::quarantined);
}

}  // namespace sohoa
