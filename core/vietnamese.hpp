// SPDX-License-Identifier: Apache-2.0
// Vietnamese letters: a vowel, its quality (â, ă, ê, ô, ơ, ư) and its tone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// The letters that differ from `letter` in their marks only: of "ọ" o ò ỏ õ ó ô ồ … ợ. Same case. Empty for what has
// no such letters; `letter` is one NFC character.
const std::vector<std::string>& mark_siblings(std::string_view letter);

// The vowel of the same quality that has no tone: "â" of "ậ". Other letters stay.
std::string without_tone(std::string_view letter);

// Whether the word, of any case, has a vowel; marks do not matter.
bool has_vowel(std::string_view word);

}  // namespace sohoa
