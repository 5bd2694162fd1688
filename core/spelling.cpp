// SPDX-License-Identifier: Apache-2.0
#include "core/spelling.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <vector>

namespace sohoa {
namespace {

constexpr std::size_t longest = 4;  // words of a name
constexpr double guessed = 0.97;    // of a value spelled as elsewhere
constexpr std::size_t most_keys = 20000;

std::string key_of(const std::string& text) {
  std::string key = comparable(text);
  std::erase(key, ' ');
  return key;
}

std::string capitalized(const std::string& word) {
  const std::size_t first = split_characters(word).front().size();
  return to_upper(word.substr(0, first)) + word.substr(first);
}

bool is_plain(const std::string& word) {
  return std::none_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 'A'; });
}

// As names stand in running text: headings in capitals are read no better than the one that is asked about.
bool is_name(const std::string& word) {
  return !word.empty() && is_plain(word) && word == capitalized(to_lower(word)) && word != to_lower(word);
}

}  // namespace

void Spelling::learn(const OcrPage& page) {
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (std::size_t first = 0; first < line.words.size(); ++first) {
        std::string text;
        double least = 1;
        for (std::size_t i = first; i < line.words.size() && i < first + longest; ++i) {
          const WordParts parts = parts_of(line.words[i].text);
          if (!is_name(parts.core) || (i > first && !parts.before.empty())) {
            break;
          }
          text += (text.empty() ? "" : " ") + to_lower(parts.core);
          least = std::min(least, line.words[i].confidence);
          if (i > first && m_spellings.size() < most_keys) {
            m_spellings[key_of(text)][text] += least;
          }
          if (!parts.after.empty()) {
            break;
          }
        }
      }
    }
  }
}

void Spelling::correct(FoundField& field) const {
  std::vector<std::string> words = split_words(field.value);
  bool corrected = false;
  for (std::size_t count = std::min(longest, words.size()); count > 0; --count) {
    for (std::size_t from = 0; from + count <= words.size(); ++from) {
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(from);
      const auto end = begin + static_cast<std::ptrdiff_t>(count);
      const std::string own = join_words(begin, end);
      if (!std::all_of(begin, end, is_plain)) {
        continue;
      }
      const auto known = m_spellings.find(key_of(own));
      if (known == m_spellings.end()) {
        continue;
      }
      const auto best = std::max_element(known->second.begin(), known->second.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      const auto here = known->second.find(to_lower(own));
      const double own_weight = here == known->second.end() ? field.confidence : here->second;
      if (best->first == to_lower(own) || best->second <= own_weight) {
        continue;
      }
      const bool capitals = own == to_upper(own);
      std::vector<std::string> better = split_words(best->first);
      for (std::string& word : better) {
        word = capitals ? to_upper(word) : is_upper(split_characters(own).front()) ? capitalized(word) : word;
      }
      words.insert(words.erase(begin, end), better.begin(), better.end());
      corrected = true;
    }
  }
  if (corrected) {
    field.value = join_words(words.begin(), words.end());
    field.confidence *= guessed;
    field.repairs.emplace_back("elsewhere");
  }
}

}  // namespace sohoa
