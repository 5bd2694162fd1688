// SPDX-License-Identifier: Apache-2.0
#include "core/hidden_names.hpp"

#include "core/person_name.hpp"
#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace sohoa;
using test::line;

const std::vector<std::string> surnames{"Nguyễn", "Trần",  "Lê",   "Hoàng", "Huỳnh", "Vũ",    "Đặng",
                                        "Bùi",    "Dương", "Đinh", "Trịnh", "Mai",   "Trình", "Vừ"};

std::string told(const std::string& read) {
  const auto like = family_name_like(read, surnames);
  return like ? like->text : "";
}

SeenWord seen(const std::string& text, double confidence, double left, double right, double top = 500) {
  return test::seen(text, confidence, {left, top, right, top + 40});
}

// A title with its middle at x = 600, and a seal over the left of what stands below it.
SeenPage page_with(SeenLine name) {
  SeenPage page;
  page.lines.push_back(line({seen("GIÁM", 0.95, 500, 590, 300), seen("ĐỐC", 0.95, 610, 700, 300)}));
  page.lines.push_back(std::move(name));
  return page;
}
const std::vector<OcrMark> seal{{OcrMark::Kind::seal, {300, 350, 520, 570}}};

std::string text_of(const SeenLine& line) {
  std::string text;
  for (const SeenWord& word : line.words) {
    text += (text.empty() ? "" : " ") + word.word.text;
  }
  return text;
}

}  // namespace

TEST_SUITE("core::hidden_names") {
  TEST_CASE("a family name is told from what is left of it, the commoner of two that differ in marks") {
    CHECK(told("“rịnh") == "Trịnh");
    CHECK(told("1ê") == "Lê");
    CHECK(told("'băng") == "Đặng");
    CHECK(told("ùi") == "Bùi");
    CHECK(told("Vụ") == "Vũ");
    CHECK(told("Vừ") == "Vừ");
    CHECK(told("Hưvnh") == "Huỳnh");
    CHECK(told("") == "");
    CHECK(told("nh") == "");
    CHECK(told("mại") == "");
    CHECK(told("Thúy") == "");
    CHECK(told("IWf6g") == "");
    CHECK(family_name_like("Mai", surnames)->certainty == 1);
    CHECK(family_name_like("ùi", surnames)->certainty < 0.8);
  }

  TEST_CASE("only the common names of the list are guessed") {
    std::vector<std::string> many(common_surnames, "Nguyễn");
    many.emplace_back("Bàn");
    CHECK_FALSE(family_name_like("Bàn", many));
  }

  TEST_CASE("a name that is not in the middle below its title begins further left") {
    const auto found =
        hidden_names(page_with(line({seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)})), seal, surnames);
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 1);
    CHECK(found[0].known == 0);
    CHECK(found[0].begins_hidden);
    CHECK_FALSE(found[0].ends_hidden);
    CHECK(found[0].box.left == doctest::Approx(480 - 0.4 * 40));
    CHECK(found[0].box.right == 720);
  }

  TEST_CASE("a name that begins with a family name is whole; lines that no seal touches are none of ours") {
    const SeenLine whole =
        line({seen("Mai", 0.95, 490, 550), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 710)});
    const auto found = hidden_names(page_with(whole), seal, surnames);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].begins_hidden);
    CHECK(hidden_names(page_with(whole), {}, surnames).empty());
    CHECK(hidden_names(page_with(whole), seal, {}).empty());
    CHECK(hidden_names(page_with(line({seen("công", 0.95, 580, 660), seen("an", 0.95, 680, 720)})), seal, surnames)
              .empty());
  }

  TEST_CASE("the beginning comes from another reading, its rank with it, and what was read is kept") {
    SeenLine name = line({seen("“~", 0.2, 480, 570), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)});
    const SeenLine again = line({seen("Đại", 0.95, 380, 420), seen("tá", 0.95, 430, 470), seen("“rịnh", 0.4, 485, 570),
                                 seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)});
    NamePart beginning = beginning_of(again, name, 1, surnames);
    CHECK(beginning.key == "Trịnh");
    complete(name, 1, beginning, {});
    CHECK(text_of(name) == "Đại tá Trịnh Công An");
    CHECK(name.words[2].word.read == "rịnh");
    CHECK(name.words[2].word.confidence < 0.9);
    CHECK(name.line.box.left == 380);
    CHECK(beginning_of(line({seen("~~", 0.4, 485, 570)}), name, 3, surnames).words.empty());
  }

  TEST_CASE("a stroke parts a word or is none of it") {
    const SeenLine name = line({seen("Tuyết", 0.95, 680, 760)});
    CHECK(beginning_of(line({seen("Bùi(Hoàng", 0.4, 500, 660)}), name, 0, surnames).words.size() == 2);
    CHECK(beginning_of(line({seen("Bùi", 0.4, 500, 560), seen("b", 0.4, 570, 580)}), name, 0, surnames).words.size() ==
          1);
    CHECK(beginning_of(line({seen("T:ịnh", 0.4, 500, 660)}), name, 0, surnames).key == "Trịnh");
  }

  TEST_CASE("an end that a pen crosses is read again") {
    SeenLine name = line({seen("Đỗ", 0.95, 480, 540), seen("V", 0.9, 560, 580)});
    const std::vector<OcrMark> pen{{OcrMark::Kind::signature, {460, 450, 700, 520}}};
    const auto found = hidden_names(page_with(name), pen, {"Đỗ"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].ends_hidden);
    CHECK(found[0].box.right > 700);
    CHECK(ending_of(line({seen("Đỗ", 0.95, 480, 540), seen("Văn", 0.5, 560, 620)}), name).words.empty());
    CHECK(ending_of(line({seen("Đỗ", 0.95, 480, 540), seen("V", 0.9, 560, 580)}), name).words.empty());
    complete(
        name, 0, {},
        ending_of(line({seen("Đỗ", 0.95, 480, 540), seen("Văn", 0.95, 560, 620), seen("Ý", 0.9, 640, 670)}), name));
    CHECK(text_of(name) == "Đỗ Văn Ý");
    CHECK(name.line.box.right == 670);
  }

  TEST_CASE("looks vote, and the surest of the winner's readings is taken") {
    const SeenLine name = line({seen("An", 0.95, 680, 720)});
    NameVotes votes;
    CHECK(votes.winner().words.empty());
    const auto add = [&](const char* read) {
      votes.add(beginning_of(line({seen(read, 0.4, 500, 660)}), name, 0, surnames));
    };
    for (const char* read : {"Mai", "ùi", ""}) {
      add(read);
    }
    CHECK(votes.winner().words.empty());
    add("ùi");
    add("ui");
    REQUIRE(votes.winner().words.size() == 1);
    CHECK_FALSE(votes.agree());
    CHECK(votes.winner().key == "Bùi");
    CHECK(votes.winner().words.front().word.read == "ùi");
    NameVotes two;
    two.add(beginning_of(line({seen("Mai", 0.4, 500, 660)}), name, 0, surnames));
    CHECK_FALSE(two.agree());
    two.add(beginning_of(line({seen("Mai", 0.4, 500, 660)}), name, 0, surnames));
    CHECK(two.agree());
  }
}
