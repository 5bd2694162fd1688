// SPDX-License-Identifier: Apache-2.0
#include "core/hidden_names.hpp"

#include "core/name_beginning.hpp"
#include "core/name_votes.hpp"
#include "core/person_name.hpp"
#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

namespace {

using namespace sohoa;
using test::line;

const std::vector<std::string> surnames{"Nguyễn", "Trần",  "Lê",   "Hoàng", "Huỳnh", "Vũ",    "Đặng",
                                        "Bùi",    "Dương", "Đinh", "Trịnh", "Mai",   "Trình", "Vừ"};

const NameLists lists{surnames, {"Thị", "Văn", "Bảo", "Thúy", "Hằng", "Hạnh"}, {}};

std::string told(const std::string& read) {
  const auto like = name_word_like(read, surnames);
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

NamePart beginning_of(const SeenLine& name, std::size_t known, const std::vector<SeenLine>& readings,
                      std::optional<double> left = {}) {
  NameBeginnings beginnings({1, known, {}, left, true, false}, name, lists);
  for (const SeenLine& again : readings) {
    beginnings.add(again);
  }
  return beginnings.winner();
}

std::string text_of(const SeenLine& line) {
  std::string text;
  for (const SeenWord& word : line.words) {
    text += (text.empty() ? "" : " ") + word.word.text;
  }
  return text;
}

}  // namespace

TEST_SUITE("core::hidden_names") {
  TEST_CASE("a pen's strokes beside a whole name are no other name") {
    SeenPage page =
        page_with(line({seen("Vũ", 0.97, 480, 530), seen("Thị", 0.97, 545, 610), seen("Hằng", 0.95, 625, 720)}));
    CHECK(hidden_names(page, seal, lists).size() == 1);
    page.lines.push_back(line({seen("fX", 0.3, 530, 560, 420), seen("Á", 0.82, 570, 600, 420)}));
    const auto names = hidden_names(page, seal, lists);
    REQUIRE(names.size() == 1);
    CHECK(names[0].line == 1);
    page.lines[1].words.erase(page.lines[1].words.begin());
    CHECK(hidden_names(page, seal, lists).size() == 2);
  }

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
    CHECK(told("tloàng") == "Hoàng");
    CHECK(told("trịnh") == "Trịnh");  // whole, of which a stroke hides how high the capital is
    CHECK(name_word_like("Mai", surnames)->certainty == 1);
    CHECK(name_word_like("ùi", surnames)->certainty < 0.8);
  }

  TEST_CASE("a word with other marks than a listed one has: a tone before all else, or the only one") {
    const std::vector<std::string> list{"Văn", "Thắng", "Vân", "Thăng", "Hằng", "Lan", "Lân"};
    CHECK(listed_with_other_marks("Thẳng", list) == "Thắng");
    CHECK(listed_with_other_marks("Vần", list) == "Vân");
    CHECK(listed_with_other_marks("Hãng", list) == "Hằng");
    CHECK_FALSE(listed_with_other_marks("Lăn", list).has_value());  // either
    CHECK_FALSE(listed_with_other_marks("Vân", list).has_value());
    CHECK_FALSE(listed_with_other_marks("Minh", list).has_value());
  }

