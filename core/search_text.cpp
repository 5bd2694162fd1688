// SPDX-License-Identifier: Apache-2.0
#include "core/search_text.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <set>

namespace sohoa {
namespace {

constexpr std::size_t overlap = 16;
constexpr std::string_view apart = " zqz ";  // no word of any text: keeps neighbours from being a phrase

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string folded(std::string_view utf8) { return to_lower(without_marks(utf8)); }

}  // namespace

std::string search_key(std::string_view utf8) {
  const std::vector<std::string> parts = split_words(folded(utf8));
  return join_words(parts.begin(), parts.end());
}

std::string search_words(std::string_view utf8) {
  const std::string text = folded(utf8);
  std::string words;
  words.reserve(text.size());
  bool gap = false;
  const auto put = [&](std::string_view character) {
    words += gap && !words.empty() ? " " : "";
    words += character;
    gap = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      is_word_byte(text[at]) ? put(std::string_view(text).substr(at, 1)) : void(gap = true);
      ++at;
      continue;
    }
    const std::size_t length = std::min<std::size_t>(byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2, text.size() - at);
    const std::string_view character = std::string_view(text).substr(at, length);
    is_letter(character) ? put(character) : void(gap = true);
    at += length;
  }
  return words;
}

std::vector<std::string> search_terms(std::string_view utf8) {
  std::vector<std::string> terms;
  const auto add = [&terms](const std::string& text) {
    if (std::string words = search_words(text); !words.empty()) {
      terms.push_back(std::move(words));
    }
  };
  std::string outside;
  std::string phrase;
  bool quoted = false;
  const std::string text = to_nfc(utf8);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t length = text[at] == '"' ? 1 : 0;
    for (const std::string_view mark : {"“", "”"}) {
      length = std::string_view(text).substr(at).starts_with(mark) ? mark.size() : length;
    }
    if (length > 0) {
      add(phrase);
      phrase.clear();
      quoted = !quoted;
      outside += " ";
      at += length - 1;
    } else {
      (quoted ? phrase : outside) += text[at];
    }
  }
  add(phrase);
  for (const std::string& word : split_words(outside)) {
    add(word);
  }
  return terms;
}

std::vector<std::string> search_parts(const std::string& words, std::size_t most) {
  if (static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) < most) {
    return {words};
  }
  const std::vector<std::string> all = split_words(words);
  const std::set<std::string> distinct(all.begin(), all.end());
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < all.size(); begin += most) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin - std::min(begin, overlap));
    const auto last = all.begin() + static_cast<std::ptrdiff_t>(std::min(begin + most, all.size()));
    const std::set<std::string> own(first, last);
    std::string part = join_words(first, last);
    for (const std::string& word : distinct) {
      part += own.count(word) == 0 ? std::string(apart) + word : std::string();
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace sohoa
