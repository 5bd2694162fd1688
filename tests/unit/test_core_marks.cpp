// SPDX-License-Identifier: Apache-2.0
#include "core/marks.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>
#include <cmath>

namespace {

using namespace sohoa;

constexpr double mm = 200 / 25.4;
constexpr l_uint32 red = 0xD02C3A00;
constexpr l_uint32 blue = 0x26329600;

PixPtr sheet(int depth) {
  PixPtr page = own(pixCreate(static_cast<int>(210 * mm), static_cast<int>(297 * mm), depth), "pixCreate");
  pixSetBlackOrWhite(page.get(), L_SET_WHITE);
  return page;
}

void dot(Pix* page, double x, double y, int size, l_uint32 colour) {
  const int left = static_cast<int>(x * mm) - size / 2;
  const int top = static_cast<int>(y * mm) - size / 2;
  for (int dx = 0; dx < size; ++dx) {
    for (int dy = 0; dy < size; ++dy) {
      pixSetPixel(page, left + dx, top + dy, colour);
    }
  }
}

// A double ring about (x, y), with gaps where the hand pressed less.
void seal(Pix* page, double x, double y, double radius, l_uint32 colour) {
  for (int i = 0; i < 2880; ++i) {
    const double angle = i * 3.14159265358979 / 1440;
    if (i / 60 % 8 != 3) {
      dot(page, x + radius * std::cos(angle), y + radius * std::sin(angle), 5, colour);
    }
    dot(page, x + 0.6 * radius * std::cos(angle), y + 0.6 * radius * std::sin(angle), 3, colour);
  }
}

void scrawl(Pix* page, double x, double y, l_uint32 colour) {
  for (int i = 0; i < 4000; ++i) {
    const double t = i / 4000.0;
    dot(page, x + 40 * t + 4 * std::cos(30 * t), y + 8 * std::sin(30 * t), 5, colour);
  }
}

// Lines of small upright bars, as text is.
void print(Pix* page, double from, double to) {
  for (double y = from; y < to; y += 7) {
    for (double x = 30; x < 190; x += 2.3) {
      for (double part = 0; part < 2.2; part += 0.3) {
        dot(page, x + (static_cast<int>(x) % 3 == 0 ? part / 3 : 0), y + part, 3, 0);
      }
    }
  }
}

sohoa::Box in_mm(const sohoa::Box& box) { return {box.left / mm, box.top / mm, box.right / mm, box.bottom / mm}; }

bool lies_near(const sohoa::Box& box, const sohoa::Box& wanted) {
  return std::abs(box.left - wanted.left) < 2 && std::abs(box.top - wanted.top) < 2 &&
         std::abs(box.right - wanted.right) < 2 && std::abs(box.bottom - wanted.bottom) < 2;
}

}  // namespace

TEST_CASE("a red seal and a blue signature are told by their colour, print is not") {
  const PixPtr page = sheet(32);
  print(page.get(), 40, 180);
  seal(page.get(), 130, 210, 18, red);
  scrawl(page.get(), 140, 212, blue);
  const std::vector<OcrMark> marks = marks_of(*page, 200, {});
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].kind == OcrMark::Kind::seal);
  CHECK(lies_near(in_mm(marks[0].box), {112, 192, 148, 228}));
  CHECK(marks[1].kind == OcrMark::Kind::signature);
}

TEST_CASE("marks lie in the upright frame of a page that lies on its head") {
  const PixPtr page = sheet(32);
  seal(page.get(), 130, 210, 18, red);
  PageGeometry geometry;
  geometry.orientation = 180;
  const std::vector<OcrMark> marks = marks_of(*page, 200, geometry);
  REQUIRE(marks.size() == 1);
  CHECK(lies_near(in_mm(marks[0].box), {62, 69, 98, 105}));
}

TEST_CASE("a ring is a seal in a bitonal scan, too, and text has none") {
  const PixPtr page = sheet(8);
  print(page.get(), 40, 280);
  const auto bitonal = [](const PixPtr& grey) {
    return own(pixThresholdToBinary(grey.get(), 128), "pixThresholdToBinary");
  };
  CHECK(marks_of(*bitonal(page), 200, {}).empty());
  seal(page.get(), 130, 210, 18, 0);
  const PixPtr black = bitonal(page);
  for (const Pix* scan : {page.get(), black.get()}) {
    const std::vector<OcrMark> marks = marks_of(*scan, 200, {});
    REQUIRE(!marks.empty());
    CHECK(marks[0].kind == OcrMark::Kind::seal);
    CHECK(lies_near(in_mm(marks[0].box), {112, 192, 148, 228}));
  }
}

TEST_CASE("a seal in a grey scan may be fainter than print") {
  const PixPtr page = sheet(8);
  print(page.get(), 40, 280);
  seal(page.get(), 130, 210, 18, 178);
  const std::vector<OcrMark> marks = marks_of(*page, 200, {});
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].kind == OcrMark::Kind::seal);
  CHECK(lies_near(in_mm(marks[0].box), {112, 192, 148, 228}));
}

TEST_CASE("a coloured mark whose words were read surely is print") {
  std::vector<OcrMark> marks{{OcrMark::Kind::handwriting, {100, 100, 300, 140}},
                             {OcrMark::Kind::seal, {100, 100, 300, 300}}};
  drop_print(marks, {{"KHẨN", 0.5, {100, 100, 300, 140}}});
  CHECK(marks.size() == 2);
  CHECK(lies_in_scrawl({150, 110, 200, 130}, marks));
  CHECK_FALSE(lies_in_scrawl({50, 110, 120, 130}, marks));
  drop_print(marks, {{"KHẨN", 0.95, {100, 100, 300, 140}}});
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].kind == OcrMark::Kind::seal);
}
