// SPDX-License-Identifier: Apache-2.0
// Stamps that are no secrecy mark, told by what was read of them.
#pragma once

#include "core/ocr_text.hpp"
#include "core/secrecy_rules.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

// The stamp of another kind, as the rules name it, that the text is all of.
std::optional<std::string> other_stamp_in(std::string_view text, const SecrecyRules& rules);

// Whether the text is such a stamp's but for a letter, or two of a long name, which none of a mark's are as near.
bool is_worn_other_stamp(std::string_view text, const SecrecyRules& rules);

// Whether the text begins the name of one.
bool begins_other_stamp(std::string_view text, const SecrecyRules& rules);

// Whether it is a number longer than those of dates and papers with few letters before it, as the stamps of firms have:
// MST: 0301442379.
bool is_long_number(std::string_view text);

// Whether the box, of a page of `dpi`, lies in the stamp of an office that received the paper, 50 by 35 mm (NĐ 30/2020,
// App. IV): about the word ĐẾN, which was surely read alone in its line. False where the resolution is unknown (0).
bool lies_in_received_stamp(const Box& box, const OcrPage& page, double dpi);

// A stamp that was read alone, in the upright frame.
struct ReadStamp {
  std::string name;
  Box box;
};

// Puts the stamp's words in their place of the reading order, where the page has none: a red one is no part of the
// picture to read.
void add_stamp(OcrPage& page, const ReadStamp& stamp);

}  // namespace sohoa
