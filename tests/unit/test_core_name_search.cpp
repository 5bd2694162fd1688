// SPDX-License-Identifier: Apache-2.0
#include "core/name_search.hpp"

#include "core/letters.hpp"
#include "core/name_votes.hpp"
#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace sohoa;
using test::line;

const NameLists lists{{"Nguyễn", "Trần", "Hoàng", "Bùi", "Đỗ", "Huỳnh"},
                      {"Thị", "Minh", "Văn", "Vân", "Hồng", "Thúy", "Khải", "Bảo", "Lộc"},
                      {}};

// What the network holds of a line: each letter for two steps, then none for one. Where `shown` has another letter that
// is what is likely there, with 0.9; where it has "_" nothing is.
SeenLine look(const std::string& shown) {
  SeenLine seen = line({test::seen("?", 0.1, {100, 500, 500, 540})});
  double at = 100;
  for (const std::string& letter : split_characters(shown)) {
    const std::string likely = letter == "_" ? std::string() : letter;
    for (const auto& chances : {std::vector<std::pair<std::string, double>>{{likely, 0.9}, {"", 0.05}},
                                {{likely, 0.9}, {"", 0.05}},
                                {{"", 0.95}}}) {
      seen.steps.push_back({chances, at += 5});
    }
  }
  return seen;
}

std::string text_of(const std::vector<SeenWord>& words) {
  std::string text;
  for (const SeenWord& seen : words) {
    text += (text.empty() ? "" : " ") + seen.word.text;
  }
  return text;
}

std::optional<FoundName> found(const std::vector<std::string>& shown) {
  std::vector<SeenLine> looks;
  std::transform(shown.begin(), shown.end(), std::back_inserter(looks), look);
  return find_name(looks, lists);
}

SeenLine words(const std::vector<std::pair<std::string, double>>& read) {
  SeenLine all;
  double left = 100;
  for (const auto& [text, confidence] : read) {
    all.words.push_back(test::seen(text, confidence, {left, 500, left + 90, 540}));
    left += 100;
  }
  return all;
}

FoundName name(const std::vector<std::string>& told, double likelihood, double certainty) {
  FoundName made{{}, likelihood, certainty, false};
  double left = 100;
  for (const std::string& text : told) {
    made.line.words.push_back(test::seen(text, 0.65, {left, 500, left + 60, 540}));
    left += 70;
  }
  return made;
}

}  // namespace

