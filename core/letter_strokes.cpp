// SPDX-License-Identifier: Apache-2.0
#include "core/letter_strokes.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

namespace sohoa {
namespace {

constexpr std::string_view one_stem = "tlfj1";

bool is_stem(const std::string& letter) {
  const std::string folded = comparable(letter);
  return folded.size() == 1 && by_stems(folded) == "i";
}

}  // namespace

std::string by_stems(std::string letters) {
  for (char& letter : letters) {
    letter = one_stem.find(letter) != std::string_view::npos ? 'i' : letter == 'w' ? 'm' : letter;
  }
  return letters;
}

std::string by_strokes(std::string_view text) {
  std::string strokes;
  for (const std::string& letter : split_characters(text)) {
    const std::string folded = comparable(letter);
    const char c = folded.size() == 1 ? folded.front() : ' ';
    if (c == 'm' || c == 'w') {
      strokes += "iii";
    } else if (c == 'n' || c == 'h' || c == 'u') {
      strokes += "ii";
    } else if (one_stem.find(c) != std::string_view::npos || letter == "|" || letter == "!" || letter == "¡") {
      strokes += 'i';
    } else {
      strokes += folded;
    }
  }
  return strokes;
}

bool are_alike(const std::string& a, const std::string& b) { return a == b || (is_stem(a) && is_stem(b)); }

}  // namespace sohoa
