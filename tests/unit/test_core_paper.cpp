// SPDX-License-Identifier: Apache-2.0
#include "core/paper.hpp"
#include "tests/support/pixels.hpp"

#include <doctest/doctest.h>
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
  CHECK(test::same(*evened(*page, map, levels(51, 199)), *fine));
}

TEST_CASE("paper: a page too small for a map is shaded only") {
  const PixPtr scrap = shadowed_page(30, 20);
  const PixPtr shaded = own(pixGammaTRC(nullptr, scrap.get(), 1.0F, 51, 199), "pixGammaTRC");
  CHECK(test::same(
      *evened(*scrap, {.tile_width = 16, .tile_height = 16, .ink_level = 90, .enough = 40}, levels(51, 199)), *shaded));
}

}  // namespace sohoa
