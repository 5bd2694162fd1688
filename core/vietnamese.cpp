// SPDX-License-Identifier: Apache-2.0
#include "core/vietnamese.hpp"

#include "core/letters.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sohoa {
namespace {

constexpr std::array<std::string_view, 12> vowels = {
    "aàảãáạăằẳẵắặâầẩẫấậ", "eèẻẽéẹêềểễếệ", "iìỉĩíị", "oòỏõóọôồổỗốộơờởỡớợ", "uùủũúụưừửữứự", "yỳỷỹýỵ",
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬ", "EÈẺẼÉẸÊỀỂỄẾỆ", "IÌỈĨÍỊ", "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ", "UÙỦŨÚỤƯỪỬỮỨỰ", "YỲỶỸÝỴ"};

using Siblings = std::unordered_map<std::string, std::vector<std::string>>;

Siblings make_siblings() {
  Siblings siblings;
  for (const std::string_view row : vowels) {
    const std::vector<std::string> letters = split_characters(row);
    for (const std::string& letter : letters) {
      for (const std::string& other : letters) {
        if (other != letter) {
          siblings[letter].push_back(other);
        }
      }
    }
  }
  return siblings;
}

const Siblings& all_siblings() {
  static const Siblings siblings = make_siblings();
  return siblings;
}

}  // namespace

const std::vector<std::string>& mark_siblings(std::string_view letter) {
  static const std::vector<std::string> none;
  const auto at = all_siblings().find(std::string(letter));
  return at != all_siblings().end() ? at->second : none;
}

std::string without_tone(std::string_view letter) {
  constexpr std::size_t tones = 6;
  for (const std::string_view row : vowels) {
    const std::vector<std::string> letters = split_characters(row);
    if (const auto at = std::find(letters.begin(), letters.end(), letter); at != letters.end()) {
      return letters[static_cast<std::size_t>(at - letters.begin()) / tones * tones];
    }
  }
  return std::string(letter);
}

bool has_vowel(std::string_view word) {
  for (const std::string& letter : split_characters(word)) {
    if (all_siblings().contains(letter)) {
      return true;
    }
  }
  return false;
}

}  // namespace sohoa
