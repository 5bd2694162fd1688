// SPDX-License-Identifier: Apache-2.0
#include "core/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

bool is_letter_at(UChar32 c) { return u_isalpha(c) != 0 && u_charType(c) != U_MODIFIER_LETTER; }

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
  constexpr UChar32 dotted_i = 0x130;  // becomes two characters
  constexpr UChar32 sigma = 0x3A3;     // becomes another at the end of a word
  std::string lower;
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int32_t>(utf8.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(data, at, length, c);
    if (c < 0 || c == dotted_i || c == sigma) {
      lower.clear();
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), length))
          .toLower(icu::Locale::getRoot())
          .toUTF8String(lower);
      return lower;
    }
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::size_t used = 0;
    const auto small = static_cast<std::uint32_t>(u_tolower(c));
    U8_APPEND_UNSAFE(bytes.data(), used, small);
    lower.append(reinterpret_cast<const char*>(bytes.data()), used);
  }
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
  return c >= 0 && is_letter_at(c);
}

bool is_upper(std::string_view character) {
  const UChar32 c = first_of(character);
  return c >= 0 && u_isupper(c) != 0;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool in_capitals(std::string_view text) {
  std::vector<std::string> letters = split_characters(text);
  std::erase_if(letters, [](const std::string& character) { return !is_letter(character); });
  return !letters.empty() && std::all_of(letters.begin(), letters.end(), is_upper);
}

WordParts parts_of(std::string_view word) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(word.data());
  const auto length = static_cast<std::int32_t>(word.size());
  std::int32_t first = length;  // where the core begins and ends
  std::int32_t last = length;
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(data, at, length, c);
    if (c < 0) {
      const std::vector<std::string> characters = split_characters(word);
      return parts_of(std::accumulate(characters.begin(), characters.end(), std::string()));
    }
    if ((c >= '0' && c <= '9') || is_letter_at(c)) {
      first = std::min(first, begin);
      last = at;
    }
  }
  const auto part = [word](std::int32_t from, std::int32_t to) {
    return std::string(word.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
  };
  return {part(0, first), part(first, last), part(last, length)};
}

}  // namespace sohoa