  TEST_CASE("a name that is not in the middle below its title begins further left") {
    const auto found =
        hidden_names(page_with(line({seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)})), seal, lists);
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 1);
    CHECK(found[0].known == 0);
    CHECK(found[0].begins_hidden);
    CHECK_FALSE(found[0].ends_hidden);
    CHECK(found[0].box.left == doctest::Approx(480 - 0.4 * 40));
    CHECK(found[0].box.right == 720);
  }

  TEST_CASE("half a name below its title is one whose beginning a pen hides, without a mark") {
    const SeenLine half = line({seen("Công", 0.95, 600, 680), seen("An", 0.95, 700, 740)});
    const auto found = hidden_names(page_with(half), {}, lists);
    REQUIRE(found.size() == 1);
    CHECK(found[0].begins_hidden);
    CHECK(found[0].left.value_or(0) == doctest::Approx(460));
    const SeenLine place =
        line({seen("huyện", 0.95, 480, 580), seen("Công", 0.95, 600, 680), seen("An", 0.95, 700, 740)});
    CHECK(hidden_names(page_with(place), {}, lists).empty());
  }

  TEST_CASE("without a mark the beginning is hidden where a word that was hardly read stands in its place") {
    const auto count = [](const std::string& text, double confidence, double left) {
      const SeenPage page = page_with(
          line({seen(text, confidence, left, left + 80), seen("Minh", 0.96, 590, 660), seen("Mẫn", 0.95, 680, 710)}));
      return hidden_names(page, {}, lists).size();
    };
    CHECK(count("Đinlí", 0.2, 490) == 1);
    CHECK(count("Đinlí", 0.7, 490) == 0);
    CHECK(count("Đinlí", 0.2, 400) == 0);
    CHECK(count("ĐInh", 0.85, 490) == 1);  // no word of a name
    CHECK(count("ĐInh", 0.95, 490) == 0);
    CHECK(count("huyện", 0.85, 490) == 0);
  }

  TEST_CASE("a letter alone is no name, but for one with a tone") {
    for (const auto& [letter, count] : {std::pair("T", 0U), std::pair("Ý", 1U)}) {
      CHECK(hidden_names(page_with(line({seen(letter, 0.95, 680, 710)})), seal, lists).size() == count);
    }
  }

  TEST_CASE("a name that begins with a family name is whole; lines that no seal touches are none of ours") {
    const SeenLine whole =
        line({seen("Mai", 0.95, 490, 550), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 710)});
    const auto found = hidden_names(page_with(whole), seal, lists);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].begins_hidden);
    CHECK(hidden_names(page_with(whole), {}, lists).empty());
    CHECK(hidden_names(page_with(whole), seal, NameLists()).empty());
    CHECK(
        hidden_names(page_with(line({seen("công", 0.95, 580, 660), seen("an", 0.95, 680, 720)})), seal, lists).empty());
  }

  TEST_CASE("what a seal was hardly read as does not count before a name") {
    std::vector<SeenWord> words;
    for (const double confidence : {0.7, 0.65, 0.42, 0.1, 0.0}) {
      const double left = 300 + 40.0 * static_cast<double>(words.size());
      words.push_back(seen("E", confidence, left, left + 30));
    }
    words.push_back(seen("Thịnh", 0.95, 640, 720));
    SeenPage page = page_with(line(words));
    REQUIRE(hidden_names(page, seal, lists).size() == 1);
    CHECK(hidden_names(page, seal, lists)[0].known == 5);
    for (SeenWord& word : page.lines[1].words) {
      word.word.confidence = std::max(word.word.confidence, 0.6);
    }
    CHECK(hidden_names(page, seal, lists).empty());
  }

  TEST_CASE("a name that begins with a family name is not whole behind the end of a word") {
    const auto begins_hidden = [](const std::string& before, double confidence) {
      const auto found = hidden_names(page_with(line({seen(before, confidence, 480, 560), seen("Mai", 0.95, 570, 610),
                                                      seen("Thị", 0.95, 620, 660), seen("An", 0.95, 670, 720)})),
                                      seal, lists);
      REQUIRE(found.size() == 1);
      return found[0].begins_hidden;
    };
    CHECK(begins_hidden("——hạm", 0.74));
    CHECK_FALSE(begins_hidden("tá", 0.74));
    CHECK_FALSE(begins_hidden("——hạm", 0.95));
    CHECK_FALSE(begins_hidden("——", 0.74));
  }

  TEST_CASE("a middle name in the place of the whole says that the title is not all there") {
    const auto name = [](const std::string& first) {
      return page_with(line({seen(first, 0.95, 490, 580), seen("An", 0.95, 600, 710)}));
    };
    const auto listed = hidden_names(name("Thúy"), seal, lists);
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].known == 0);
    CHECK_FALSE(listed[0].left.has_value());
    const auto rest = hidden_names(name("Trị"), seal, lists);
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].known == 1);
  }

  TEST_CASE("surely read words of a name are chosen among no others") {
    const auto word = [](const std::string& text, double confidence) {
      SeenWord one = seen(text, confidence, 0, 80);
      one.glyphs.push_back({{text, 0}});
      return one;
    };
    std::vector<SeenWord> words{word("ông", 0.95), word("Trịnh", 0.95), word("Thúy", 0.95), word("An,", 0.95),
                                word("Trần", 0.5), word("Hằng", 0.95),  word("Mai", 0.95),  word("sau", 0.95)};
    keep_names(words, lists);
    std::string chosen_among;
    for (const SeenWord& one : words) {
      chosen_among += one.glyphs.empty() ? "" : one.word.text + " ";
    }
    CHECK(chosen_among == "ông An, Trần Hằng Mai sau ");
  }

  TEST_CASE("the first word of a name in its place that is no family name is what is left of one") {
    const auto found = hidden_names(
        page_with(line({seen("Trị", 0.95, 480, 550), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)})), seal,
        lists);
    REQUIRE(found.size() == 1);
    CHECK(found[0].known == 1);
    CHECK(found[0].begins_hidden);
  }

  TEST_CASE("a title that is not all there does not tell where a name begins") {
    // In the middle below the title that is left the name would begin at 480.
    const auto found = hidden_names(
        page_with(line({seen("hạm", 0.9, 400, 470), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)})), seal,
        lists);
    REQUIRE(found.size() == 1);
    CHECK(found[0].known == 1);
    CHECK_FALSE(found[0].left.has_value());
    CHECK(found[0].box.left < 400);
    // Below the rest of a title that is left of it the name would begin right of where its words are.
    const auto right =
        hidden_names(page_with(line({seen("Công", 0.95, 400, 480), seen("An", 0.95, 500, 540)})), seal, lists);
    REQUIRE(right.size() == 1);
    CHECK_FALSE(right[0].left.has_value());
  }

  TEST_CASE("the beginning comes from other readings, its rank with it, and what was read is kept") {
    SeenLine name = line({seen("“~", 0.2, 480, 570), seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)});
    const SeenLine again = line({seen("Đại", 0.95, 380, 420), seen("tá", 0.95, 430, 470), seen("“rịnh", 0.4, 485, 570),
                                 seen("Công", 0.95, 580, 660), seen("An", 0.95, 680, 720)});
    const NamePart beginning = beginning_of(name, 1, {again, again, again});
    CHECK(beginning.key == "Trịnh");
    CHECK(complete(name, 1, beginning, {}) == 0);
    CHECK(text_of(name) == "Đại tá Trịnh Công An");
    CHECK(name.words[2].word.read == "rịnh");
    CHECK(name.words[2].word.confidence < 0.9);
    CHECK(name.line.box.left == 380);
    const SeenLine none = line({seen("~~", 0.4, 485, 570)});
    CHECK(beginning_of(name, 3, {none, none, none}).words.empty());
  }

  TEST_CASE("a stroke parts a word or is none of it, and what is no word of a name becomes the one it is near to") {
    const SeenLine name = line({seen("Tuyết", 0.95, 680, 760)});
    const auto told_by = [&](const std::vector<SeenWord>& words) {
      SeenLine whole;
      for (const SeenWord& word : beginning_of(name, 0, {line(words), line(words), line(words)}).words) {
        whole.words.push_back(word);
      }
      return text_of(whole);
    };
    CHECK(told_by({seen("Bùi(Hoàng", 0.4, 500, 660)}) == "Bùi Hoàng");
    CHECK(told_by({seen("Bùi", 0.4, 500, 560), seen("b", 0.4, 570, 580)}) == "Bùi");
    CHECK(told_by({seen("T:ịnh", 0.4, 500, 660)}) == "Trịnh");
    CHECK(told_by({seen("Mai", 0.9, 500, 560), seen("2ảo", 0.5, 580, 660)}) == "Mai Bảo");
    CHECK(told_by({seen("Mai", 0.9, 500, 560), seen("Đặng", 0.9, 580, 660)}) == "Mai Đặng");
  }

  TEST_CASE("readings are weighed together; one alone, or names as near, tell nothing") {
    const SeenLine name = line({seen("An", 0.95, 680, 720)});
    const auto told_by = [&](const std::vector<std::string>& texts) {
      std::vector<SeenLine> readings;
      for (const std::string& text : texts) {
        readings.push_back(line({seen(text, 0.4, 500, 660)}));
      }
      return beginning_of(name, 0, readings).key;
    };
    CHECK(told_by({"Mai"}).empty());
    CHECK(told_by({"Mai", "Mai"}) == "Mai");
    CHECK(told_by({"Đương", "ương", "0ương"}) == "Dương");
    CHECK(told_by({"ùi", "Bu", "ui"}) == "Bùi");
    CHECK(told_by({"Thúy", "Thúy", "Thúy"}).empty());
  }

  TEST_CASE("a word that stands behind family names is none misread") {
    const SeenLine name = line({seen("Hạnh", 0.96, 600, 700)});
    const auto family = [&](const std::string& read, double confidence) {
      const SeenLine again = line({seen(read, confidence, 500, 590), seen("Hạnh", 0.96, 600, 700)});
      return beginning_of(name, 0, {again, again, again, again}).key;
    };
    CHECK(family("Bảo", 0.96).empty());
    CHECK(family("Bui", 0.96) == "Bùi");
    CHECK(family("Mại", 0.6) == "Mai");
  }

  TEST_CASE("of names that are alike that one is told that fills its place") {
    // 40 pixels an em: Trịnh is wider than Đinh by a third of it.
    const SeenLine name = line({seen("An", 0.95, 1000, 1000 + 40 * print_width("An"))});
    const SeenLine again = line({seen("ịnh", 0.4, 930, 980)});
    const auto told_at = [&](const std::string& surname) {
      return beginning_of(name, 0, {again, again, again}, 1000 - 40 * print_width(surname + " ")).key;
    };
    CHECK(told_at("Trịnh") == "Trịnh");
    CHECK(told_at("Đinh") == "Đinh");
  }

  TEST_CASE("only the common names of the list are guessed") {
    NameLists many;
    many.surnames.assign(common_surnames, "Nguyễn");
    many.surnames.emplace_back("Xa");
    const SeenLine name = line({seen("An", 0.95, 680, 720)});
    const SeenLine again = line({seen("Xa", 0.4, 500, 660)});
    NameBeginnings beginnings({1, 0, {}, {}, true, false}, name, many);
    for (int i = 0; i < 3; ++i) {
      beginnings.add(again);
    }
    CHECK(beginnings.winner().words.empty());
  }

  TEST_CASE("a name read in two lines is one") {
    SeenPage page =
        page_with(line({seen("Đỗ", 0.95, 480, 540), seen("Hữu", 0.9, 560, 640), seen("An", 0.9, 660, 700)}));
    page.lines.push_back(line({seen("Đỗ", 0.95, 482, 540, 490), seen("Hữu", 0.9, 560, 640, 490)}));
    page.lines.back().begins_block = true;
    page.lines.push_back(line({seen("Hữu", 0.9, 560, 640, 600)}));
    HiddenName name;
    name.line = 1;
    drop_parts_of_names(page, {name});
    REQUIRE(page.lines.size() == 3);
    CHECK(text_of(page.lines[1]) == "Đỗ Hữu An");
    CHECK(text_of(page.lines[2]) == "Hữu");
    CHECK(page.lines[2].begins_block);
  }

  TEST_CASE("looks vote for a word that a pen crosses; names' words count more, and others are left") {
    const auto reading = [](const std::string& last, double confidence) {
      return line({seen("Đỗ", 0.95, 480, 540), seen(last, confidence, 560, 640)});
    };
    SeenLine name = reading("Hãng", 0.9);
    settle(name, 1, {reading("Hằng", 0.9), reading("Hằng", 0.9), reading("Hãng", 0.9)}, lists.words);
    CHECK(name.words[1].word.text == "Hằng");
    CHECK(name.words[1].word.read == "Hãng");
    SeenLine mostly = reading("Hãng", 0.9);
    settle(mostly, 1, {reading("Hằng", 0.9), reading("Hãng", 0.9), reading("Hãng", 0.9)}, lists.words);
    CHECK(mostly.words[1].word.text == "Hằng");
    SeenLine always = reading("Hãng", 0.9);
    settle(always, 1, {reading("Hãng", 0.9), reading("Hãng", 0.9)}, lists.words);
    CHECK(always.words[1].word.text == "Hãng");
    SeenLine rare = reading("Khuyến", 0.9);
    settle(rare, 1, {reading("Khuyến", 0.9), reading("#~", 0.2), reading("Khuyến", 0.9)}, lists.words);
    CHECK(rare.words[1].word.text == "Khuyến");
    CHECK(all_say({reading("Khuyến", 0.5)}, rare, 1));
    CHECK_FALSE(all_say({reading("Khuyến", 0.5), reading("Khuyên", 0.9)}, rare, 1));
  }

  TEST_CASE("an end that a pen crosses is read again") {
    SeenLine name = line({seen("Đỗ", 0.95, 480, 540), seen("V", 0.9, 560, 580)});
    const std::vector<OcrMark> pen{{OcrMark::Kind::signature, {460, 450, 700, 520}}};
    const auto found = hidden_names(page_with(name), pen, {{"Đỗ"}, {}, {}});
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
}