TEST_SUITE("core/name_search") {
  TEST_CASE("a name of which each look hides other letters is told by all") {
    const auto told = found({"B_i Văn Kh_i", "Bùi V_n Khải", "Bù_ Văn K_ải", "___ ___ ____"});
    REQUIRE(told);
    CHECK(text_of(told->line.words) == "Bùi Văn Khải");
    CHECK(told->is_likely());
    CHECK(told->certainty > 0.9);
    CHECK(told->line.words.front().word.box.left == doctest::Approx(105).epsilon(0.02));
  }

  TEST_CASE("other marks, glued words and signs around them do not hide it") {
    const auto told = found({"—“Bùi VằnKhai.", "*Bùi VănKhải—", "Bủi Văn Khải"});
    REQUIRE(told);
    CHECK(text_of(told->line.words) == "Bùi Văn Khải");
    CHECK(told->is_likely());
  }

  TEST_CASE("of names of two words and of four") {
    CHECK(text_of(found({"Đỗ L_c", "Đỗ Lộc", "Đỗ Lộc"})->line.words) == "Đỗ Lộc");
    CHECK(text_of(found({"Huỳnh Thị Hồng V_n", "H_ỳnh Thị Hồng Vân", "Huỳnh T_ị Hồng Vân"})->line.words) ==
          "Huỳnh Thị Hồng Vân");
  }

  TEST_CASE("short words and words without a blank before them are found among long ones") {
    CHECK(text_of(found({"Đỗ/Vân Khải", "Đ_/Vân Kh_i", "Đỗ(Vân K_ải"})->line.words) == "Đỗ Vân Khải");
    const auto told = found({"/Đ_(Thị/HồngKhải—", "Đỗ/ThịHồng)Kh_i", "\\Đỗ(T_ị(Hồng Khải"});
    REQUIRE(told);
    CHECK(text_of(told->line.words) == "Đỗ Thị Hồng Khải");
  }

  TEST_CASE("a rank before the name is no part of it") {
    const std::vector<std::string> shown{"Thiếu tá Đ_ Bảo Lộc", "Thi_u tá Đỗ Bảo Lộc", "T_iếu t_ Đỗ B_o Lộc"};
    std::vector<SeenLine> looks;
    std::transform(shown.begin(), shown.end(), std::back_inserter(looks), look);
    NameLists ranked = lists;
    ranked.surnames.push_back("Thiều");
    const auto unranked = find_name(looks, ranked);
    CHECK_FALSE((unranked && text_of(unranked->line.words) == "Đỗ Bảo Lộc"));
    ranked.ranks = {"Đại tá", "Thiếu tá"};
    const auto told = find_name(looks, ranked);
    CHECK(text_of(told->line.words) == "Đỗ Bảo Lộc");
    CHECK(told->is_sure());
    CHECK(told->after_rank);
    CHECK(text_of(find_name({look("Bùi Văn Khải"), look("B_i Văn Khải")}, ranked)->line.words) == "Bùi Văn Khải");
  }

  TEST_CASE("of names that are as likely the one is told that is as wide as its place") {
    const std::vector<std::string> shown{"__ Thị Hồng Khải", "__ Thị Hồng Khải", "__ Thị Hồng Khải"};
    std::vector<SeenLine> looks;
    std::transform(shown.begin(), shown.end(), std::back_inserter(looks), look);
    for (const std::string surname : {"Vi", "Mã"}) {
      CAPTURE(surname);
      NameLists both = lists;
      both.surnames = {"Vi", "Mã"};
      const auto told = find_name(looks, both, print_width(surname + " Thị Hồng Khải") + 0.02);
      REQUIRE(told);
      CHECK(text_of(told->line.words) == surname + " Thị Hồng Khải");
    }
  }

  TEST_CASE("what is no name is not told for one") {
    CHECK_FALSE(find_name({}, lists));
    const auto told = found({"xử phạt", "phòng họp", "1234/QĐ"});
    CHECK_FALSE((told && told->is_likely()));
    const auto hidden = found({"____ ___", "______", "__"});
    CHECK_FALSE((hidden && hidden->is_likely()));
  }

  TEST_CASE("two names that are as likely are not told for sure") {
    const auto told = found({"Trần Thị V_n", "Trần Thị V_n", "Trần Thị V_n"});
    CHECK_FALSE((told && told->is_sure()));
  }

  TEST_CASE("a word that was read surely counts, though the list has it not") {
    SeenLine read = look("Nguyễn Thị Đệ");
    read.words = {test::seen("Đệ", 0.9, {400, 500, 460, 540})};
    CHECK_FALSE(find_name({read, read}, lists)->is_sure());
    const auto told = find_name({read, read, read, look("Nguy_n Thị Đệ")}, lists);
    CHECK(text_of(told->line.words) == "Nguyễn Thị Đệ");
  }

  TEST_CASE("a name that was found takes the place of one read badly, when it ends as that does") {
    SeenLine read = words({{"úy", 0.96}, {"Lộc", 0.97}});
    replace_name(read, 1, name({"Đỗ", "Thúy", "Lộc"}, 0.6, 0.85));
    CHECK(text_of(read.words) == "Đỗ Thúy Lộc");
    CHECK(read.words.back().word.confidence == doctest::Approx(0.97));

    const auto instead = [](std::optional<FoundName> found) {
      SeenLine other = words({{"Mai", 0.6}, {"Vân", 0.97}});
      replace_name(other, 0, std::move(found));
      return text_of(other.words);
    };
    CHECK(instead(name({"Bùi", "Văn", "Lộc"}, 0.6, 0.85)) == "Mai Vân");
    CHECK(instead(name({"Trần", "Vân"}, 0.35, 0.4)) == "Mai Vân");
    CHECK(instead(name({"Trần", "Vân"}, 0.25, 0.85)) == "Mai Vân");
    CHECK(instead(std::nullopt) == "Mai Vân");
    CHECK(instead(name({"Trần", "Vân"}, 0.35, 0.95)) == "Trần Vân");
  }

  TEST_CASE("other marks on the last word are those that were found for certain") {
    for (const double certainty : {0.8, 0.95}) {
      SeenLine read = words({{"Lê", 0.5}, {"Văn", 0.96}, {"Thăng", 0.85}});
      replace_name(read, 0, name({"Lê", "Văn", "Thắng"}, 0.6, certainty));
      CHECK(text_of(read.words) == (certainty < 0.9 ? "Lê Văn Thăng" : "Lê Văn Thắng"));
    }
  }

  TEST_CASE("what was guessed is doubtful where another name is found") {
    SeenLine read = words({{"Vũ", 0.65}, {"Vọng", 0.65}, {"Oanh", 0.96}});
    replace_name(read, 0, name({"Vũ", "Vọng", "Oanh"}, 0.25, 0.4));
    CHECK(read.words[1].word.confidence == doctest::Approx(0.65));
    replace_name(read, 0, name({"Vũ", "Ứng", "Oanh"}, 0.25, 0.4));
    CHECK(text_of(read.words) == "Vũ Vọng Oanh");
    CHECK(read.words[0].word.confidence < 0.5);
    CHECK(read.words[1].word.confidence < 0.5);
    CHECK(read.words[2].word.confidence == doctest::Approx(0.96));
  }

  TEST_CASE("more words among those that were read need less") {
    SeenLine read = words({{"Trần", 0.65}, {"Lộc", 0.96}});
    replace_name(read, 0, name({"Trần", "Minh", "Lộc"}, 0.31, 0.55));
    CHECK(text_of(read.words) == "Trần Minh Lộc");
    SeenLine two = words({{"Minh", 0.9}, {"Lộc", 0.96}});
    replace_name(two, 0, name({"Trần", "Bảo", "Lộc"}, 0.31, 0.4));
    CHECK(text_of(two.words) == "Minh Lộc");
    replace_name(two, 0, name({"Trần", "Bảo", "Lộc"}, 0.29, 0.55));
    CHECK(text_of(two.words) == "Minh Lộc");
    replace_name(two, 0, name({"Trần", "Bảo", "Lộc"}, 0.31, 0.55));
    CHECK(text_of(two.words) == "Trần Bảo Lộc");
    SeenLine half = words({{"L", 0.9}, {"Văn", 0.9}, {"Lộc", 0.96}});  // of a word that a stroke cuts off
    replace_name(half, 0, name({"Trần", "Văn", "Lộc"}, 0.31, 0.55));
    CHECK(text_of(half.words) == "L Văn Lộc");
    replace_name(half, 0, name({"Lê", "Văn", "Lộc"}, 0.31, 0.55));
    CHECK(text_of(half.words) == "Lê Văn Lộc");
    SeenLine ended = words({{"Trần", 0.65}, {"Thị", 0.93}});
    replace_name(ended, 0, name({"Trần", "Thị", "Hằng"}, 0.2, 0.85));
    CHECK(text_of(ended.words) == "Trần Thị");
    replace_name(ended, 0, name({"Trần", "Thị", "Hằng"}, 0.2, 0.95));
    CHECK(text_of(ended.words) == "Trần Thị Hằng");
    SeenLine other_marks = words({{"Đinh", 0.75}, {"Thăng", 0.9}});
    replace_name(other_marks, 0, name({"Y", "Đình", "Thắng"}, 0.32, 0.88));
    CHECK(text_of(other_marks.words) == "Đinh Thăng");
    other_marks.words.back().word.confidence = 0.8;
    replace_name(other_marks, 0, name({"Y", "Đình", "Thắng"}, 0.32, 0.88));
    CHECK(text_of(other_marks.words) == "Y Đình Thắng");
    CHECK(name_from(words({{"Ngày", 0.9}, {"12", 0.9}, {"Đức", 0.7}, {"Lộc", 0.9}}), 3) == 2);
    CHECK(may_be_told_otherwise(read, 0));
    CHECK_FALSE(may_be_told_otherwise(read, 2));
  }
}
