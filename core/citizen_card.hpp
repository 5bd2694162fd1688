// SPDX-License-Identifier: Apache-2.0
// The QR code of a Vietnamese citizen card (căn cước): fields split by "|", of which the first seven are the number,
// the old number (may be empty), full name, birth date, sex, place of residence and date of issue. The order is what
// readers of such cards implement, the official text was not at hand; newer cards have more fields behind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

struct CitizenCard {
  std::string number;      // 12 digits
  std::string old_number;  // 9 digits, or empty
  std::string name;
  std::string birth_date;  // YYYY-MM-DD
  std::string sex;         // as written: Nam, Nữ
  std::string residence;
  std::string issued_date;  // YYYY-MM-DD; empty when it is no date
};

// Nothing unless the number fits itself and the card: 12 digits of which the fourth tells century and sex and the next
// two the year of birth (NĐ 137/2015/NĐ-CP, Art. 13), a birth date that exists and agrees, a name.
std::optional<CitizenCard> citizen_card(std::string_view text);

}  // namespace sohoa
