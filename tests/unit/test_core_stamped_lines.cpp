// SPDX-License-Identifier: Apache-2.0
#include "core/stamped_lines.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace sohoa;

namespace {

SeenWord seen(const std::string& text, double confidence, const Box& box) {
  SeenWord word;
  word.word.text = text;
  word.word.confidence = confidence;
  word.word.box = box;
  return word;
}

SeenLine line(std::vector<SeenWord> words) {
  SeenLine made;
  made.line.box = box_of(words);
  made.words = std::move(words);
  return made;
}

std::string text_of(const SeenLine& line) {
  std::string text;
  for (const SeenWord& word : line.words) {
    text += (text.empty() ? "" : " ") + word.word.text;
  }
  return text;
}

// An arrival stamp (200 to 500) over the beginnings of a heading and of what the letter is about.
SeenPage letter() {
  SeenPage page;
  page.lines.push_back(line({seen("Số:", 0.95, {200, 20, 260, 50}), seen("24/BC", 0.95, {270, 20, 400, 50})}));
  page.lines.push_back(line({seen("SỞ", 0.95, {220, 110, 260, 140}), seen("BÁO", 0.93, {620, 110, 700, 140}),
                             seen("CÁO", 0.96, {710, 110, 790, 140})}));
  page.lines.push_back(line({seen("ĐỀNết", 0.44, {390, 150, 480, 180}), seen("quả", 0.97, {510, 150, 570, 180}),
                             seen("phới", 0.6, {580, 150, 650, 180}), seen("hợp", 0.96, {660, 150, 740, 180})}));
  page.lines.push_back(line({seen("Kính", 0.95, {620, 300, 700, 330}), seen("gửi:", 0.95, {710, 300, 790, 330})}));
  return page;
}

const Box stamp{200, 90, 500, 220};

}  // namespace

TEST_SUITE("core.stamped_lines") {
  TEST_CASE("lines that a stamp lies over are found, with what of them may lie under it") {
    const std::vector<StampedLine> found = stamped_lines(letter(), {{OcrMark::Kind::stamp, stamp}}, 0);
    REQUIRE(found.size() == 2);
    CHECK(found[0].line == 1);
    CHECK(found[1].line == 2);
    CHECK(found[1].stamp == stamp);
    CHECK(found[1].box == Box{200, 150, 740, 180});
  }

  TEST_CASE("pieces of ink with a colour are a stamp in the head, and not where people sign") {
    const std::vector<OcrMark> pieces{{OcrMark::Kind::signature, {200, 90, 320, 220}},
                                      {OcrMark::Kind::handwriting, {330, 100, 500, 200}}};
    const std::vector<StampedLine> found = stamped_lines(letter(), pieces, 400);
    REQUIRE(found.size() == 2);
    CHECK(found[0].stamp == stamp);
    CHECK(stamped_lines(letter(), pieces, 150).empty());
    CHECK(stamped_lines(letter(), {{OcrMark::Kind::handwriting, {380, 140, 460, 190}}}, 400).empty());
    CHECK(stamped_lines(letter(), {{OcrMark::Kind::seal, stamp}}, 400).empty());
    CHECK(stamped_lines(SeenPage(), pieces, 400).empty());
  }

  TEST_CASE("each word of the line is taken from its surer reading") {
    SeenPage page = letter();
    const SeenLine print = line({seen(".:", 0.1, {210, 140, 240, 190}), seen("Kết", 0.75, {420, 130, 500, 200}),
                                 seen("quà", 0.9, {510, 150, 570, 180}), seen("phối", 0.9, {580, 150, 650, 180}),
                                 seen("hợp", 0.97, {660, 150, 740, 180})});
    CHECK(take_print(page, {2, stamp, {}}, print, {}) == 0);
    REQUIRE(page.lines.size() == 4);
    CHECK(text_of(page.lines[2]) == "Kết quả phối hợp");
    CHECK(page.lines[2].line.box == Box{420, 150, 740, 180});
  }

  TEST_CASE("the stamp's own words become a line") {
    SeenPage page = letter();
    const SeenLine print = line({seen("BÁO", 0.95, {620, 110, 700, 140}), seen("CÁO", 0.96, {710, 110, 790, 140})});
    CHECK(take_print(page, {1, stamp, {}}, print, {}) == 1);
    REQUIRE(page.lines.size() == 5);
    CHECK(text_of(page.lines[1]) == "SỞ");
    CHECK(text_of(page.lines[2]) == "BÁO CÁO");
    CHECK(page.lines[2].begins_block);
  }

  TEST_CASE("a reading that lacks a sure word is refused") {
    SeenPage page = letter();
    CHECK(take_print(page, {1, stamp, {}}, line({seen("BÁO", 0.95, {620, 110, 700, 140})}), {}) == 0);
    CHECK(text_of(page.lines[1]) == "SỞ BÁO CÁO");
  }
}
