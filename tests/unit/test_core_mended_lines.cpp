// SPDX-License-Identifier: Apache-2.0
#include "core/mended_lines.hpp"

#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

namespace {

using namespace sohoa;
using test::line;

SeenWord seen(const std::string& text, double confidence, double left, double right, double top, double bottom) {
  return test::seen(text, confidence, {left, top, right, bottom});
}

std::vector<std::string> kept(std::vector<SeenLine> lines) {
  SeenPage page;
  page.lines = std::move(lines);
  page.lines.front().begins_block = true;
  drop_double_lines(page);
  std::vector<std::string> texts;
  for (const SeenLine& one : page.lines) {
    texts.push_back(one.words.back().word.text);
  }
  CHECK(page.lines.front().begins_block);
  return texts;
}

TEST_SUITE("core::mended_lines") {
  TEST_CASE("a row of tone marks is no line of its own, though noise widens the other's box") {
    const SeenLine marks = line({seen("Nøơêâ", 0.5, 1576, 1668, 2696, 2734), seen("Kỉm", 0.5, 1686, 1786, 2696, 2734)});
    const SeenLine name = line({seen("Gz", 0.2, 1274, 1530, 2626, 2763), seen("Ngô", 0.97, 1575, 1668, 2704, 2757),
                                seen("Kim", 0.93, 1684, 1790, 2704, 2757)});
    CHECK(kept({marks, name}) == std::vector<std::string>{"Kim"});
    CHECK(kept({name, marks}) == std::vector<std::string>{"Kim"});
  }

  TEST_CASE("of two readings the one with more sure letters stays") {
    const SeenLine whole = line({seen("năm", 0.9, 100, 200, 300, 340), seen("2020", 0.9, 220, 320, 300, 340)});
    const SeenLine same = line({seen("nam", 0.8, 101, 201, 302, 341), seen("202o", 0.8, 221, 321, 302, 341)});
    CHECK(kept({same, whole}) == std::vector<std::string>{"2020"});
    CHECK(kept({whole, whole}).size() == 1);
  }

  TEST_CASE("what stands in two columns is two lines") {
    SeenPage page;
    page.lines = {line({seen("Trần", 0.9, 480, 600, 2080, 2120), seen("Phượng", 0.9, 620, 900, 2080, 2120),
                        seen("Đình", 0.9, 1700, 1800, 2082, 2124), seen("Đệ", 0.9, 1820, 1900, 2082, 2124)}),
                  line({seen("Nơi", 0.9, 480, 600, 2180, 2220), seen("nhận", 0.9, 880, 960, 2180, 2220)})};
    page.lines[0].begins_block = true;
    part_wide_lines(page);
    REQUIRE(page.lines.size() == 3);
    CHECK(page.lines[0].words.size() == 2);
    CHECK(page.lines[0].line.box.right == 900);
    CHECK(page.lines[0].begins_block);
    CHECK(page.lines[1].words.front().word.text == "Đình");
    CHECK(page.lines[1].line.box.left == 1700);
    CHECK_FALSE(page.lines[1].begins_block);
    CHECK(page.lines[2].words.size() == 2);
  }

  TEST_CASE("a word that fills the gap of a line goes into it, others stay lines") {
    const SeenLine parts = line({seen("ần", 0.9, 1107, 1146, 1940, 1969), seen("Ý", 0.7, 1240, 1260, 1942, 1969)});
    const auto joined = [&](double left, double right, double top) {
      SeenPage page;
      page.lines = {parts, line({seen("Minh", 0.9, left, right, top, top + 25)})};
      join_split_lines(page);
      CHECK(page.lines[0].line.box.left <= page.lines[0].words.front().word.box.left);
      std::string text;
      for (const SeenWord& word : page.lines[0].words) {
        text += word.word.text + " ";
      }
      return text + std::to_string(page.lines.size());
    };
    CHECK(joined(1160, 1230, 1943) == "ần Minh Ý 1");
    CHECK(joined(1025, 1095, 1943) == "Minh ần Ý 1");
    CHECK(joined(985, 1055, 1943) == "ần Ý 2");
    CHECK(joined(1160, 1230, 1970) == "ần Ý 2");
    CHECK(joined(1120, 1190, 1943) == "ần Ý 2");
    CHECK(joined(1270, 1340, 1943) == "ần Ý 2");
    CHECK(joined(1185, 1190, 1943) == "ần Ý 2");
  }

  TEST_CASE("what lies there and says something else stays, and what is said again elsewhere") {
    const SeenLine title = line({seen("GIÁM", 0.97, 100, 200, 300, 340), seen("ĐỐC", 0.97, 220, 320, 300, 340)});
    CHECK(kept({title, line({seen("PHÓ", 0.9, 102, 205, 300, 340)})}).size() == 2);
    CHECK(kept({title, line({seen("GIÁM", 0.9, 100, 200, 360, 400), seen("ĐỐC", 0.9, 220, 320, 360, 400)})}).size() ==
          2);
    CHECK(kept({title, line({seen("GIÁM", 0.5, 100, 330, 200, 420)})}).size() == 2);  // a ring widened it
  }
}

}  // namespace
