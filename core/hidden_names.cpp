// SPDX-License-Identifier: Apache-2.0
#include "core/hidden_names.hpp"

#include "core/letters.hpp"
#include "core/person_name.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

constexpr double sure_word = 0.8;
constexpr std::size_t longest = 5;      // words of a name
constexpr std::size_t most_before = 4;  // a rank, or what became of the name's first words
// In heights of the line:
constexpr double below_mark = 2;
constexpr double below_title = 18;
constexpr double reach = 8;  // of what is hidden
constexpr double off_middle = 1;
constexpr double end_reach = 4;
constexpr double margin = 0.4;

constexpr double highest_in_mark = 0.3;  // of the mark's height
constexpr double least_votes = 1.8;      // of names told by less, on 160 papers, none was right
constexpr double least_certain = 0.65;   // of a word that is kept where a seal lies

// Where the surely read end of a name begins, the line's number of words where there is none.
std::size_t known_end(const std::vector<SeenWord>& words) {
  std::size_t first = words.size();
  while (first > 0 && words[first - 1].word.confidence >= sure_word && is_name_word(words[first - 1].word.text)) {
    --first;
  }
  return words.size() - first <= longest ? first : words.size();
}

Box box_of(const std::vector<SeenWord>& words, std::size_t first) {
  Box box = words[first].word.box;
  for (std::size_t i = first + 1; i < words.size(); ++i) {
    box = united(box, words[i].word.box);
  }
  return box;
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

bool in_capitals(const SeenLine& line) {
  int letters = 0;
  for (const SeenWord& seen : line.words) {
    for (const std::string& letter : split_characters(seen.word.text)) {
      letters += !is_letter(letter) ? 0 : is_upper(letter) ? 1 : -2;
    }
  }
  return letters > 2;
}

// How far left a name begins that ends there and is centred below its title; nothing without a title.
std::optional<double> left_below_title(const SeenPage& page, const Box& name) {
  const double height = height_of(name);
  std::optional<double> left;
  for (const SeenLine& line : page.lines) {
    const Box& title = line.line.box;
    if (title.bottom < name.top && name.top - title.bottom < below_title * height && title.left < name.right &&
        title.right > name.left - reach * height && in_capitals(line)) {
      const double mirrored = std::max(title.left + title.right - name.right, name.left - reach * height);
      left = left ? std::min(*left, mirrored) : mirrored;
    }
  }
  return left;
}

// The words of a line left of a place, less the signs that a pen's strokes are read as; or parted there.
std::vector<SeenWord> words_before(double left, const SeenLine& line, bool part_at_signs) {
  std::vector<SeenWord> words;
  for (const SeenWord& seen : line.words) {
    if (seen.word.box.left + seen.word.box.right >= 2 * left) {
      continue;
    }
    bool begins = true;
    for (const std::string& letter : split_characters(seen.word.text)) {
      if (!is_letter(letter)) {
        begins = begins || part_at_signs;
        continue;
      }
      if (std::exchange(begins, false)) {
        words.push_back(seen);
        words.back().word.text.clear();
      }
      words.back().word.text += letter;
    }
  }
  return words;
}

// Of the words, `most` of which belong to the name, the one that is nearest to a family name, and what follows it.
NamePart beginning_among(std::vector<SeenWord> words, std::size_t most, const std::vector<std::string>& surnames) {
  ToldName told;
  std::size_t at = words.size();
  for (std::size_t i = words.size() - std::min(words.size(), most); i < words.size(); ++i) {
    const auto like = family_name_like(words[i].word.text, surnames);
    if (like && like->certainty > told.certainty) {
      told = *like;
      at = i;
    }
  }
  if (at == words.size()) {
    return {};
  }
  OcrWord& surname = words[at].word;
  if (surname.text != told.text) {
    surname.read = std::exchange(surname.text, told.text);
  }
  for (std::size_t i = at; i < words.size(); ++i) {
    words[i].word.confidence = std::max(least_certain, std::min(words[i].word.confidence, told.certainty));
  }
  // What is left before it is a rank, what follows it a name.
  const double begin = surname.box.left;
  std::erase_if(words, [begin](const SeenWord& seen) {
    return seen.word.box.left < begin ? seen.word.confidence < sure_word
                                      : !is_name_word(seen.word.text) || characters(seen.word.text) < 2;
  });
  return {std::move(words), told.text, told.certainty};
}

}  // namespace

