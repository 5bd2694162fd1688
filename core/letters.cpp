// SPDX-License-Identifier: Apache-2.0
#include "core/letters.hpp"

#include <algorithm>
#include <numeric>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace sohoa {
namespace {

UChar32 first_of(std::string_view utf8) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int32_t>(utf8.size());
  std::int32_t at = 0;
  UChar32 c = -1;
  if (length > 0) {
    U8_NEXT(data, at, length, c);
  }
  return c;
}

}  // namespace

std::vector<std::string> split_characters(std::string_view utf8) {
  std::vector<std::string> characters;
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int32_t>(utf8.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(data, at, length, c);
    characters.push_back(
        c < 0 ? "\xEF\xBF\xBD"
              : std::string(utf8.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin))));
  }
  return characters;
}

std::string to_lower(std::string_view utf8) {
  std::string lower;
  icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(lower);
  return lower;
}

std::string to_upper(std::string_view utf8) {
  std::string upper;
  icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())))
      .toUpper(icu::Locale::getRoot())
      .toUTF8String(upper);
  return upper;
}

bool is_letter(std::string_view character) {
  const UChar32 c = first_of(character);
  return c >= 0 && u_isalpha(c) != 0;
}

bool is_upper(std::string_view character) {
  const UChar32 c = first_of(character);
  return c >= 0 && u_isupper(c) != 0;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

WordParts parts_of(std::string_view word) {
  const std::vector<std::string> characters = split_characters(word);
  const auto first = std::find_if(characters.begin(), characters.end(), is_alphanumeric);
  const auto last = std::find_if(characters.rbegin(), std::make_reverse_iterator(first), is_alphanumeric).base();
  return {std::accumulate(characters.begin(), first, std::string()), std::accumulate(first, last, std::string()),
          std::accumulate(last, characters.end(), std::string())};
}

}  // namespace sohoa
