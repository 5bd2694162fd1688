// SPDX-License-Identifier: Apache-2.0
#include "core/ink_parts.hpp"
#include "tests/support/pixels.hpp"

#include <cstdint>
#include <utility>

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Pixels by chance, of which so many in a hundred are ink.
PixPtr speckled(int width, int height, std::uint32_t share) {
  PixPtr image(pixCreate(width, height, 1));
  std::uint32_t state = 11;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      state = state * 1'664'525U + 1'013'904'223U;
      if ((state >> 8U) % 100 < share) {
        pixSetPixel(image.get(), x, y, 1);
      }
    }
  }
  return image;
}

TEST_CASE("the parts of ink are those that Leptonica finds, in its order") {
  for (const std::uint32_t share : {0U, 3U, 20U, 37U, 45U, 70U, 100U}) {
    for (const auto& [width, height] : {std::pair(150, 70), std::pair(64, 20), std::pair(1, 9), std::pair(33, 1)}) {
      CAPTURE(share);
      CAPTURE(width);
      const PixPtr ink = speckled(width, height, share);
      Pixa* found = nullptr;
      const BoxaPtr boxes(pixConnComp(ink.get(), &found, 8));
      const InkParts parts(*ink);
      REQUIRE(static_cast<int>(parts.boxes().size()) == boxaGetCount(boxes.get()));
      for (std::size_t i = 0; i < parts.boxes().size(); ++i) {
        PixRect box;
        boxaGetBoxGeometry(boxes.get(), static_cast<int>(i), &box.left, &box.top, &box.width, &box.height);
        CHECK(parts.boxes()[i].left == box.left);
        CHECK(parts.boxes()[i].top == box.top);
        CHECK(parts.boxes()[i].width == box.width);
        CHECK(parts.boxes()[i].height == box.height);
        CHECK(test::same(*parts.shape(i), *PixPtr(pixaGetPix(found, static_cast<int>(i), L_CLONE))));
      }
      pixaDestroy(&found);
      const PixPtr large(pixSelectBySize(ink.get(), 4, 3, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE, nullptr));
      CHECK(test::same(*parts.only([](const PixRect& box) { return box.width >= 4 && box.height >= 3; }), *large));
    }
  }
}

}  // namespace
}  // namespace sohoa
