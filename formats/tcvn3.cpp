// SPDX-License-Identifier: Apache-2.0
#include "formats/tcvn3.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <array>
#include <cstdint>

namespace sohoa {
namespace {

// From 0xA1 on; "" where the code has no letter.
constexpr std::array<std::string_view, 94> k_letters{
    "Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ", "ă", "â", "ê", "ô", "ơ", "ư", "đ", "",  "",  "",  "",  "",
    "",  "à", "ả", "ã", "á", "ạ", "",  "ằ", "ẳ", "ẵ", "ắ", "",  "",  "",  "",  "",  "",  "",  "ặ",
    "ầ", "ẩ", "ẫ", "ấ", "ậ", "è", "",  "ẻ", "ẽ", "é", "ẹ", "ề", "ể", "ễ", "ế", "ệ", "ì", "ỉ", "",
    "",  "",  "ĩ", "í", "ị", "ò", "",  "ỏ", "õ", "ó", "ọ", "ồ", "ổ", "ỗ", "ố", "ộ", "ờ", "ở", "ỡ",
    "ớ", "ợ", "ù", "",  "ủ", "ũ", "ú", "ụ", "ừ", "ử", "ữ", "ứ", "ự", "ỳ", "ỷ", "ỹ", "ý", "ỵ"};

// Of the letters of Vietnamese: in Unicode each lies before its small one, but for those of ASCII and Latin-1.
std::string capital_of(const std::string& letter) {
  std::uint32_t point = static_cast<unsigned char>(letter[0]);
  point = letter.size() == 1 ? point : point & (letter.size() == 2 ? 0x1FU : 0x0FU);
  for (std::size_t i = 1; i < letter.size(); ++i) {
    point = point << 6U | (static_cast<unsigned char>(letter[i]) & 0x3FU);
  }
  const bool latin = (point >= 'a' && point <= 'z') || (point >= 0xE0 && point <= 0xFD && point != 0xF7);
  const bool beside = point == 0x103 || point == 0x111 || point == 0x129 || point == 0x169 || point == 0x1A1 ||
                      point == 0x1B0 || (point >= 0x1EA0 && point <= 0x1EF9 && point % 2 == 1);
  point -= latin ? 0x20 : beside ? 1 : 0;
  return letter.size() > 3 ? letter : utf8_of(std::u16string(1, static_cast<char16_t>(point)));
}

std::string_view base_name(std::string_view name) { return name.size() > 7 && name[6] == '+' ? name.substr(7) : name; }

}  // namespace

bool is_tcvn3_font(std::string_view name) { return base_name(name).starts_with(".Vn"); }

bool is_tcvn3_capitals(std::string_view name) {
  const std::string_view family = base_name(name).substr(0, base_name(name).find_first_of(",-"));
  return is_tcvn3_font(name) && family.ends_with('H');
}

std::string from_tcvn3(std::string_view text, bool capitals) {
  std::string letters;
  for (const std::string& character : split_characters(text)) {
    const auto lead = static_cast<unsigned char>(character[0]);
    const auto code = character.size() == 2 && (lead == 0xC2 || lead == 0xC3)
                          ? (lead & 3U) << 6U | (static_cast<unsigned char>(character[1]) & 0x3FU)
                          : 0U;
    const bool known = code >= 0xA1 && code - 0xA1 < k_letters.size() && !k_letters.at(code - 0xA1).empty();
    const std::string letter = known ? std::string(k_letters.at(code - 0xA1)) : character;
    letters += capitals ? capital_of(letter) : letter;
  }
  return letters;
}

}  // namespace sohoa
