// SPDX-License-Identifier: Apache-2.0
#include "core/name_votes.hpp"

#include "core/letters.hpp"
#include "core/person_name.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace sohoa {
namespace {

constexpr double least_votes = 1.8;   // for an end
constexpr double least_weight = 0.2;  // of what was read, however badly
constexpr double known_weight = 1.5;  // of a word that names have
constexpr double other_marks = 0.7;   // of a word that differs in marks from one that names have
constexpr double ahead = 1.15;        // of what the line has
constexpr double hardly_read = 0.5;
constexpr double sure_end = 0.85;  // of a name's last word that a longer name may change
constexpr double guessed = 0.7;    // and less sure, of a word told where nobody read it
constexpr double doubted = 0.3;    // where the search says otherwise, for then hardly one in ten is right
constexpr double says = 0.25;      // its certainty
constexpr double off = 0.5;        // of a word's width that its ends may be elsewhere

const OcrWord* word_there(const SeenLine& reading, const Box& box) {
  const double most = off * (box.right - box.left);
  for (const SeenWord& seen : reading.words) {
    if (std::abs(seen.word.box.left - box.left) < most && std::abs(seen.word.box.right - box.right) < most) {
      return &seen.word;
    }
  }
  return nullptr;
}

struct Vote {
  double sum = 0;
  double surest = 0;
};

void vote(std::map<std::string, Vote>& votes, const OcrWord& word, const std::vector<std::string>& list) {
  const std::string core = parts_of(word.text).core;
  const auto count = [&](const std::string& text, double weight) {
    votes[text].sum += weight;
    votes[text].surest = std::max(votes[text].surest, std::min(weight, word.confidence));
  };
  const double sure = std::max(word.confidence, least_weight);
  if (std::find(list.begin(), list.end(), core) != list.end()) {
    count(core, sure * known_weight);
    return;
  }
  if (const auto like = meant_by(word, list)) {
    count(like->text, sure * like->certainty);
  } else if (is_name_word(core)) {
    count(core, sure);
    if (const auto listed = listed_with_other_marks(core, list)) {
      count(*listed, sure * other_marks);
    }
  }
}

bool is_guess(const SeenWord& seen) { return seen.word.confidence < guessed; }

// Whether one of the guesses from `first` on is no word of the name that was found.
bool is_found_otherwise(const std::vector<SeenWord>& words, std::size_t first, const FoundName& found) {
  const auto is_found = [&found](const SeenWord& seen) {
    return std::any_of(found.line.words.begin(), found.line.words.end(),
                       [&seen](const SeenWord& other) { return other.word.text == seen.word.text; });
  };
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(),
                     [&](const SeenWord& seen) { return is_guess(seen) && !is_found(seen); });
}

// Whether the found name has all that was read of the words from `first` on in their order, and more: a word between
// them, or the rest of one of which the first letters were read.
bool has_all_and_more(const FoundName& found, const std::vector<SeenWord>& words, std::size_t first) {
  const std::vector<SeenWord>& told = found.line.words;
  std::size_t next = first;
  bool more = told.size() > words.size() - first;
  for (const SeenWord& seen : told) {
    if (next < words.size() && seen.word.text.starts_with(words[next].word.text)) {
      more = more || seen.word.text != words[next].word.text;
      ++next;
    }
  }
  return next == words.size() && more;
}

// Whether the name says more than the words from `first` on, or they say nothing.
bool is_better(const FoundName& found, const std::vector<SeenWord>& words, std::size_t first, bool otherwise) {
  const std::vector<SeenWord>& told = found.line.words;
  const std::size_t count = words.size() - first;
  const bool is_longer = told.size() > count;
  if (count >= 2 && has_all_and_more(found, words, first)) {
    return found.is_possible() || found.is_certain();
  }
  const std::string& end = told.back().word.text;
  const std::string& read = words.back().word.text;
  const bool same_letters = comparable(end) == comparable(read);
  const bool unsure_end = is_longer && words.back().word.confidence < sure_end && found.is_possible();
  if (end != read && !(same_letters && (unsure_end || (found.is_sure() && found.is_certain())))) {
    return false;
  }
  constexpr std::size_t short_name = 2;  // few names have no middle one
  const auto less_sure = [](const SeenWord& a, const SeenWord& b) { return a.word.confidence < b.word.confidence; };
  const double least =
      std::min_element(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(), less_sure)->word.confidence;
  // A rank's letters were taken for a name's, or there is no name.
  const bool is_none = found.after_rank || count < short_name || least < hardly_read;
  return (is_none && found.is_likely()) || (((is_longer && count <= short_name) || otherwise) && found.is_possible()) ||
         found.is_sure() || (least < guessed && found.is_certain());
}

}  // namespace

