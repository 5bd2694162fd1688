// SPDX-License-Identifier: Apache-2.0
#include "core/citizen_card.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

TEST_CASE("a card's fields") {
  const auto card = citizen_card("001090123456|012345678|NGUYỄN VĂN A|01011990|Nam|Thôn 3, Hà Long|15042021");
  REQUIRE(card);
  CHECK(card->number == "001090123456");
  CHECK(card->old_number == "012345678");
  CHECK(card->name == "NGUYỄN VĂN A");
  CHECK(card->birth_date == "1990-01-01");
  CHECK(card->sex == "Nam");
  CHECK(card->residence == "Thôn 3, Hà Long");
  CHECK(card->issued_date == "2021-04-15");
}

TEST_CASE("cards without an old number, of later births, with more fields") {
  CHECK(citizen_card("038190001234||Trần Thị B|29021990x|Nữ||01012022") == std::nullopt);
  CHECK(citizen_card("038190001234||Trần Thị B|28021990|Nữ||01012022"));
  CHECK(citizen_card("038305001234||Lê Thị C|02092005|Nữ|Xã D|01012022|01012030|thêm")->birth_date == "2005-09-02");
  CHECK(citizen_card("038305001234||Lê Thị C|02092005|Nữ|Xã D|hôm qua")->issued_date.empty());
}

TEST_CASE("what is no card, or contradicts itself") {
  for (const char* text : {
           "", "|", "||||||", "https://x|1|2|3|4|5|6",
           "001090123456|012345678|NGUYEN VAN A|01011990|Nam|x",            // six fields
           "00109012345|012345678|NGUYEN VAN A|01011990|Nam|x|15042021",    // 11 digits
           "0010901234567|012345678|NGUYEN VAN A|01011990|Nam|x|15042021",  // 13 digits
           "00109O123456|012345678|NGUYEN VAN A|01011990|Nam|x|15042021",   // a letter
           "001090123456|01234567|NGUYEN VAN A|01011990|Nam|x|15042021",    // 8 digits
           "001090123456|012345678||01011990|Nam|x|15042021",               // no name
           "001090123456|012345678|NGUYEN VAN A|30021990|Nam|x|15042021",   // no such day
           "001090123456|012345678|NGUYEN VAN A|01011991|Nam|x|15042021",   // another year
           "001290123456|012345678|NGUYEN VAN A|01011990|Nam|x|15042021",   // another century
           "001090123456|012345678|NGUYEN THI A|01011990|Nữ|x|15042021",    // another sex
       }) {
    CAPTURE(text);
    CHECK_FALSE(citizen_card(text));
  }
  CHECK_FALSE(citizen_card("001090123456|012345678|\xFF\xFE|01011990|Nam|x|15042021"));
  CHECK_FALSE(citizen_card("001090123456|012345678|A|01011990|Nam|" + std::string(2000, 'x') + "|15042021"));
}
