// SPDX-License-Identifier: Apache-2.0
#include "core/pen_strokes.hpp"

#include "core/person_name.hpp"
#include "core/unseen_names.hpp"
#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <leptonica/allheaders.h>

namespace {

using namespace sohoa;
using test::line;

constexpr int width = 500;
constexpr int height = 180;
constexpr int top = 70;
constexpr int bottom = 110;

PixPtr white(int across, int down) {
  PixPtr page = own(pixCreate(across, down, 8), "pixCreate");
  pixSetAll(page.get());
  return page;
}

void fill(Pix& page, int left, int above, int right, int below) {
  for (int y = above; y < below; ++y) {
    for (int x = left; x < right; ++x) {
      pixSetPixel(&page, x, y, 0);
    }
  }
}

// Stems and what joins them, as letters have.
void print_line(Pix& page, int from, int to, int above, int below) {
  for (int x = from; x + 16 <= to; x += 24) {
    fill(page, x, above, x + 5, below);
    fill(page, x + 11, above, x + 16, below);
    fill(page, x, (above + below) / 2, x + 16, (above + below) / 2 + 4);
  }
}

// A stroke from above the line to below it.
void draw_pen(Pix& page, double from, double to) {
  for (double t = 0; t < 1; t += 0.001) {
    const int x = static_cast<int>(from + (to - from) * t);
    const int y = static_cast<int>(10 + (height - 20) * t);
    fill(page, x - 2, y - 2, x + 3, y + 3);
  }
}

int ink(const Pix& page) {
  int count = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = 0; x < width; ++x) {
      l_uint32 value = 0;
      pixGetPixel(const_cast<Pix*>(&page), x, y, &value);
      count += value < 130 ? 1 : 0;
    }
  }
  return count;
}

}  // namespace

TEST_SUITE("core/pen_strokes") {
  TEST_CASE("strokes from outside a line are taken away, print stays") {
    const PixPtr print = white(width, height);
    print_line(*print, 60, 440, top + 4, bottom - 4);
    CHECK(without_pen(*print, top, bottom, 9) == nullptr);

    const PixPtr crossed = own(pixCopy(nullptr, print.get()), "pixCopy");
    draw_pen(*crossed, 120, 260);
    draw_pen(*crossed, 400, 310);
    const int pen = ink(*crossed) - ink(*print);
    for (const int reach : {0, 9}) {
      CAPTURE(reach);
      const PixPtr found = without_pen(*crossed, top, bottom, reach);
      REQUIRE(found != nullptr);
      int left = 0;
      int lost = 0;
      for (int y = top; y < bottom; ++y) {
        for (int x = 0; x < width; ++x) {
          l_uint32 was = 0;
          l_uint32 is = 0;
          pixGetPixel(print.get(), x, y, &was);
          pixGetPixel(found.get(), x, y, &is);
          left += was != 0 && is == 0 ? 1 : 0;
          lost += was == 0 && is != 0 ? 1 : 0;
        }
      }
      CHECK(left < pen * (reach == 0 ? 0.1 : 0.5));
      CHECK(lost < ink(*print) * (reach == 0 ? 0.15 : 0.08));
    }
  }

  TEST_CASE("print bolder than the pen stays where a stroke runs along it") {
    const PixPtr page = white(width, height);
    fill(*page, 200, top + 4, 212, bottom - 4);
    draw_pen(*page, 205, 207);
    const auto stem = [&](bool keep_bold) {
      const PixPtr found = without_pen(*page, top, bottom, 0, keep_bold);
      REQUIRE(found != nullptr);
      return ink(*found);
    };
    const int whole = 12 * (bottom - top - 8);
    CHECK(stem(false) < whole * 0.7);
    CHECK(stem(true) > whole * 0.95);
    CHECK(stem(true) < whole * 1.15);
  }
}

TEST_SUITE("core/unseen_names") {
  // A title with its middle at x = 600, signed over; print in the middle below it.
  TEST_CASE("the place of a name that was not read is found by its print, below a signed title") {
    const PixPtr page = white(1200, 900);
    print_line(*page, 450, 750, 600, 634);
    SeenPage seen;
    seen.lines.push_back(
        line({test::seen("GIÁM", 0.95, {500, 300, 590, 340}), test::seen("ĐỐC", 0.95, {610, 300, 700, 340})}));
    const std::vector<OcrMark> marks{{OcrMark::Kind::signature, {450, 380, 800, 640}}};
    const std::vector<UnseenName> names = unseen_names(seen, marks, *page, 1);
    REQUIRE(names.size() == 1);
    CHECK(names[0].box.left < 450);
    CHECK(names[0].box.right > 750);
    CHECK(names[0].box.top < 600);
    CHECK(names[0].box.top > 560);
    CHECK(names[0].box.bottom > 634);
    CHECK(names[0].box.bottom < 670);
    CHECK(names[0].middle == 600);
    CHECK(names[0].em == doctest::Approx(200 / print_width("GIÁM ĐỐC")));

    CHECK(unseen_names(seen, marks, *white(1200, 900), 1).empty());
    const auto line_at = [](double y, const std::vector<std::string>& words) {
      std::vector<SeenWord> read;
      for (const std::string& word : words) {
        const double left = 400 + 90.0 * static_cast<double>(read.size());
        read.push_back(test::seen(word, 0.95, {left, y, left + 80, y + 38}));
      }
      return line(std::move(read));
    };
    SUBCASE("or where nothing stands below the title") {
      CHECK(unseen_names(seen, {}, *page, 1).size() == 1);
      seen.lines.push_back(line_at(400, {"theo", "đề", "nghị"}));
      CHECK(unseen_names(seen, {}, *page, 1).empty());
    }
    SUBCASE("but not where one was read") {
      seen.lines.push_back(line_at(598, {"theo", "Vân"}));
      CHECK(unseen_names(seen, marks, *page, 1).empty());
    }
    SUBCASE("or more words than a name has") {
      seen.lines.push_back(line_at(598, {"các", "phòng", "ban", "trực", "thuộc", "này"}));
      CHECK(unseen_names(seen, marks, *page, 1).empty());
    }
    SUBCASE("or below what has digits") {
      seen.lines = {line_at(300, {"Mã:", "H56.08"})};
      CHECK(unseen_names(seen, marks, *page, 1).empty());
    }
  }

  TEST_CASE("a name that was found takes the place of less") {
    SeenPage seen;
    seen.lines.push_back(line({test::seen("1", 0.4, {500, 600, 540, 640})}));
    seen.lines.push_back(line({test::seen("Nơi", 0.9, {100, 600, 160, 640})}));
    SeenLine name =
        line({test::seen("Bùi", 0.65, {450, 598, 600, 640}), test::seen("Vân", 0.65, {600, 598, 750, 640})});
    add_name(seen, name);
    REQUIRE(seen.lines.size() == 2);
    CHECK(seen.lines[0].words.size() == 2);
    add_name(seen, line({test::seen("Mai", 0.65, {800, 598, 900, 640}), test::seen("An", 0.65, {900, 598, 960, 640})}));
    CHECK(seen.lines.size() == 3);
    CHECK(seen.lines[2].begins_block);
  }
}
