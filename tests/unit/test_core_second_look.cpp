// SPDX-License-Identifier: Apache-2.0
#include "core/second_look.hpp"

#include "core/glued_words.hpp"
#include "core/marks.hpp"
#include "core/ocr_tidy.hpp"
#include "core/print_alone.hpp"
#include "core/text.hpp"
#include "tests/support/models.hpp"
#include "tests/support/pixels.hpp"
#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>
#include <numbers>

namespace {

using namespace sohoa;
using test::line;
using test::seen;

const LanguageModel& office() {
  static const LanguageModel model =
      test::model_of("đào 9\ntạo 9\ncộng 9\nhòa 9\nviệt 9\nnam 9\nvăn 9\nkhải 9\nnhận 9\n");
  return model;
}

// Letters of 20 pixels with 4 between them, and 16 behind those places.
PixPtr letters(std::size_t count, const std::vector<std::size_t>& wide) {
  PixPtr page = own(pixCreate(1000, 60, 8), "pixCreate");
  pixSetAllGray(page.get(), 255);
  int x = 10;
  for (std::size_t i = 1; i <= count; ++i) {
    pixRasterop(page.get(), x, 10, 20, 40, PIX_CLR, nullptr, 0, 0);
    x += 24 + (std::find(wide.begin(), wide.end(), i) != wide.end() ? 12 : 0);
  }
  return page;
}

std::string text_of(const SeenPage& page) {
  std::string text;
  for (const SeenLine& one : page.lines) {
    for (const SeenWord& word : one.words) {
      text += (text.empty() ? "" : " ") + word.word.text;
    }
  }
  return text;
}

std::string parted(const std::string& word, const std::vector<std::size_t>& wide) {
  const std::size_t count = characters(word);
  SeenPage page;
  page.lines.push_back(line({seen(word, 0.9, {10, 10, 10 + 24.0 * static_cast<double>(count + wide.size() / 2), 50})}));
  part_glued_words(page, *letters(count, wide), 1, office());
  return text_of(page);
}

// Grey paper, 300 dpi, with a seal's ring of 4 pixels around (600, 600), and an upright of a letter across it.
PixPtr sealed_page(double radius) {
  PixPtr page = own(pixCreate(1240, 1754, 8), "pixCreate");
  pixSetAllGray(page.get(), 235);
  for (int i = 0; i < 8000; ++i) {
    const double angle = i * 2 * std::numbers::pi / 8000;
    for (double r = radius - 4; r <= radius; r += 0.5) {
      pixSetPixel(page.get(), static_cast<int>(600 + r * std::cos(angle)), static_cast<int>(600 + r * std::sin(angle)),
                  20);
    }
  }
  pixRasterop(page.get(), 596, static_cast<int>(600 + radius - 30), 8, 60, PIX_CLR, nullptr, 0, 0);
  return page;
}

}  // namespace

