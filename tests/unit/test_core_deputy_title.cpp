// SPDX-License-Identifier: Apache-2.0
#include "core/deputy_title.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace sohoa;

std::vector<FoundField> agreed(const std::string& authority, const std::string& title) {
  ExtractRules rules;
  rules.deputies = {{"BỘ TRƯỞNG", "THỨ TRƯỞNG"}, {"CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, {"GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}};
  std::vector<FoundField> found;
  const auto add = [&found](const char* field, const std::string& value, double confidence) {
    if (!value.empty()) {
      FoundField& one = found.emplace_back();
      one.field = field;
      one.value = value;
      one.confidence = confidence;
      one.page = 2;
    }
  };
  add("signer_authority", authority, 0.9);
  add("signer_title", title, 0.6);
  agree_deputy(found, rules);
  return found;
}

}  // namespace

TEST_CASE("of a deputy's title of which a seal hides a part the authority tells the whole") {
  for (const char* left : {"GIÁM ĐỐC", "HÓ GIÁM ĐỐC", "ĐỐC", "GIÁM ĐỐC ĐỐC"}) {
    CAPTURE(left);
    const auto found = agreed("TM. HỘI ĐỒNG KT. GIÁM ĐỐC", left);
    REQUIRE(found.size() == 2);
    CHECK(found[1].value == "PHÓ GIÁM ĐỐC");
    CHECK(found[1].confidence == doctest::Approx(0.81));
    CHECK(found[1].repairs == std::vector<std::string>{"deputy"});
  }
  CHECK(agreed("KT. BỘ TRƯỞNG", "TRƯỞNG").at(1).value == "THỨ TRƯỞNG");
}

TEST_CASE("other titles stay, and so does that of who signs for nobody") {
  CHECK(agreed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC").at(1).value == "PHÓ CHỦ TỊCH THƯỜNG TRỰC");
  CHECK(agreed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH").at(1).repairs.empty());
  CHECK(agreed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH").at(1).value == "CHỦ TỊCH");
  CHECK(agreed("TUQ. GIÁM ĐỐC", "GIÁM ĐỐC").at(1).value == "GIÁM ĐỐC");
}

TEST_CASE("a deputy's title that was not read is told less surely, a head's before it is the authority") {
  const auto told = agreed("KT. CHỦ TỊCH", "");
  REQUIRE(told.size() == 2);
  CHECK(told[1].field == "signer_title");
  CHECK(told[1].value == "PHÓ CHỦ TỊCH");
  CHECK(told[1].page == 2);
  CHECK(told[1].confidence < 0.7);
  const auto parted = agreed("", "GIAM ĐỌC PHÓ GIÁM ĐỐC");
  REQUIRE(parted.size() == 2);
  CHECK(parted[0].field == "signer_authority");
  CHECK(parted[0].value == "KT. GIÁM ĐỐC");
  CHECK(parted[1].value == "PHÓ GIÁM ĐỐC");
  CHECK(agreed("", "BỘ TRƯỞNG TRƯỞNG").at(1).value == "THỨ TRƯỞNG");
  CHECK(agreed("", "BỘ TRƯỞNG TRƯỞNG VỤ NGÂN SÁCH").size() == 1);
  CHECK(agreed("", "GIÁM ĐỐC").size() == 1);
}
