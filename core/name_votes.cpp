// SPDX-License-Identifier: Apache-2.0
#include "core/name_votes.hpp"

#include "core/letters.hpp"
#include "core/person_name.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace sohoa {
namespace {

constexpr double sure_word = 0.8;
constexpr double nearly_same = 0.8;   // to a listed name, of a word that may be one that is not listed
constexpr double least_weight = 0.2;  // of what was read, however badly
constexpr double known_weight = 1.5;  // of a word that names have
constexpr double ahead = 1.15;        // of what the line has
constexpr double off = 0.5;           // of a word's width that its ends may be elsewhere

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
  const bool may_be_rare = is_name_word(core);
  const auto like = may_be_rare && sure >= sure_word ? std::nullopt : name_word_like(core, list);
  if (like && like->certainty >= (may_be_rare ? nearly_same : 0)) {
    count(like->text, sure * like->certainty);
  } else if (may_be_rare) {
    count(core, sure);
  }
}

}  // namespace

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
    if (best == votes.end() || best->first == own.text || best->second.sum < sure_word ||
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

}  // namespace sohoa
