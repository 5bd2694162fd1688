// SPDX-License-Identifier: Apache-2.0
// Names of persons as Vietnamese papers print them: one to five words that begin with capitals, the family name first.
#pragma once

#include "core/ocr_text.hpp"
#include "core/word_choice.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Letters alone, a capital and small ones: Trịnh.
bool is_name_word(std::string_view word);

// Of a list of family names, the commonest first, as many are taken for what a word means that is none of them.
inline constexpr std::size_t common_surnames = 50;

inline constexpr std::size_t longest_name = 5;  // words

// Of a name's words: that one was read surely, and how sure one is that was told where a seal or a pen lies.
inline constexpr double sure_name_word = 0.8;
inline constexpr double told_name_word = 0.65;

// What names are made of, the commonest first.
struct NameLists {
  std::vector<std::string> surnames;
  std::vector<std::string> words;  // the others
  std::vector<std::string> ranks;  // and degrees, that may stand before
};

// Takes what else they may be from the surely read words of names, a family name and known words after it: no table of
// syllables that go together knows who signs.
void keep_names(std::vector<SeenWord>& words, const NameLists& lists);

struct ToldName {
  std::string text;
  double certainty = 0;  // 0 … 1
};

// How wide a word is printed, in em: of letters that are about as wide as in the usual fonts.
double print_width(std::string_view word);

// How likely a word, of which a seal or a pen hides a part, is each of the names: 1 the same, 0 and less: none of its
// letters. `room`: how wide it stands there, in em; 0: unknown.
std::vector<double> likeness(std::string_view read, std::span<const std::string> names, double room = 0);

// The one of the names that a word most likely is: Bảo for 2ảo. Of those that differ in marks the nearest, then the
// commonest. Nothing where none is near, or two are.
std::optional<ToldName> name_word_like(std::string_view read, const std::vector<std::string>& commonest_first);

// The word of the list that has the same letters with other marks: another tone on the same vowels, of several the
// commonest; else the only one. Nothing for a word that is in the list.
std::optional<std::string> listed_with_other_marks(const std::string& word, const std::vector<std::string>& list);

// The word of the list that another is near to which is none of a name's or was read badly; what may be a rarer name
// must be nearly the same.
std::optional<ToldName> meant_by(const OcrWord& word, const std::vector<std::string>& list);

// Such a word becomes the one of the list; `read` keeps what was read.
void name_by_list(OcrWord& word, const std::vector<std::string>& list);

}  // namespace sohoa
