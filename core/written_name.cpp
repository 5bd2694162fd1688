// SPDX-License-Identifier: Apache-2.0
#include "core/written_name.hpp"

#include "core/person_name.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <vector>

namespace sohoa {
namespace {

bool has(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::string written_as_names(const PlacedLine& line, const Span& span, const ExtractRules& rules) {
  constexpr double no_doubt = 0.9;
  std::string name;
  for (const PlacedWord& word : line.words) {
    const std::size_t begin = std::max(word.begin, span.begin);  // a quotation mark may be the word's first
    const std::size_t end = std::min(word.end, span.end);
    if (begin >= end) {
      continue;
    }
    std::string text = line.text.substr(begin, end - begin);
    const bool is_surname = characters(text) > 1 && has(rules.surnames, text);  // Y is one, and what is left of Ý
    if (!name.empty() && !has(rules.name_words, text) && !is_surname) {
      if (has(rules.name_words, word.read)) {
        text = word.read;
      } else if (word.confidence < no_doubt) {
        text = listed_with_other_marks(text, rules.name_words).value_or(text);
      }
    }
    name += (name.empty() ? "" : " ") + text;
  }
  return name;
}

bool is_short_name(const std::string& name) { return std::count(name.begin(), name.end(), ' ') < 2; }

bool begins_with_surname(const std::string& name, const ExtractRules& rules) {
  return has(rules.surnames, name.substr(0, name.find(' ')));
}

bool is_rest_of_name(const std::string& name, bool may_lack_letters, const ExtractRules& rules) {
  if (rules.surnames.empty()) {
    return false;
  }
  const std::string first = name.substr(0, name.find(' '));
  const std::string last = name.substr(name.rfind(' ') + 1);
  const bool is_short = is_short_name(name);
  const int signs = int{is_short} + int{may_lack_letters} + int{has(rules.name_words, first)};
  const bool begins_late = !begins_with_surname(name, rules) && signs >= 2;
  const bool ends_early = (may_lack_letters || is_short) && characters(last) == 1 && !has(rules.name_words, last);
  return begins_late || ends_early;
}

}  // namespace sohoa
