// SPDX-License-Identifier: Apache-2.0
// Names of persons as Vietnamese papers print them: one to five words that begin with capitals, the family name first.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Letters alone, a capital and small ones: Trịnh.
bool is_name_word(std::string_view word);

// Of a list of family names, the commonest first, as many are taken for what a word means that is none of them.
inline constexpr std::size_t common_surnames = 50;

struct ToldName {
  std::string text;
  double certainty = 0;  // 0 … 1
};

// The common family name that a word most likely is of which a seal or a pen hides a part: Trịnh for “rịnh, Vũ for Vụ.
// Of those that differ in marks the nearest, then the commonest. Nothing where none is near, or two are.
std::optional<ToldName> family_name_like(std::string_view read, const std::vector<std::string>& commonest_first);

}  // namespace sohoa
