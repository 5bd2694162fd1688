// SPDX-License-Identifier: Apache-2.0
#include "core/orientation.hpp"

#include "core/binarize.hpp"
#include "core/skew.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

#include <string>
#include <string_view>

namespace {

using namespace sohoa;

constexpr double dpi = 150;
constexpr int x_height = 11;
constexpr int pitch = 11;  // of the letters, 3 of them paper

void bar(Pix* page, int left, int top, int width, int height) {
  pixRasterop(page, left, top, width, height, PIX_SET, nullptr, 0, 0);
}

// x: a small letter, b: an ascender, p: a descender, e: a mark above, o: a dot below.
void letter(Pix* page, char kind, int left, int baseline) {
  const int above = kind == 'b' ? 6 : 0;
  const int below = kind == 'p' ? 5 : 0;
  bar(page, left, baseline - x_height - above, 8, x_height + above + below);
  if (kind == 'e') {
    bar(page, left + 1, baseline - x_height - 6, 6, 4);
  } else if (kind == 'o') {
    bar(page, left + 3, baseline + 3, 3, 3);
  }
}

// An A4 page of that text over and over, each line begun `step` letters further in it.
PixPtr page_of(std::string_view text, std::size_t step, int lines = 40, int letters = 88) {
  PixPtr page = own(pixCreate(1240, 1754, 1), "pixCreate");
  for (int line = 0; line < lines; ++line) {
    for (int place = 0; place < letters - line * 7 % 5; ++place) {
      const char kind = text[(static_cast<std::size_t>(place) + static_cast<std::size_t>(line) * step) % text.size()];
      if (kind != ' ') {
        letter(page.get(), kind, 140 + place * pitch, 160 + line * 36);
      }
    }
  }
  return page;
}

// Marks as Vietnamese has them: above every third letter, below every twelfth.
constexpr std::string_view vietnamese = "bexx pxexe xobxe xxepbe xebexo xexbx pexxeb xoxe xbex ";
constexpr std::string_view capitals = "xxexx exxxxe xxoxex xxxexe xexxx exxxe ";
constexpr std::string_view no_marks = "bxxpx xbxxb xxbxpx bxxb xbxxp xxbx bxxxb xxbxpb ";
constexpr std::string_view figures = "xxxx xxxxx xxxx xxxxxxx xxxxx xxxxxx ";

// In English, and in a typeface: Leptonica's own.
PixPtr typed_page() {
  constexpr std::string_view words =
      "The committee shall meet at least once in every quarter and shall send the minutes of the meeting to all "
      "members within ten days. A member who cannot attend may be represented by another member. ";
  PixPtr page = own(pixCreate(1240, 1754, 1), "pixCreate");
  L_Bmf* font = bmfCreate(nullptr, 10);
  REQUIRE(font != nullptr);
  for (int line = 0; line < 30; ++line) {
    const std::size_t begin = static_cast<std::size_t>(line) * 41 % words.size();
    const std::string text = (std::string(words) + std::string(words)).substr(begin, 60);
    pixSetTextline(page.get(), font, text.c_str(), 1, 100, 200 + line * 46, nullptr, nullptr);
  }
  bmfDestroy(&font);
  return page;
}

void check_all_turns(const Pix& upright) {
  for (const int turn : {0, 90, 180, 270}) {
    CAPTURE(turn);
    const PageLie lie = measure_page(*turned(upright, 360 - turn), {10, true, dpi});
    CHECK(lie.geometry.orientation == turn);
    CHECK(lie.orientation_confidence > 0.4);
    CHECK(lie.geometry.skew == doctest::Approx(0).scale(1).epsilon(0.05));
  }
}

}  // namespace

TEST_CASE("a page of letters with marks is set upright from wherever it lies") {
  check_all_turns(*page_of(vietnamese, 5));
  check_all_turns(*page_of(capitals, 5));
}

TEST_CASE("a page of letters without marks is set upright by its ascenders") { check_all_turns(*page_of(no_marks, 5)); }

TEST_CASE("a typed English page is set upright from wherever it lies") { check_all_turns(*typed_page()); }

TEST_CASE("a line repeated down the page, whose letters make columns, does not lay it on its side") {
  check_all_turns(*page_of(vietnamese, 0));
}

TEST_CASE("a page whose head cannot be told stays as it lies, and says so") {
  for (const int turn : {0, 180}) {
    CAPTURE(turn);
    const PageLie lie = measure_page(*turned(*page_of(figures, 5), turn), {10, true, dpi});
    CHECK(lie.geometry.orientation == 0);
    CHECK(lie.orientation_confidence < 0.3);
  }
}

TEST_CASE("two words upside down are too little evidence to turn a page") {
  const PageLie lie = measure_page(*turned(*page_of("bexbex bexbe ", 0, 1, 12), 180), {10, true, dpi});
  CHECK(lie.geometry.orientation == 0);
  CHECK(lie.orientation_confidence < 0.3);
}

TEST_CASE("a wrong resolution does not change what the letters tell") {
  const PixPtr page = page_of(vietnamese, 5);
  for (const double told : {72.0, 300.0}) {
    CAPTURE(told);
    const Letters letters = letters_of(*page, told);
    CHECK(letters.size == doctest::Approx(x_height).epsilon(0.3));
    CHECK(words_lying(letters) > 1.9);
    CHECK(heads_up(*letters.ink, letters.size) > 6);
  }
}

TEST_CASE("what the letters tell of a page turned over is the opposite") {
  const Letters letters = letters_of(*page_of(vietnamese, 5), dpi);
  const double up = heads_up(*letters.ink, letters.size);
  CHECK(heads_up(*turned(*letters.ink, 180), letters.size) == doctest::Approx(-up));
  CHECK(words_lying({turned(*letters.ink, 90), letters.size}) == doctest::Approx(-words_lying(letters)));
}

TEST_CASE("a page without letters tells nothing") {
  const PixPtr page = own(pixCreate(600, 600, 1), "pixCreate");
  bar(page.get(), 20, 300, 560, 4);
  const Letters letters = letters_of(*page, dpi);
  CHECK(letters.size == 0);
  CHECK(words_lying(letters) == 0);
  CHECK(heads_up(*letters.ink, letters.size) == 0);
}
