// SPDX-License-Identifier: Apache-2.0
#include "core/hidden_names.hpp"

#include "core/letters.hpp"
#include "core/person_name.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

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

constexpr double before = 0.65;  // of a word's width that stands before another
constexpr double half_height = 0.5;

constexpr double highest_in_mark = 0.3;  // of the mark's height
constexpr double least_votes = 1.8;      // of names told by less, on 160 papers, none was right
constexpr double whole_word = 0.93;      // of a name's last word that a pen goes over
constexpr double passed_over = 0.1;      // for each word before that might be the family name
constexpr std::size_t least_readings = 3;
constexpr double rarer = 0.003;  // each place down the list of surnames
constexpr double sure_name = 0.9;
constexpr double sure_margin = 0.2;
constexpr double least_likeness = 0.65;  // and lead, weighed
constexpr double lead_weight = 2;
constexpr double least_certainty = 0.35;
constexpr double rest_weight = 0.2;
constexpr double least_lead = 0.015;
constexpr double nearly_same = 0.8;     // to a listed name, of a word that may be one that is not listed
constexpr double least_certain = 0.65;  // of a word that is kept where a seal lies

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

bool in_capitals(const std::string& word) {
  const std::vector<std::string> letters = split_characters(word);
  return std::any_of(letters.begin(), letters.end(), is_upper) &&
         std::all_of(letters.begin(), letters.end(), [](const auto& l) { return !is_letter(l) || is_upper(l); });
}

// The words in capitals that end a line, which may begin with what stands left of a title: “Nơi nhận: GIÁM ĐỐC”.
std::optional<Box> title_of(const SeenLine& line) {
  constexpr std::size_t least_letters = 3;
  constexpr double gap = 1.5;  // of the words' height parts the columns
  std::optional<Box> title;
  std::size_t letters = 0;
  for (std::size_t i = line.words.size(); i-- > 0;) {
    const OcrWord& word = line.words[i].word;
    if (!in_capitals(word.text) || (title && title->left - word.box.right > gap * height_of(word.box))) {
      break;
    }
    title = title ? united(*title, word.box) : word.box;
    letters += characters(parts_of(word.text).core);
  }
  return letters >= least_letters ? title : std::nullopt;
}

// How far left a name begins that ends there and is centred below its title; nothing without a title. Of several lines
// of a title, which may be cut by the seal or run into it, what the middle one says.
std::optional<double> left_below_title(const SeenPage& page, const Box& name) {
  const double height = height_of(name);
  std::vector<double> lefts;
  for (const SeenLine& line : page.lines) {
    const std::optional<Box> title = title_of(line);
    if (title && title->bottom < name.top && name.top - title->bottom < below_title * height &&
        title->left < name.right && title->right > name.left - reach * height) {
      lefts.push_back(title->left + title->right - name.right);
    }
  }
  if (lefts.empty()) {
    return std::nullopt;
  }
  const auto middle = lefts.begin() + static_cast<std::ptrdiff_t>((lefts.size() - 1) / 2);
  std::nth_element(lefts.begin(), middle, lefts.end());
  return *middle;
}

