// SPDX-License-Identifier: Apache-2.0
#include "core/field_value.hpp"

#include "core/profile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sohoa {
namespace {

const Profile& office() {
  static const Profile profile = load_profile("vn-tthc");
  return profile;
}

std::string value(const std::string& how, const std::vector<std::string>& parts) {
  const auto field = field_value(how, parts, office().extract);
  return field ? field->value : "(none)";
}

}  // namespace

TEST_CASE("numbers and symbols are repaired only where a rule says so") {
  CHECK(value("symbol", {"12/QĐ-UBND"}) == "12/QĐ-UBND");
  CHECK(value("symbol", {"12/QÐ-UBND"}) == "12/QĐ-UBND");
  CHECK(value("symbol", {"12/QĐÐ-UBND"}) == "12/QĐ-UBND");
  CHECK(value("symbol", {"12/QD-UBND"}) == "12/QĐ-UBND");
  CHECK(value("symbol", {"1O2 / TTR - UBND"}) == "102/TTr-UBND");
  CHECK(value("symbol", {"30/2020/NÐ-CP"}) == "30/2020/NĐ-CP");
  CHECK(value("symbol", {"05a/HD-STC"}) == "05a/HD-STC");
  CHECK(value("symbol", {"05/HĐ-STC"}) == "05/HĐ-STC");
  CHECK(value("symbol", {"574/UBND-KTTH"}) == "574/UBND-KTTH");
  CHECK(value("number", {"l2"}) == "12");
  const auto repaired = field_value("number", {"O5"}, office().extract);
  REQUIRE(repaired);
  CHECK(repaired->certainty < 0.9);
  CHECK(repaired->repairs == std::vector<std::string>{"digits"});
}

TEST_CASE("a lost slash, a digit among letters and a letter among digits are mended where one value fits, and told") {
  CHECK(value("symbol", {"26QĐ-UBND"}) == "26/QĐ-UBND");
  CHECK(value("symbol", {"26SNN-UBND"}) == "(none)");
  CHECK(value("symbol", {"65.NQ-HĐND"}) == "65/NQ-HĐND");
  CHECK(value("symbol", {"71UBND-VHXH"}) == "71/UBND-VHXH");
  CHECK(value("symbol", {"38/T1r-UBND"}) == "38/TTr-UBND");
  CHECK(value("symbol", {"1799/S5TC-VP"}) == "1799/STC-VP");
  CHECK(value("symbol", {"3629/5TC-ĐT"}) == "3629/STC-ĐT");
  CHECK(value("symbol", {"12/PV01-UBND"}) == "12/PV01-UBND");
  CHECK(value("symbol", {"12/CAT-PVO1"}) == "12/CAT-PV01");
  CHECK(value("symbol", {"38/TIr-UBND"}) == "38/TTr-UBND");
  CHECK(value("symbol", {"38/BI-UBND"}) == "38/BI-UBND");
  CHECK(value("symbol", {"38/TTIr-UBNID-VP"}) == "38/TTr-UBND-VP");
  CHECK(value("symbol", {"38/QIĐ-KTTIH"}) == "38/QIĐ-KTTIH");
  CHECK(value("code", {"000.17.22.H5G"}) == "000.17.22.H56");
  CHECK(value("code", {"OOO.l7.22.H56-2l0531-0001"}) == "000.17.22.H56-210531-0001");
  CHECK(value("code", {"H56.12"}) == "H56.12");
  const auto slash = field_value("symbol", {"26QĐ-UBND"}, office().extract);
  REQUIRE(slash);
  CHECK(slash->repairs == std::vector<std::string>{"slash"});
  CHECK(slash->certainty <= 0.9);
}

TEST_CASE("dates are real days") {
  CHECK(value("date", {"04", "02", "2025"}) == "2025-02-04");
  CHECK(value("date", {"O4", "2", "2025"}) == "2025-02-04");
  CHECK(value("date", {"29", "02", "2024"}) == "2024-02-29");
  CHECK(value("date", {"29", "02", "2025"}) == "(none)");
  CHECK(value("date", {"31", "4", "2025"}) == "(none)");
  CHECK(value("date", {"0", "4", "2025"}) == "(none)");
  CHECK(value("date", {"1", "13", "2025"}) == "(none)");
}

TEST_CASE("a personal number has 12 digits and a year of birth that was") {
  CHECK(value("person", {"038190001234"}) == "038190001234");
  CHECK(value("person", {"038 190 001 234"}) == "038190001234");
  CHECK(value("person", {"038299001234"}) == "(none)");
  CHECK(value("person", {"000190001234"}) == "(none)");
  CHECK(value("person", {"03819000123"}) == "(none)");
}

TEST_CASE("a number of no known province and a name of no known family are less sure, an older card has 9 digits") {
  CHECK(field_value("person", {"038190001234"}, office().extract)->certainty == 1);
  CHECK(field_value("person", {"003190001234"}, office().extract)->certainty < 0.8);
  CHECK(field_value("name", {"Đặng Văn Minh"}, office().extract)->certainty == 1);
  const auto mended = field_value("name", {"Đăng Văn Minh"}, office().extract);
  CHECK(mended->value == "Đặng Văn Minh");
  CHECK(mended->repairs == std::vector<std::string>{"marks"});
  CHECK(mended->certainty < 0.9);
  CHECK(field_value("name", {"Gửi Văn Minh"}, office().extract)->certainty < 0.8);
  const auto strange = field_value("name", {"Hoàrg Đức Phượng"}, office().extract);
  CHECK(strange->value == "Hoàng Đức Phượng");
  CHECK(strange->repairs == std::vector<std::string>{"surname"});
  CHECK(strange->certainty < 0.7);
  CHECK(value("name", {"Tiân Đức Phượng"}) == "Tiân Đức Phượng");  // Trần, or Thân
  CHECK(value("name", {"Bảo Hiệp"}) == "Bảo Hiệp");                // Bàn is too rare
  CHECK(value("old-person", {"212 345 678"}) == "212345678");
  CHECK(value("old-person", {"2123456789"}) == "(none)");
}

}  // namespace sohoa
