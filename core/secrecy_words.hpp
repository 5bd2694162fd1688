// SPDX-License-Identifier: Apache-2.0
// Which secrecy mark words are that were read in one place, in spite of what wore them or crosses them.
#pragma once

#include "core/secrecy_rules.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Letters that a first word of a mark has which is none by chance.
inline constexpr std::size_t long_word = 5;

// What is around the words: a frame, what may be one, nothing but they stand apart by colour or tilt, nothing.
enum class StampShape { framed, unclear, apart, bare };
// The mark that `text`, all that was read in one place, is. In a frame one letter a word may be another, and a line of
// print may run through it: who is not sure stops. Without one it is the mark in capitals, or, of words that
// stand apart, the first of a mark's, or none.
std::optional<std::string> mark_in_stamp(std::string_view text, StampShape shape, const SecrecyRules& rules);

// The mark of three letters that the text, in capitals, is but for the first of them: TẬT.
std::optional<std::string> short_mark_worn_in_front(std::string_view text, const SecrecyRules& rules);

// Whether another of the readings of one place has the letters of the first, which are not just one: what is to be seen
// there was read.
bool is_read_twice(const std::vector<std::string>& readings);

// Whether the text has more capitals than small letters.
bool mostly_capitals(std::string_view text);

// Each word of the text as core/text_pattern.hpp compares it, those without letters left out; and the last of them,
// empty where there is none.
std::vector<std::string> comparable_words(std::string_view text);
std::string last_comparable_word(const std::string& text);

// Whether the word, as comparable() gives it, is one of a mark's or has but one other letter: MẠI is what was read of
// MẬT.
bool is_near_mark(const std::string& word, const std::vector<std::string>& marks);

// The mark whose first word stands alone: the second was cut off, or is too faint.
std::optional<std::string> first_of_mark(const std::vector<std::string>& words, const SecrecyRules& rules);

}  // namespace sohoa