NamePart ending_of(const SeenLine& again, const SeenLine& line) {
  const OcrWord& last = line.words.back().word;
  NamePart ending;
  for (const SeenWord& seen : again.words) {
    const bool begins = seen.word.text.starts_with(last.text) && seen.word.box.left < last.box.right &&
                        seen.word.box.right > last.box.left;
    if (!begins && ending.words.empty()) {
      continue;
    }
    if (!is_name_word(seen.word.text) || seen.word.confidence < sure_name_word) {
      break;
    }
    ending.words.push_back(seen);
    ending.key += seen.word.text + " ";
    ending.certainty = std::max(ending.certainty, seen.word.confidence);
  }
  return ending.key.size() > last.text.size() + 1 ? ending : NamePart();
}

void EndingVotes::add(NamePart part) {
  if (part.words.empty()) {
    return;
  }
  Vote& vote = m_votes[part.key];
  vote.sum += part.certainty;
  if (part.certainty > vote.surest.certainty) {
    vote.surest = std::move(part);
  }
}

NamePart EndingVotes::winner() const {
  const auto best = std::max_element(m_votes.begin(), m_votes.end(),
                                     [](const auto& a, const auto& b) { return a.second.sum < b.second.sum; });
  return best == m_votes.end() || best->second.sum < least_votes ? NamePart() : best->second.surest;
}

std::size_t complete(SeenLine& line, std::size_t known, NamePart beginning, NamePart ending) {
  std::size_t first = known;
  std::vector<SeenWord>& words = line.words;
  if (!ending.words.empty() && words.size() + ending.words.size() <= known + longest_name + 1) {
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

bool all_say(const std::vector<SeenLine>& readings, const SeenLine& line, std::size_t first) {
  for (const SeenLine& reading : readings) {
    for (std::size_t i = first; i < line.words.size(); ++i) {
      const OcrWord* word = word_there(reading, line.words[i].word.box);
      if (word == nullptr || word->text != line.words[i].word.text) {
        return false;
      }
    }
  }
  return true;
}

void settle(SeenLine& line, std::size_t first, const std::vector<SeenLine>& readings,
            const std::vector<std::string>& list) {
  for (std::size_t i = first; i < line.words.size(); ++i) {
    OcrWord& own = line.words[i].word;
    std::map<std::string, Vote> votes;
    vote(votes, own, list);
    for (const SeenLine& reading : readings) {
      if (const OcrWord* word = word_there(reading, own.box)) {
        vote(votes, *word, list);
      }
    }
    const auto best = std::max_element(votes.begin(), votes.end(),
                                       [](const auto& a, const auto& b) { return a.second.sum < b.second.sum; });
    if (best == votes.end() || best->first == own.text || best->second.sum < sure_name_word ||
        best->second.sum < ahead * votes[own.text].sum) {
      continue;
    }
    if (own.read.empty()) {
      own.read = own.text;
    }
    own.text = best->first;
    own.confidence = best->second.surest;
  }
}

std::size_t name_from(const SeenLine& line, std::size_t first) {
  first = std::min(first, line.words.size());
  while (first > 0 && is_name_word(line.words[first - 1].word.text)) {
    --first;
  }
  return first;
}

bool may_be_told_otherwise(const SeenLine& line, std::size_t first) {
  return lacks_word(line, first) ||
         std::any_of(line.words.begin() + static_cast<std::ptrdiff_t>(std::min(first, line.words.size())),
                     line.words.end(), [](const SeenWord& seen) { return seen.word.confidence < sure_name_word; });
}

void replace_name(SeenLine& line, std::size_t first, std::optional<FoundName> found) {
  std::vector<SeenWord>& words = line.words;
  if (!found || first >= words.size() || found->line.words.size() < 2) {
    return;
  }
  const bool otherwise = is_found_otherwise(words, first, *found);
  if (!is_better(*found, words, first, otherwise)) {
    for (std::size_t i = first; otherwise && found->certainty >= says && i < words.size(); ++i) {
      double& confidence = words[i].word.confidence;
      confidence = is_guess(words[i]) ? std::min(confidence, doubted) : confidence;
    }
    return;
  }
  std::vector<SeenWord>& told = found->line.words;
  while (first > 0 && words[first - 1].word.box.right > told.front().word.box.left) {
    --first;
  }
  if (told.back().word.text == words.back().word.text) {
    told.back() = words.back();
  } else {
    told.back().word.box = words.back().word.box;
  }
  const Box box = box_of(words, first);
  const double width = (told.back().word.box.left - box.left) / static_cast<double>(told.size() - 1);
  for (std::size_t i = 0; i + 1 < told.size(); ++i) {
    const double left = box.left + width * static_cast<double>(i);
    told[i].word.box = {left, box.top, left + width, box.bottom};
  }
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
  words.insert(words.end(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
}

}  // namespace sohoa
