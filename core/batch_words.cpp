// SPDX-License-Identifier: Apache-2.0
#include "core/batch_words.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <set>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr double sure_word = 0.98;                         // right so often (core/confidence.hpp)
constexpr std::uint32_t least_pages = 3;                   // that say so, the pairs before and after the word together
constexpr double least_share = 0.9;                        // of all that say any of its readings
constexpr std::size_t most_pairs = std::size_t{1} << 20U;  // of a night's 20,000 pages; 64 MB

// A word's letters in lower case; empty for what is none: digits, signs and the letters that number points of a law,
// of which any may stand beside the same neighbours.
std::string token_of(const std::string& word) {
  const std::string core = parts_of(word).core;
  return characters(core) < 2 || has_digit(core) ? std::string() : to_lower(core);
}

bool is_sure(const OcrWord& word) { return word.confidence >= sure_word && word.read.empty(); }

// The neighbours of a line's word, each where it is sure and no sign parts the two; else empty.
struct Neighbours {
  std::string before;
  std::string after;
};

std::string linked(const OcrWord& first, const OcrWord& second, const OcrWord& neighbour) {
  const bool parted = !parts_of(first.text).after.empty() || !parts_of(second.text).before.empty();
  return parted || !is_sure(neighbour) ? std::string() : token_of(neighbour.text);
}

Neighbours neighbours_of(const std::vector<OcrWord>& words, std::size_t i) {
  return {i > 0 ? linked(words[i - 1], words[i], words[i - 1]) : "",
          i + 1 < words.size() ? linked(words[i], words[i + 1], words[i + 1]) : ""};
}

// `chosen` is one of the word's others.
void change(OcrWord& word, const std::string& chosen) {
  if (word.read.empty()) {
    word.read = word.text;
  } else if (word.read == chosen) {
    word.read.clear();
  }
  word.text = chosen;
}

}  // namespace

void BatchWords::learn(const OcrPage& page) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (std::size_t i = 1; i < line.words.size(); ++i) {
        const std::string first = linked(line.words[i - 1], line.words[i], line.words[i - 1]);
        const std::string second = is_sure(line.words[i]) ? token_of(line.words[i].text) : "";
        if (!first.empty() && !second.empty()) {
          pairs.emplace(first, second);
        }
      }
    }
  }
  const auto number_of = [&](const std::string& token) {
    return m_tokens.try_emplace(token, static_cast<std::uint32_t>(m_tokens.size() + 1)).first->second;
  };
  for (const auto& [first, second] : pairs) {
    const std::uint64_t pair = (std::uint64_t{number_of(first)} << 32U) | number_of(second);
    if (const auto known = m_pages_with.find(pair); known != m_pages_with.end()) {
      ++known->second;
    } else if (m_pages_with.size() < most_pairs) {
      m_pages_with.emplace(pair, 1);
    }
  }
}

std::uint32_t BatchWords::pages_with(const std::string& first, const std::string& second) const {
  const auto a = m_tokens.find(first);
  const auto b = m_tokens.find(second);
  if (a == m_tokens.end() || b == m_tokens.end()) {
    return 0;
  }
  const auto found = m_pages_with.find((std::uint64_t{a->second} << 32U) | b->second);
  return found == m_pages_with.end() ? 0 : found->second;
}

const std::string* BatchWords::better(const std::vector<OcrWord>& words, std::size_t i) const {
  const OcrWord& word = words[i];
  if (word.others.empty()) {
    return nullptr;
  }
  const Neighbours at = neighbours_of(words, i);
  const auto said = [&](const std::string& reading) {
    const std::string token = token_of(reading);
    const std::uint32_t before = at.before.empty() ? 0 : pages_with(at.before, token);
    const std::uint32_t after = at.after.empty() ? 0 : pages_with(token, at.after);
    const bool everywhere = (at.before.empty() || before > 0) && (at.after.empty() || after > 0);
    return std::pair(before + after, everywhere);
  };
  std::uint32_t all = said(word.text).first;
  std::uint32_t most = 0;
  const std::string* best = nullptr;
  for (const std::string& other : word.others) {
    const auto [pages, everywhere] = said(other);
    all += pages;
    if (everywhere && pages > most) {
      most = pages;
      best = &other;
    }
  }
  return most >= least_pages && most >= least_share * all ? best : nullptr;
}

std::size_t BatchWords::correct(OcrPage& page) const {
  std::size_t changed = 0;
  for (OcrBlock& block : page.blocks) {
    for (OcrLine& line : block.lines) {
      for (std::size_t i = 0; i < line.words.size(); ++i) {
        if (const std::string* chosen = better(line.words, i)) {
          change(line.words[i], *chosen);
          ++changed;
        }
      }
    }
  }
  return changed;
}

}  // namespace sohoa
