// SPDX-License-Identifier: Apache-2.0
#include "core/shear_scores.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double radians = 3.14159265358979323846 / 180;

// Lines of small bars, turned by `degrees`; `specks` of ink are scattered among them.
PixPtr crooked(int width, int height, double degrees, int specks) {
  const PixPtr page = own(pixCreate(width, height, 1), "pixCreate");
  for (int y = 40; y + 40 < height; y += 37) {
    for (int x = 30 + y % 11; x + 60 < width; x += 17 + x % 5) {
      pixRasterop(page.get(), x, y - x % 4, 9, 13 + x % 7, PIX_SET, nullptr, 0, 0);
    }
  }
  for (int i = 0; i < specks; ++i) {
    pixSetPixel(page.get(), i * 7919 % width, i * 104'729 % height, 1);
  }
  return own(pixRotate(page.get(), static_cast<float>(degrees * radians), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0),
             "pixRotate");
}

void check_as_leptonica(const Pix& ink, float range) {
  Skew expected;
  auto* pix = const_cast<Pix*>(&ink);
  pixFindSkewSweepAndSearchScore(pix, &expected.angle, &expected.confidence, &expected.score, 2, 1, 0, range, 1, 0.01F);
  const Skew found = find_skew(ink, range);
  CHECK(found.angle == expected.angle);
  CHECK(found.confidence == expected.confidence);
  CHECK(found.score == expected.score);
}

}  // namespace

TEST_CASE("shear scores: a sheared image's own score") {
  const PixPtr ink = crooked(617, 803, 1.3, 900);
  const ShearScores scores(*ink);
  const PixPtr sheared = own(pixCreateTemplate(ink.get()), "pixCreateTemplate");
  for (const float angle : {0.0F, 0.0004F, -0.013F, 0.02F, 0.19F, -0.19F, 0.7F}) {
    CAPTURE(angle);
    pixVShearCorner(sheared.get(), ink.get(), angle, L_BRING_IN_WHITE);
    float expected = 0;
    pixFindDifferentialSquareSum(sheared.get(), &expected);
    CHECK(scores.at(angle) == expected);
  }
}

TEST_CASE("skew search: Leptonica's angle, confidence and score") {
  for (const double degrees : {0.0, 0.07, -0.43, 2.6, -9.8, 10.9, 30.0}) {
    CAPTURE(degrees);
    check_as_leptonica(*crooked(1240, 1754, degrees, 0), 11);
    check_as_leptonica(*crooked(411, 299, degrees, 2000), 11);
  }
  check_as_leptonica(*own(pixCreate(300, 200, 1), "pixCreate"), 11);  // empty
  const PixPtr black = own(pixCreate(300, 200, 1), "pixCreate");
  pixSetAll(black.get());
  check_as_leptonica(*black, 11);
  check_as_leptonica(*crooked(64, 90, 1, 3), 2);  // too little to tell
}

}  // namespace sohoa
