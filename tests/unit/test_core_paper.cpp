// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"

#include "core/binarize.hpp"
#include "core/threshold.hpp"
#include "tests/support/pixels.hpp"

#include <doctest/doctest.h>
#include <utility>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// A page lit from the left, with strokes of ink.
PixPtr shadowed_page(int width, int height) {
  PixPtr page = own(pixCreate(width, height, 8), "pixCreate");
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool ink = y % 24 < 9 && (x * 7 + y * 3) % 23 < 8;
      pixSetPixel(page.get(), x, y, static_cast<l_uint32>((ink ? 40 : 250) - 90 * x / width));
    }
  }
  return page;
}

}  // namespace

TEST_CASE("paper: evened as Leptonica's pixBackgroundNorm and pixGammaTRC do it") {
  const PixPtr page = shadowed_page(403, 611);
  const PixPtr coarse = own(pixBackgroundNorm(page.get(), nullptr, nullptr, 16, 16, 90, 40, even_paper, 2, 2), "norm");
  CHECK(test::same(*evened(*page, {.tile_width = 16, .tile_height = 16, .ink_level = 90, .enough = 40}), *coarse));

  const PixPtr fine = own(pixBackgroundNormSimple(page.get(), nullptr, nullptr), "norm");
  pixGammaTRC(fine.get(), fine.get(), 1.0F, 51, 199);
  const PaperMap map{.tile_width = 10, .tile_height = 15, .ink_level = 60, .enough = 40, .across = 2, .down = 1};
  CHECK(test::same(*evened(*page, map, {51, 199}), *fine));
}

TEST_CASE("paper: shaded as pixGammaTRC does it") {
  const PixPtr page = shadowed_page(403, 211);
  for (const Levels levels : {Levels{0, 255}, {0, 130}, {51, 199}, {90, 91}}) {
    CAPTURE(levels.white);
    const PixPtr expected = own(pixGammaTRC(nullptr, page.get(), 1.0F, levels.black, levels.white), "pixGammaTRC");
    CHECK(test::same(*shaded(*page, levels), *expected));
  }
  const PixPtr ramp = own(pixCreate(256, 1, 8), "pixCreate");
  for (int x = 0; x < 256; ++x) {
    pixSetPixel(ramp.get(), x, 0, static_cast<l_uint32>(x));
  }
  const PixPtr half = shaded(*ramp, {0, 130});
  for (const int level : {13, 39, 65, 91, 117}) {  // half a level each
    l_uint32 value = 0;
    pixGetPixel(half.get(), level, 0, &value);
    CHECK(value == static_cast<l_uint32>((510 * level + 130) / 260));
  }
}

TEST_CASE("grey by half is what Leptonica makes of it") {
  for (const int width : {203, 96, 7}) {
    CAPTURE(width);
    const PixPtr grey = own(pixCreate(width, 51, 8), "pixCreate");
    for (int y = 0; y < 51; ++y) {
      for (int x = 0; x < width; ++x) {
        pixSetPixel(grey.get(), x, y, static_cast<l_uint32>((x * x * 7 + y * 53 + x * y) % 256));
      }
    }
    const PixPtr expected = own(pixScaleAreaMap(grey.get(), 0.5F, 0.5F), "pixScaleAreaMap");
    CHECK(test::same(*halved(*grey), *expected));
  }
}

TEST_CASE("threshold and grey of bits: as Leptonica's pixThresholdToBinary and pixScaleToGray") {
  for (const int width : {31, 64, 403}) {
    CAPTURE(width);
    const PixPtr page = shadowed_page(width, 211);
    for (const int level : {1, 130, 255}) {
      const PixPtr expected = own(pixThresholdToBinary(page.get(), level), "pixThresholdToBinary");
      CHECK(test::same(*darker(*page, level), *expected));
    }
    const PixPtr bits = darker(*page, 130);
    for (const double scale : {0.51, 2.0 / 3, 0.75, 0.9}) {
      CAPTURE(scale);
      const PixPtr expected = own(pixScaleToGray(bits.get(), static_cast<float>(scale)), "pixScaleToGray");
      CHECK(test::same(*reading_grey(*bits, scale), *expected));
    }
    // Leptonica's own edge is darker than white paper there is.
    const PixPtr flat = own(pixConvert1To8(nullptr, bits.get(), 255, 0), "pixConvert1To8");
    const PixPtr expected = own(pixBlockconvGray(flat.get(), nullptr, 1, 1), "pixBlockconvGray");
    const PixPtr smooth = reading_grey(*bits, 1);
    for (Pix* pix : {expected.get(), smooth.get()}) {
      pixSetOrClearBorder(pix, 2, 2, 2, 2, PIX_SET);
    }
    CHECK(test::same(*smooth, *expected));
  }
}

TEST_CASE("grey of a colour scan is its red, halved the mean of four") {
  for (const int width : {31, 64, 402}) {
    CAPTURE(width);
    const PixPtr red = shadowed_page(width, 212);
    const PixPtr other = own(pixInvert(nullptr, red.get()), "pixInvert");
    const PixPtr colour = own(pixCreateRGBImage(red.get(), other.get(), other.get()), "pixCreateRGBImage");
    CHECK(test::same(*reading_grey(*colour, 1), *red));
    const PixPtr half = reading_grey(*colour, 0.5);
    for (int y = 0; y < 106; ++y) {
      for (int x = 0; x < width / 2 && width % 2 == 0; ++x) {
        l_uint32 sum = 2;
        for (const auto& [right, below] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)}) {
          l_uint32 value = 0;
          pixGetPixel(red.get(), 2 * x + right, 2 * y + below, &value);
          sum += value;
        }
        l_uint32 mean = 0;
        pixGetPixel(half.get(), x, y, &mean);
        REQUIRE(mean == sum / 4);
      }
    }
  }
}

TEST_CASE("paper: a page too small for a map is shaded only") {
  const PixPtr scrap = shadowed_page(30, 20);
  const PixPtr shaded = own(pixGammaTRC(nullptr, scrap.get(), 1.0F, 51, 199), "pixGammaTRC");
  CHECK(test::same(*evened(*scrap, {.tile_width = 16, .tile_height = 16, .ink_level = 90, .enough = 40}, {51, 199}),
                   *shaded));
}

}  // namespace sohoa
