// SPDX-License-Identifier: Apache-2.0
#include "core/other_stamps.hpp"

#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace sohoa {
namespace {

constexpr std::size_t fewest = 4;  // letters that tell a stamp

// The first name for which that is so of its letters and those of the text.
template <typename Is>
std::optional<std::string> first_other(std::string_view text, const SecrecyRules& rules, const Is& is) {
  const std::string letters = comparable(text);
  const auto name = std::find_if(rules.others.begin(), rules.others.end(),
                                 [&](const std::string& other) { return is(comparable(other), letters); });
  return letters.size() < fewest || name == rules.others.end() ? std::nullopt : std::optional(*name);
}

}  // namespace

std::optional<std::string> other_stamp_in(std::string_view text, const SecrecyRules& rules) {
  return first_other(text, rules, [](const std::string& name, const std::string& letters) { return name == letters; });
}

bool is_worn_other_stamp(std::string_view text, const SecrecyRules& rules) {
  constexpr std::size_t long_name = 8;
  return first_other(text, rules,
                     [](const std::string& name, const std::string& letters) {
                       return edit_distance(name, letters) <= (name.size() < long_name ? 1U : 2U);
                     })
      .has_value();
}

bool begins_other_stamp(std::string_view text, const SecrecyRules& rules) {
  return first_other(text, rules,
                     [](const std::string& name, const std::string& letters) { return name.starts_with(letters); })
      .has_value();
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

void add_stamp(OcrPage& page, const ReadStamp& stamp) {
  constexpr double sure = 0.9;
  constexpr double frame = 0.2;  // of the height, and its space
  const Box& box = stamp.box;
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      if (std::any_of(line.words.begin(), line.words.end(),
                      [&box](const OcrWord& word) { return holds_middle(box, word.box); })) {
        return;
      }
    }
  }
  const double inset = frame * height_of(box);
  const Box inside{box.left + inset, box.top + inset, box.right - inset, box.bottom - inset};
  OcrLine line;
  const double letter = (inside.right - inside.left) / static_cast<double>(characters(stamp.name));
  double left = inside.left;
  for (const std::string& word : split_words(stamp.name)) {
    const double right = left + letter * static_cast<double>(characters(word));
    line.words.push_back({word, sure, {left, inside.top, right, inside.bottom}, {}, {}});
    left = right + letter;
  }
  line.fit_to(inside);
  const auto after = std::find_if(page.blocks.begin(), page.blocks.end(),
                                  [&box](const OcrBlock& block) { return is_read_after(block.box, box); });
  page.blocks.insert(after, {inside, {std::move(line)}});
}

}  // namespace sohoa
