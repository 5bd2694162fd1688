// SPDX-License-Identifier: Apache-2.0
#include "core/other_stamps.hpp"

#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace sohoa {
namespace {

constexpr std::size_t fewest = 4;  // letters that tell a stamp

// Whether that is so of the letters of a stamp's name and those of the text.
template <typename Is>
bool any_other(std::string_view text, const SecrecyRules& rules, const Is& is) {
  const std::string letters = comparable(text);
  return letters.size() >= fewest &&
         std::any_of(rules.others.begin(), rules.others.end(),
                     [&](const std::string& other) { return is(comparable(other), letters); });
}

}  // namespace

bool is_another_stamp(std::string_view text, const SecrecyRules& rules) {
  return any_other(text, rules, [](const std::string& name, const std::string& letters) { return name == letters; });
}

bool is_worn_other_stamp(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t long_name = 8;
  return any_other(text, rules, [](const std::string& name, const std::string& letters) {
    return edit_distance(name, letters) <= (name.size() < long_name ? 1U : 2U);
  });
}

bool begins_other_stamp(std::string_view text, const SecrecyRules& rules) {
  return any_other(text, rules,
                   [](const std::string& name, const std::string& letters) { return name.starts_with(letters); });
}

bool is_long_number(std::string_view text) {
  constexpr std::ptrdiff_t longer = 7;  // than 31/12/2024 and 2024
  constexpr auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string letters = comparable(text);
  const auto digits = std::count_if(letters.begin(), letters.end(), is_digit);
  std::ptrdiff_t run = 0;
  std::ptrdiff_t longest = 0;
  for (const char c : text) {
    run = is_digit(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest >= longer && digits * 2 > static_cast<std::ptrdiff_t>(letters.size());
}

bool lies_in_received_stamp(const Box& box, const OcrPage& page, double dpi) {
  constexpr double sure = 0.9;
  const double mm = dpi / 25.4;
  const auto is_about = [&](const Box& word) {
    const double across = (word.left + word.right) / 2;
    return box.left > across - 25 * mm && box.right < across + 25 * mm && middle_of(box) > word.top - 10 * mm &&
           middle_of(box) < word.bottom + 25 * mm;
  };
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      if (line.words.size() == 1 && line.words.front().text == "ĐẾN" && line.words.front().confidence >= sure &&
          is_about(line.words.front().box)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace sohoa
