// SPDX-License-Identifier: Apache-2.0
#include "core/name_beginning.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <numeric>

namespace sohoa {
namespace {

constexpr double before = 0.65;      // of a word's width that stands before another
constexpr double whole_word = 0.93;  // of a name's last word that a pen goes over
constexpr double passed_over = 0.1;  // for each word before that might be the family name
constexpr double rarer = 0.003;      // each place down the list of surnames
constexpr double rest_weight = 0.2;  // of words that follow, beside the family name's likeness

// Of 110 names of 360 papers these part those that were told rightly from the others, but for two.
constexpr double least_likeness = 0.65;  // and lead, weighed
constexpr double lead_weight = 2;
constexpr double least_lead = 0.03;
constexpr double least_certainty = 0.35;
constexpr std::size_t least_readings = 3;
constexpr double sure_name = 0.9;
constexpr double sure_lead = 0.2;

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

}  // namespace

NameBeginnings::NameBeginnings(const HiddenName& name, const SeenLine& line, const NameLists& lists)
    : m_lists(lists),
      m_surnames(lists.surnames.data(), std::min(common_surnames, lists.surnames.size())),
      m_most(longest_name - std::min(longest_name, line.words.size() - name.known)) {
  std::string text;
  for (std::size_t i = name.known; i < line.words.size(); ++i) {
    text += (text.empty() ? "" : " ") + line.words[i].word.text;
  }
  m_right = line.words[name.known].word.box.left;
  if (name.left && (!name.ends_hidden || line.words.back().word.confidence >= whole_word)) {
    m_em = (line.words.back().word.box.right - m_right) / print_width(text);
    m_room = (m_right - *name.left) / m_em;
    m_width = m_room + print_width(text);
  }
}

// One that names have behind the family name, whose place it is not.
bool NameBeginnings::is_other_word(const OcrWord& word) const {
  return word.confidence >= sure_name_word &&
         std::find(m_lists.words.begin(), m_lists.words.end(), word.text) != m_lists.words.end() &&
         std::find(m_lists.surnames.begin(), m_lists.surnames.end(), word.text) == m_lists.surnames.end();
}

void NameBeginnings::add(const SeenLine& again) {
  Reading reading;
  for (const bool part_at_signs : {false, true}) {
    std::vector<SeenWord> words = words_before(m_right, again, part_at_signs);
    for (std::size_t i = words.size() - std::min(words.size(), m_most); i < words.size(); ++i) {
      if (is_other_word(words[i].word)) {
        continue;
      }
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
    std::vector<double> like;
    for (const Reading& reading : m_readings) {
      like.push_back(reading.surest[k].first);
    }
    // The better half: of what a stroke or a ring leaves, some looks see nothing.
    std::sort(like.rbegin(), like.rend());
    like.resize((like.size() + 1) / 2);
    sums[k] =
        std::accumulate(like.begin(), like.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, like.size())) -
        rarer * static_cast<double>(k);
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
  told.lead = *best - next;
  return told;
}

bool NameBeginnings::agree() const {
  const Told found = told();
  return found.certainty >= sure_name && found.lead >= sure_lead;
}

NamePart NameBeginnings::winner() const {
  const Told found = told();
  const bool few = m_readings.size() < least_readings && !agree();
  if (few || found.lead < least_lead || found.certainty < least_certainty ||
      found.certainty + lead_weight * found.lead < least_likeness) {
    return {};
  }
  // That is likest to the name, and of those nearly as like the one that has words of names behind it.
  const auto worth = [&](const Reading& reading) {
    const auto& [like, way] = reading.surest[found.surname];
    return like + rest_weight * listed(reading.ways[way], m_lists.words);
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
    words[i].word.confidence = std::max(least_likeness, std::min(words[i].word.confidence, certainty));
    if (i > at) {
      name_by_list(words[i].word, m_lists.words);
    }
  }
  // What is left before it is a rank, what follows it a name.
  const double begin = surname.box.left;
  std::erase_if(words, [begin](const SeenWord& seen) {
    return seen.word.box.left < begin ? seen.word.confidence < sure_name_word
                                      : !is_name_word(seen.word.text) || characters(seen.word.text) < 2;
  });
  return {std::move(words), m_surnames[found.surname], certainty};
}

}  // namespace sohoa
