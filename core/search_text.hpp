// SPDX-License-Identifier: Apache-2.0
// Texts as they are looked for: without marks and case, so that "quyết định", "Quyet dinh" and what a recognizer lost a
// tone of are the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Of a value that is looked for as a whole: "12/QĐ-UBND" is "12/qd-ubnd"; runs of blanks are one.
std::string search_key(std::string_view utf8);

// The words of a text, joined by one blank: letters and digits alone, all else parts words. "12/QĐ-UBND" is
// "12 qd ubnd".
std::string search_words(std::string_view utf8);

// What somebody typed to look for: words and "phrases", each an entry as search_words() has them. A hyphenated word
// is a phrase.
std::vector<std::string> search_terms(std::string_view utf8);

// Cuts words into parts that an index takes: at most `most` words each, the last ones of a part repeated at the head of
// the next, so that a phrase over the cut is found. Every part ends with the words of all the others, each once and
// apart, so that a part has every word of the whole. One part for a text that is not longer.
std::vector<std::string> search_parts(const std::string& words, std::size_t most = 12000);

}  // namespace sohoa
