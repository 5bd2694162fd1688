// SPDX-License-Identifier: Apache-2.0
// Characters of UTF-8 text (code points; UTF-8 that is none gives U+FFFD) and what they are (Unicode general category).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

std::vector<std::string> split_characters(std::string_view utf8);
std::string to_lower(std::string_view utf8);
std::string to_upper(std::string_view utf8);

// Of the first character. Marks that stand alone as ˆ and ˝, which Unicode counts among the letters (Lm), are none.
bool is_letter(std::string_view character);
bool is_upper(std::string_view character);

inline bool is_digit(std::string_view character) {
  return character.size() == 1 && character[0] >= '0' && character[0] <= '9';
}
bool has_digit(std::string_view text);
// Letters, and capitals all of them; signs and digits among them do not matter.
bool in_capitals(std::string_view text);
inline bool is_alphanumeric(std::string_view character) { return is_digit(character) || is_letter(character); }

// A word with the signs around it: “(quyền,” is "(", "quyền" and ",". Of a word of signs alone, all is `before`.
struct WordParts {
  std::string before;
  std::string core;
  std::string after;
};
WordParts parts_of(std::string_view word);

}  // namespace sohoa
