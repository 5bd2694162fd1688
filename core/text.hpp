// SPDX-License-Identifier: Apache-2.0
// Small questions about UTF-8 strings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

bool is_utf8(std::string_view bytes);
// Code points (Unicode scalar values).
std::size_t characters(std::string_view utf8);
// Bytes to put in, take out or replace that make one text the other (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);
// As long as each other, and one byte is another.
bool differ_in_one(std::string_view a, std::string_view b);
// Unicode Normalization Form C (UAX #15). Bytes that are not UTF-8 become U+FFFD.
std::string to_nfc(std::string_view utf8);
// "scan2" before "scan10"; a total order for sorting the files of a folder.
bool natural_less(std::string_view a, std::string_view b);
// A name that every file system takes: "12/QĐ-UBND" becomes "12-QĐ-UBND". No separator, no
// control character, no leading dot, at most 120 bytes, never empty.
std::string file_safe(std::string_view text);
// The entry nearest to `word` by edit distance, else one that it begins, or "": "did you mean".
std::string nearest(std::string_view word, const std::vector<std::string>& entries);
std::string trim(std::string_view text);
// What white space parts, and the words joined by one blank again.
std::vector<std::string> split_words(const std::string& text);
std::string join_words(std::vector<std::string>::const_iterator begin, std::vector<std::string>::const_iterator end);
void replace_all(std::string& text, std::string_view from, std::string_view to);
// Decimal digits of ASCII alone, one at least.
bool all_digits(std::string_view text);
// As in URIs (RFC 3986, 2.1): every byte but ASCII letters, digits and those of `plain` becomes %XX.
std::string percent_encoded(std::string_view text, std::string_view plain = "/._-");
// Back again; what is no code stays.
std::string percent_decoded(std::string_view text);
// Unpaired surrogates become U+FFFD.
std::string utf8_of(std::u16string_view utf16);
// &, <, >, " and ' for XML 1.0; characters that XML 1.0 forbids are dropped.
std::string xml_escape(std::string_view utf8);

}  // namespace sohoa