// The words of a line left of a place, less the signs that a pen's strokes are read as; or parted there.
std::vector<SeenWord> words_before(double left, const SeenLine& line, bool part_at_signs) {
  std::vector<SeenWord> words;
  for (const SeenWord& seen : line.words) {
    if (seen.word.box.left + (seen.word.box.right - seen.word.box.left) * before >= left) {
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

// A word that is none of a name's becomes the name's that it is near to.
void name_by_list(OcrWord& word, const std::vector<std::string>& list) {
  if (is_name_word(word.text) && word.confidence >= sure_word) {
    return;
  }
  const double least = is_name_word(word.text) ? nearly_same : 0;
  if (const auto like = name_word_like(word.text, list); like && like->certainty >= least && like->text != word.text) {
    word.read = std::exchange(word.text, like->text);
    word.confidence = std::max(least_certain, std::min(word.confidence, like->certainty));
  }
}

// The share of the words after the one at `way.second` that are in the list, or nearly.
double listed(const std::pair<std::vector<SeenWord>, std::size_t>& way, const std::vector<std::string>& list) {
  double found = 0;
  for (std::size_t i = way.second + 1; i < way.first.size(); ++i) {
    OcrWord word = way.first[i].word;
    name_by_list(word, list);
    found += std::find(list.begin(), list.end(), word.text) != list.end() ? 1 : 0;
  }
  return found / static_cast<double>(std::max<std::size_t>(1, way.first.size() - way.second - 1));
}

bool has_words_of(const SeenLine& whole, const SeenLine& part) {
  return std::all_of(part.words.begin(), part.words.end(), [&](const SeenWord& seen) {
    return std::any_of(whole.words.begin(), whole.words.end(),
                       [&](const SeenWord& other) { return other.word.text == seen.word.text; });
  });
}

}  // namespace

std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks,
                                     const std::vector<std::string>& surnames) {
  std::vector<HiddenName> names;
  for (std::size_t i = 0; i < page.lines.size() && !surnames.empty(); ++i) {
    const std::vector<SeenWord>& words = page.lines[i].words;
    std::size_t known = known_end(words);
    if (known == words.size() || known > most_before) {
      continue;
    }
    Box name = box_of(words, known);
    if (std::none_of(marks.begin(), marks.end(), [&](const OcrMark& mark) { return may_hide(mark, name); })) {
      continue;
    }
    const double height = height_of(name);
    const std::optional<double> left = left_below_title(page, name);
    const std::size_t count = words.size() - known;
    const bool begun =
        count > 1 && std::find(surnames.begin(), surnames.end(), words[known].word.text) != surnames.end();
    // In its place, so that its first word is what is left of the family name: Trị.
    if (!begun && count > 1 && left && *left > name.left - off_middle * height) {
      ++known;
      name = box_of(words, known);
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

NameBeginnings::NameBeginnings(const HiddenName& name, const SeenLine& line, const NameLists& lists)
    : m_lists(lists),
      m_surnames(lists.surnames.data(), std::min(common_surnames, lists.surnames.size())),
      m_most(longest - std::min(longest, line.words.size() - name.known)) {
  std::string text;
  for (std::size_t i = name.known; i < line.words.size(); ++i) {
    text += (text.empty() ? "" : " ") + line.words[i].word.text;
  }
  const Box known = box_of(line.words, name.known);
  m_right = known.left;
  if (name.left && (!name.ends_hidden || line.words.back().word.confidence >= whole_word)) {
    m_em = (known.right - known.left) / print_width(text);
    m_room = (known.left - *name.left) / m_em;
  }
}

void NameBeginnings::add(const SeenLine& again) {
  Reading reading;
  for (const bool part_at_signs : {false, true}) {
    std::vector<SeenWord> words = words_before(m_right, again, part_at_signs);
    for (std::size_t i = words.size() - std::min(words.size(), m_most); i < words.size(); ++i) {
      double room = m_room - print_width(" ");
      for (std::size_t k = i + 1; k < words.size(); ++k) {
        room -= print_width(words[k].word.text + " ");
      }
      std::vector<double> like = likeness(words[i].word.text, m_surnames, m_em > 0 ? std::max(room, 0.01) : 0);
      const auto passed =
          std::count_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i),
                        [](const auto& w) { return is_name_word(w.word.text) && characters(w.word.text) > 1; });
      for (double& one : like) {
        one -= passed_over * static_cast<double>(passed);
      }
      reading.take(like, words, i);
    }
  }
  if (!reading.ways.empty()) {
    m_readings.push_back(std::move(reading));
  }
}

void NameBeginnings::Reading::take(const std::vector<double>& like, const std::vector<SeenWord>& words, std::size_t i) {
  surest.resize(like.size(), {0, ways.size()});
  for (std::size_t k = 0; k < like.size(); ++k) {
    if (like[k] > surest[k].first) {
      surest[k] = {like[k], ways.size()};
    }
  }
  ways.emplace_back(words, i);
}

NameBeginnings::Told NameBeginnings::told() const {
  Told told;
  std::vector<double> sums(m_surnames.size());
  for (std::size_t k = 0; k < sums.size(); ++k) {
    for (const Reading& reading : m_readings) {
      sums[k] += reading.surest[k].first / static_cast<double>(m_readings.size());
    }
    sums[k] -= rarer * static_cast<double>(k);
  }
  const auto best = std::max_element(sums.begin(), sums.end());
  if (m_readings.size() < 2) {
    return told;
  }
  told.surname = static_cast<std::size_t>(best - sums.begin());
  told.certainty = *best;
  double next = 0;
  for (std::size_t k = 0; k < sums.size(); ++k) {
    if (comparable(m_surnames[k]) != comparable(m_surnames[told.surname])) {
      next = std::max(next, sums[k]);
    }
  }
  told.margin = *best - next;
  return told;
}

bool NameBeginnings::agree() const {
  const Told found = told();
  return found.certainty >= sure_name && found.margin >= sure_margin;
}

NamePart NameBeginnings::winner() const {
  const Told found = told();
  const bool few = m_readings.size() < least_readings && !agree();
  if (few || found.margin < least_lead || found.certainty < least_certainty ||
      found.certainty + lead_weight * found.margin < least_likeness) {
    return {};
  }
  // That is likest to the name, and of those nearly as like the one that has words of names behind it.
  const auto worth = [&](const Reading& reading) {
    const auto& [like, way] = reading.surest[found.surname];
    return like + (way < reading.ways.size() ? rest_weight * listed(reading.ways[way], m_lists.words) : 0);
  };
  const auto as_sure = [&](const Reading& a, const Reading& b) { return worth(a) < worth(b); };
  const Reading& surest = *std::max_element(m_readings.begin(), m_readings.end(), as_sure);
  const auto& [likeness_there, way] = surest.surest[found.surname];
  auto [words, at] = surest.ways[way];
  const double certainty = std::min(found.certainty, likeness_there);
  OcrWord& surname = words[at].word;
  if (surname.text != m_surnames[found.surname]) {
    surname.read = std::exchange(surname.text, m_surnames[found.surname]);
  }
  for (std::size_t i = at; i < words.size(); ++i) {
    words[i].word.confidence = std::max(least_certain, std::min(words[i].word.confidence, certainty));
    if (i > at) {
      name_by_list(words[i].word, m_lists.words);
    }
  }
  // What is left before it is a rank, what follows it a name.
  const double begin = surname.box.left;
  std::erase_if(words, [begin](const SeenWord& seen) {
    return seen.word.box.left < begin ? seen.word.confidence < sure_word
                                      : !is_name_word(seen.word.text) || characters(seen.word.text) < 2;
  });
  return {std::move(words), m_surnames[found.surname], certainty};
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

NamePart NameVotes::winner() const {
  const auto best = std::max_element(m_votes.begin(), m_votes.end(),
                                     [](const auto& a, const auto& b) { return a.second.sum < b.second.sum; });
  return best == m_votes.end() || best->second.sum < least_votes ? NamePart() : best->second.surest;
}

std::size_t complete(SeenLine& line, std::size_t known, NamePart beginning, NamePart ending) {
  std::size_t first = known;
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
    first = static_cast<std::size_t>(begin - words.begin());
    words.insert(words.erase(begin, end), std::make_move_iterator(beginning.words.begin()),
                 std::make_move_iterator(beginning.words.end()));
  }
  line.line.box.left = std::min(line.line.box.left, words.front().word.box.left);
  line.line.box.right = std::max(line.line.box.right, words.back().word.box.right);
  for (SeenWord& seen : words) {
    seen.glyphs.clear();
  }
  return first;
}

void drop_parts_of_names(SeenPage& page, const std::vector<HiddenName>& names) {
  std::vector<bool> is_part(page.lines.size(), false);
  for (const HiddenName& name : names) {
    const SeenLine& whole = page.lines[name.line];
    const double more = half_height * height_of(whole.line.box);
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
    if (!is_part[i]) {
      continue;
    }
    if (page.lines[i].begins_block && i + 1 < page.lines.size() && !page.lines[i + 1].begins_block) {
      page.lines[i + 1].begins_block = true;
    }
    page.lines.erase(page.lines.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace sohoa