std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks,
                                     const std::vector<std::string>& surnames) {
  std::vector<HiddenName> names;
  for (std::size_t i = 0; i < page.lines.size() && !surnames.empty(); ++i) {
    const std::vector<SeenWord>& words = page.lines[i].words;
    const std::size_t known = known_end(words);
    if (known == words.size() || known > most_before) {
      continue;
    }
    const Box name = box_of(words, known);
    if (std::none_of(marks.begin(), marks.end(), [&](const OcrMark& mark) { return may_hide(mark, name); })) {
      continue;
    }
    const double height = height_of(name);
    const std::optional<double> left = left_below_title(page, name);
    const std::size_t count = words.size() - known;
    const bool begun =
        count > 1 && std::find(surnames.begin(), surnames.end(), words[known].word.text) != surnames.end();
    const bool pen =
        std::any_of(marks.begin(), marks.end(), [&](const OcrMark& mark) { return crosses_end(mark, name); });
    const double begin = std::min(left.value_or(name.left - reach * height), name.left);
    names.push_back(
        {i,
         known,
         {std::max(0.0, begin - margin * height), name.top, name.right + (pen ? end_reach * height : 0), name.bottom},
         !begun || (count <= 2 && left && *left <= name.left - off_middle * height),
         pen});
  }
  return names;
}

std::vector<NameLook> name_looks(const HiddenName& name) {
  if (name.begins_hidden) {
    return {NameLook::ink, NameLook::all, NameLook::without_thin, NameLook::bold};
  }
  return name.ends_hidden ? std::vector{NameLook::ink, NameLook::all} : std::vector<NameLook>();
}

NamePart beginning_of(const SeenLine& again, const SeenLine& line, std::size_t known,
                      const std::vector<std::string>& surnames) {
  const double left = line.words[known].word.box.left;
  const std::size_t most = longest - std::min(longest, line.words.size() - known);
  NamePart whole = beginning_among(words_before(left, again, false), most, surnames);
  NamePart parted = beginning_among(words_before(left, again, true), most, surnames);
  return parted.certainty > whole.certainty ? std::move(parted) : std::move(whole);
}

NamePart ending_of(const SeenLine& again, const SeenLine& line) {
  const OcrWord& last = line.words.back().word;
  NamePart ending;
  for (const SeenWord& seen : again.words) {
    const bool begins = seen.word.text.starts_with(last.text) && seen.word.box.left < last.box.right &&
                        seen.word.box.right > last.box.left;
    if (!begins && ending.words.empty()) {
      continue;
    }
    if (!is_name_word(seen.word.text) || seen.word.confidence < sure_word) {
      break;
    }
    ending.words.push_back(seen);
    ending.key += seen.word.text + " ";
    ending.certainty = std::max(ending.certainty, seen.word.confidence);
  }
  return ending.key.size() > last.text.size() + 1 ? ending : NamePart();
}

void NameVotes::add(NamePart part) {
  if (part.words.empty()) {
    return;
  }
  Vote& vote = m_votes[part.key];
  vote.sum += part.certainty;
  if (part.certainty > vote.surest.certainty) {
    vote.surest = std::move(part);
  }
}

bool NameVotes::agree() const { return m_votes.size() == 1 && m_votes.begin()->second.sum >= least_votes; }

NamePart NameVotes::winner() const {
  const auto best = std::max_element(m_votes.begin(), m_votes.end(),
                                     [](const auto& a, const auto& b) { return a.second.sum < b.second.sum; });
  return best == m_votes.end() || best->second.sum < least_votes ? NamePart() : best->second.surest;
}

void complete(SeenLine& line, std::size_t known, NamePart beginning, NamePart ending) {
  std::vector<SeenWord>& words = line.words;
  if (!ending.words.empty() && words.size() + ending.words.size() <= known + longest + 1) {
    words.pop_back();
    words.insert(words.end(), std::make_move_iterator(ending.words.begin()),
                 std::make_move_iterator(ending.words.end()));
  }
  if (!beginning.words.empty()) {
    const double left = beginning.words.front().word.box.left;
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(known);
    const auto begin =
        std::find_if(words.begin(), end, [left](const SeenWord& seen) { return seen.word.box.right > left; });
    words.insert(words.erase(begin, end), std::make_move_iterator(beginning.words.begin()),
                 std::make_move_iterator(beginning.words.end()));
  }
  line.line.box.left = std::min(line.line.box.left, words.front().word.box.left);
  line.line.box.right = std::max(line.line.box.right, words.back().word.box.right);
  for (SeenWord& seen : words) {
    seen.glyphs.clear();
  }
}

}  // namespace sohoa
