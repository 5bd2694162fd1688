// SPDX-License-Identifier: Apache-2.0
#include "core/prepare.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace {

using namespace sohoa;

// Grey paper full of small dark bars of that height.
PixPtr page_of(int height) {
  PixPtr page = own(pixCreate(1240, 1754, 8), "pixCreate");
  pixSetAllGray(page.get(), 235);
  for (int y = 100; y < 1600; y += 3 * height) {
    for (int x = 100; x < 1100; x += 2 * height) {
      pixRasterop(page.get(), x, y, height / 2, height, PIX_CLR, nullptr, 0, 0);
    }
  }
  return page;
}

}  // namespace

TEST_CASE("a page is read at the scale that brings its letters to the model's height") {
  CHECK(prepare_for_reading(*page_of(24), 300, {}).scale == doctest::Approx(200.0 / 300));
  CHECK(prepare_for_reading(*page_of(24), 0, {}).scale == doctest::Approx(200.0 / 300));
  CHECK(prepare_for_reading(*page_of(9), 100, {}).scale == doctest::Approx(2));
  // 15 pixels are 10 at 200 dpi, and 16 are wanted: half as much again is the most.
  CHECK(prepare_for_reading(*page_of(15), 300, {}).scale == doctest::Approx(1).epsilon(0.05));
  CHECK(prepare_for_reading(*page_of(12), 200, {}).scale == doctest::Approx(16.0 / 12).epsilon(0.05));
}

TEST_CASE("paper becomes white and ink black, and nothing grows on an empty page") {
  const ReadingImage reading = prepare_for_reading(*page_of(24), 300, {});
  l_uint32 paper = 0;
  l_uint32 ink = 0;
  pixGetPixel(reading.image.get(), 20, 20, &paper);
  pixGetPixel(reading.image.get(), static_cast<int>(106 * reading.scale), static_cast<int>(112 * reading.scale), &ink);
  CHECK(paper == 255);
  CHECK(ink < 10);
  const PixPtr blank = own(pixCreate(1240, 1754, 8), "pixCreate");
  pixSetAllGray(blank.get(), 235);
  CHECK(prepare_for_reading(*blank, 300, {}).scale == doctest::Approx(200.0 / 300));
}
