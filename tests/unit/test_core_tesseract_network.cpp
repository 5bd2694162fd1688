// SPDX-License-Identifier: Apache-2.0
#include "core/tesseract_network.hpp"

#include "core/line_network.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>

using namespace sohoa;

namespace {

// Dark bars of every width and height, which read as letters of some kind.
std::unique_ptr<Pix, void (*)(Pix*)> picture_of(unsigned seed, int width) {
  constexpr int height = 60;
  std::unique_ptr<Pix, void (*)(Pix*)> picture(pixCreate(width, height, 8), [](Pix* pix) { pixDestroy(&pix); });
  pixSetAll(picture.get());
  std::mt19937 random(seed);
  const auto number = [&random](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  for (int x = 10; x + 20 < width; x += number(4, 14)) {
    const int top = number(8, 30);
    const std::unique_ptr<Box, void (*)(Box*)> bar(boxCreate(x, top, number(2, 12), number(4, height - 8 - top)),
                                                   [](Box* box) { boxDestroy(&box); });
    pixSetInRectArbitrary(picture.get(), bar.get(), static_cast<unsigned>(number(0, 90)));
  }
  return picture;
}

// The lines' text, with each glyph's confidence.
std::string read(bool here) {
  read_lines_here(here);
  tesseract::TessBaseAPI api;
  REQUIRE(api.Init(nullptr, "vie", tesseract::OEM_LSTM_ONLY) == 0);
  api.SetPageSegMode(tesseract::PSM_RAW_LINE);
  std::string told;
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U}) {
    const auto picture = picture_of(seed, 200 + 67 * static_cast<int>(seed));
    api.SetImage(picture.get());
    api.SetSourceResolution(200);
    REQUIRE(api.Recognize(nullptr) == 0);
    const std::unique_ptr<char[]> text(api.GetTSVText(0));
    told += text.get();
  }
  read_lines_here(false);
  return told;
}

}  // namespace

TEST_SUITE("core.tesseract_network") {
  TEST_CASE("lines read here are those that Tesseract reads, first lines by both") {
    const LinesRead before = lines_read();
    const std::string theirs = read(false);
    const LinesRead between = lines_read();
    CHECK(between.here == before.here);
    CHECK(between.by_tesseract >= before.by_tesseract + 5);
    const std::string ours = read(true);
    const LinesRead after = lines_read();
    CHECK(ours == theirs);
    CHECK(theirs.find_first_of("0123456789") != std::string::npos);
    if (line_kernels() != nullptr) {
      CHECK(after.here >= between.here + 4);
      CHECK(after.by_tesseract == between.by_tesseract + 1);
    }
  }
}