TEST_SUITE("core::second_look") {
  TEST_CASE("words run into one are parted where the ink has its widest gaps") {
    CHECK(parted("TẠOCỘNG", {3}) == "TẠO CỘNG");
    CHECK(parted("VIỆTNAM", {4}) == "VIỆT NAM");
    CHECK(parted("(VIỆTNAM)", {5}) == "(VIỆT NAM)");
    CHECK(parted("VIỆTNAM", {}) == "VIỆTNAM");
    CHECK(parted("VIỆTNAM", {2}) == "VIỆTNAM");     // no syllable ends there
    CHECK(parted("VIỆTNAM", {4, 6}) == "VIỆTNAM");  // spaced letters
    CHECK(parted("SINGAPORE", {4}) == "SINGAPORE");
  }

  TEST_CASE("parts lie on their ink") {
    SeenPage page;
    page.lines.push_back(line({seen("TẠOCỘNG", 0.9, {10, 10, 194, 50})}));
    part_glued_words(page, *letters(7, {3}), 1, office());
    REQUIRE(page.lines[0].words.size() == 2);
    CHECK(page.lines[0].words[0].word.box.right == doctest::Approx(78));
    CHECK(page.lines[0].words[1].word.box.left == doctest::Approx(94));
    CHECK(page.lines[0].words[1].word.box.right == doctest::Approx(194));
  }

  TEST_CASE("what stands among sure words was printed") {
    const auto noise = [](const std::string& text, double confidence, double left) -> bool {
      return noise_in({seen("Nơi", 0.95, {0, 0, 60, 40}), seen(text, confidence, {left, 0, left + 60, 40}),
                       seen("Đức", 0.95, {left + 75, 0, left + 135, 40})},
                      office())[1];
    };
    CHECK(noise_in({seen("văn", 0.05, {0, 0, 60, 40})}, office())[0]);
    CHECK_FALSE(noise("văn", 0.05, 75));
    CHECK_FALSE(noise("vbn", 0.05, 75));
    CHECK(noise("vbn", 0.05, 200));        // beside the one behind it alone
    CHECK_FALSE(noise("văn", 0.05, 200));  // which does for a word
    CHECK(noise("v†n", 0.05, 75));
    CHECK(noise("n", 0.4, 75));
  }

  TEST_CASE("of a line that runs across columns each part is read as well as either reading has it") {
    const SeenLine whole = line({seen("Nơi", 0.95, {0, 0, 60, 40}), seen("nhận:", 0.93, {70, 0, 160, 40}),
                                 seen("øKhái", 0.2, {400, 0, 500, 40})});
    SeenLine left = line({seen("Nơi", 0.9, {0, 0, 60, 40}), seen("nhân⁄", 0.2, {70, 0, 160, 40})});
    SeenLine right = line({seen("Văn", 0.95, {330, 0, 390, 40}), seen("Khải", 0.96, {400, 0, 500, 40})});
    left.line.box = {0, 0, 165, 40};
    right.line.box = {325, 0, 505, 40};
    const std::vector<SeenLine> best = best_of({left, right}, whole, office());
    REQUIRE(best.size() == 2);
    CHECK(best[0].words[1].word.text == "nhận:");
    CHECK(best[1].words[0].word.text == "Văn");
    right.words[0].word.confidence = right.words[1].word.confidence = 0.1;
    CHECK(best_of({left, right}, whole, office()).empty());
  }

  TEST_CASE("a line is read again only where that may make it surer") {
    const sohoa::Box box{0, 0, 60, 40};
    const SeenLine sure = line({seen("Văn", 0.97, box), seen("nhận", 0.97, box), seen("Việt", 0.97, box),
                                seen("Nam", 0.97, box), seen("cộng", 0.97, box), seen("hòa", 0.97, box)});
    CHECK_FALSE(may_gain(sure, office()));
    SeenLine speck = sure;
    speck.words[1].word.confidence = 0.45;
    CHECK(may_gain(speck, office()));
    CHECK(is_sure(sure));
    CHECK_FALSE(is_sure(speck));
    CHECK_FALSE(is_sure(SeenLine()));
  }

  TEST_CASE("a column's words keep the slope of their line") {
    SeenLine whole = line({seen("Nơi", 0.95, {0, 0, 60, 40}), seen("Khải", 0.9, {500, 10, 600, 50})});
    whole.line.box = {0, 0, 600, 50};
    whole.line.baseline_left = 40;
    whole.line.baseline_right = 52;
    const SeenLine right = words_in({490, 0, 610, 60}, whole);
    REQUIRE(right.words.size() == 1);
    CHECK(right.words[0].word.text == "Khải");
    CHECK(right.line.box.left == 500);
    CHECK(right.line.baseline_left == doctest::Approx(50));
    CHECK(words_in({200, 0, 300, 60}, whole).words.empty());
  }

  TEST_CASE("beside a stroke only known words are believed") {
    SeenPage look;
    look.lines.push_back(line({seen("~⁄", 0.9, {0, 0, 20, 40}), seen("vbn", 0.9, {30, 0, 60, 40})}));
    CHECK_FALSE(finds_words(look, office()));
    look.lines[0].words.push_back(seen("Văn", 0.6, {70, 0, 120, 40}));
    CHECK_FALSE(finds_words(look, office()));
    look.lines[0].words.back().word.confidence = 0.9;
    CHECK(finds_words(look, office()));
  }

  TEST_CASE("a line takes the place of what was read of it, and of the marks above it") {
    SeenPage page;
    page.lines = {line({seen("Nơi", 0.9, {0, 50, 60, 90})}), line({seen("`", 0.9, {20, 100, 30, 106})}),
                  line({seen("Khải", 0.9, {0, 110, 60, 140}), seen("V", 0.9, {70, 110, 90, 140})})};
    const SeenLine whole = line({seen("Khải", 0.95, {0, 98, 60, 140}), seen("Văn", 0.95, {70, 98, 130, 140})});
    SeenPage other = page;
    add_lines(page, {whole}, office());
    CHECK(text_of(page) == "Nơi Khải Văn");
    other.lines[2].words[1].word.text = "Nam";  // which the line does not have
    add_lines(other, {whole}, office());
    CHECK(text_of(other) == "Nơi Khải Nam");
  }

  TEST_CASE("a seal's ring is taken away, a letter across it stays") {
    for (const double off : {0.0, 3.0, -4.0}) {
      const PixPtr page = sealed_page(200);
      const ReadingImage reading = prepare_for_reading(*page, 300, {});
      const std::vector<OcrMark> marks{{OcrMark::Kind::seal, {398 + off, 400, 802 + off, 800}}};
      const PixPtr print = print_alone(*page, {}, reading, marks);
      REQUIRE(print != nullptr);
      const auto ink = [&](const Pix& picture, double x, double y) {
        l_uint32 value = 255;
        pixGetPixel(const_cast<Pix*>(&picture), static_cast<int>(x * reading.scale),
                    static_cast<int>(y * reading.scale), &value);
        return value < ink_level;
      };
      for (const double angle : {0.0, 0.7, 2.0, 3.1, 4.0, 5.5}) {
        const double x = 600 + 198 * std::cos(angle);
        const double y = 600 + 198 * std::sin(angle);
        CHECK(ink(*reading.image, x, y));
        CHECK_FALSE(ink(*print, x, y));
      }
      CHECK(ink(*print, 600, 790));
      CHECK(ink(*print, 600, 798));
      CHECK(ink(*print, 600, 820));
    }
    CHECK(print_alone(*sealed_page(200), {}, prepare_for_reading(*sealed_page(200), 300, {}), {}) == nullptr);
  }

  TEST_CASE("a blue signature is taken off the print below the head or at a seal, on yellow paper, too") {
    struct Paper {
      l_uint32 paper;
      l_uint32 pen;
    };
    for (const Paper& colours : {Paper{0xF0EEE800U, 0x203C9600U}, {0xDCCB9600U, 0x1E325800U}}) {
      const PixPtr page = own(pixCreate(1240, 1754, 32), "pixCreate");
      pixSetAllArbitrary(page.get(), colours.paper);
      for (const int y : {200, 1300}) {
        for (int x = 300; x < 700; x += 30) {
          BOX* letter = boxCreate(x, y, 12, 40);
          pixSetInRectArbitrary(page.get(), letter, 0x20201800U);
          boxDestroy(&letter);
        }
        BOX* stroke = boxCreate(280, y + 50, 440, 6);
        pixSetInRectArbitrary(page.get(), stroke, colours.pen);
        boxDestroy(&stroke);
      }
      const ReadingImage reading = prepare_for_reading(*page, 300, {});
      const std::vector<OcrMark> below{{OcrMark::Kind::signature, {280, 180, 720, 300}},
                                       {OcrMark::Kind::signature, {280, 1280, 720, 1400}}};
      // One of two parts of a signature touches the seal.
      const std::vector<OcrMark> at_seal{{OcrMark::Kind::signature, {450, 180, 720, 300}},
                                         {OcrMark::Kind::signature, {280, 180, 460, 300}},
                                         {OcrMark::Kind::seal, {100, 100, 300, 300}}};
      const auto value = [&](const PixPtr& print, int x, int y) {
        l_uint32 got = 0;
        pixGetPixel(print.get(), static_cast<int>(x * reading.scale), static_cast<int>(y * reading.scale), &got);
        return got;
      };
      const PixPtr print = print_alone(*page, {}, reading, below);
      REQUIRE(print != nullptr);
      CHECK(value(print, 500, 253) < 120);
      CHECK(value(print, 500, 1353) > 200);
      CHECK(value(print, 306, 1320) < 40);
      const PixPtr sealed = print_alone(*page, {}, reading, at_seal);
      REQUIRE(sealed != nullptr);
      CHECK(value(sealed, 320, 253) > 200);
      CHECK(value(sealed, 600, 253) > 200);
      CHECK(value(sealed, 306, 220) < 40);
      CHECK(value(sealed, 500, 1353) < 120);
    }
  }
}
