// SPDX-License-Identifier: Apache-2.0
#include "core/brick.hpp"
#include "tests/support/pixels.hpp"

#include <cstdint>
#include <initializer_list>
#include <utility>

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Specks, strokes and blots; also at the edges.
PixPtr blotted(int width, int height) {
  PixPtr image(pixCreate(width, height, 1));
  std::uint32_t state = 7;
  const auto upto = [&](int most) {
    state = state * 1'664'525U + 1'013'904'223U;
    return static_cast<int>((state >> 8U) % static_cast<std::uint32_t>(most));
  };
  for (int i = 0; i < width * height / 60; ++i) {
    pixRasterop(image.get(), upto(width + 8) - 4, upto(height + 8) - 4, 1 + upto(9), 1 + upto(7), PIX_SET, nullptr, 0,
                0);
  }
  return image;
}

TEST_CASE("bricks make what Leptonica makes") {
  for (const auto& [width, height] : {std::pair(200, 90), std::pair(64, 64), std::pair(31, 5), std::pair(97, 40)}) {
    const PixPtr ink = blotted(width, height);
    for (const int across : {1, 2, 3, 5, 8, 13, 32, 47, 70}) {
      for (const int down : {1, 2, 4, 9, 33}) {
        CAPTURE(width);
        CAPTURE(across);
        CAPTURE(down);
        CHECK(test::same(*dilated(*ink, across, down), *PixPtr(pixDilateBrick(nullptr, ink.get(), across, down))));
        CHECK(test::same(*opened(*ink, across, down), *PixPtr(pixOpenBrick(nullptr, ink.get(), across, down))));
        CHECK(test::same(*closed(*ink, across, down), *PixPtr(pixCloseSafeBrick(nullptr, ink.get(), across, down))));
      }
    }
  }
}

}  // namespace
}  // namespace sohoa
