// SPDX-License-Identifier: Apache-2.0
#include "core/skew.hpp"

#include "core/binarize.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace {

using namespace sohoa;

constexpr double dpi = 150;
constexpr double radians = 3.14159265358979323846 / 180;

void bar(Pix* page, int left, int top, int width, int height) {
  pixRasterop(page, left, top, width, height, PIX_SET, nullptr, 0, 0);
}

void frame(Pix* page, int inset) {
  const int thick = 8;
  const int width = pixGetWidth(page) - 2 * inset;
  const int height = pixGetHeight(page) - 2 * inset;
  bar(page, inset, inset, width, thick);
  bar(page, inset, inset + height - thick, width, thick);
  bar(page, inset, inset, thick, height);
  bar(page, inset + width - thick, inset, thick, height);
}

// An A4 page of twelve ragged lines of small bars, within a double frame as certificates have it.
PixPtr certificate() {
  PixPtr page = own(pixCreate(1240, 1754, 1), "pixCreate");
  frame(page.get(), 60);
  frame(page.get(), 80);
  for (int line = 0; line < 12; ++line) {
    for (int letter = 0; letter < 38 - line % 5; ++letter) {
      const int odd = (letter * 7 + line * 11) % 5;
      bar(page.get(), 180 + line % 3 * 9 + letter * 23 + odd, 300 + line * 60 - odd, 9 + odd, 14 + odd);
    }
  }
  return page;
}

PixPtr lying(int turn, double skew) {
  const PixPtr page = certificate();
  const PixPtr crooked =
      own(pixRotate(page.get(), static_cast<float>(-skew * radians), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0),
          "pixRotate");
  return turned(*crooked, 360 - turn);
}

}  // namespace

TEST_CASE("a frame does not lay a page on its side") {
  for (const double skew : {0.0, 0.4, -2.0}) {
    CAPTURE(skew);
    const PageLie lie = measure_page(*lying(0, skew), {10, true, dpi});
    CHECK(lie.geometry.orientation == 0);
    CHECK(lie.geometry.skew == doctest::Approx(skew).epsilon(0.05).scale(1));
  }
}

TEST_CASE("a framed page on its side is set upright") {
  const PageLie lie = measure_page(*lying(90, 0.4), {10, true, dpi});
  CHECK(lie.geometry.orientation == 90);
  CHECK(lie.geometry.skew == doctest::Approx(0.4).epsilon(0.05).scale(1));
}

TEST_CASE("a grey page is turned as Leptonica turns it") {
  const PixPtr black = certificate();
  const PixPtr page = own(pixConvert1To8(nullptr, black.get(), 255, 0), "pixConvert1To8");
  for (const double skew : {0.3, 4.0, -1.7}) {
    CAPTURE(skew);
    const PixPtr ours = straighten(*page, PageGeometry{0, skew, false});
    const PixPtr theirs =
        own(pixRotate(page.get(), static_cast<float>(skew * radians), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0),
            "pixRotate");
    l_float32 difference = 0;
    pixCompareGray(ours.get(), theirs.get(), L_COMPARE_ABS_DIFF, 0, nullptr, &difference, nullptr, nullptr);
    CHECK(difference < 0.05F);
  }
}

TEST_CASE("a part is turned as it is in its page") {
  const PixPtr black = certificate();
  const PixPtr page = own(pixConvert1To8(nullptr, black.get(), 255, 0), "pixConvert1To8");
  const Size size = size_of(*page);
  constexpr PixRect cut{200, 300, 400, 260};
  constexpr int rim = 60;
  const auto middle = [&](const Pix& picture, int left, int top) {
    return cut_out(picture, {left + rim, top + rim, cut.width - 2 * rim, cut.height - 2 * rim});
  };
  for (const double skew : {0.0, 0.7, -4.0}) {
    CAPTURE(skew);
    const PixPtr part =
        straighten_part(*cut_out(*page, cut), {0, skew, false}, size.width / 2 - cut.left, size.height / 2 - cut.top);
    l_int32 same = 0;
    pixEqual(middle(*part, 0, 0).get(), middle(*straighten(*page, {0, skew, false}), cut.left, cut.top).get(), &same);
    CHECK(same == 1);
  }
}
