// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"
#include "formats/pdf_page_matrix.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pdf_pages.hpp"
#include "tests/support/run.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

// Rows of grey values.
using Raster = std::vector<std::string>;

Raster mirrored(Raster raster) {
  for (std::string& row : raster) {
    std::reverse(row.begin(), row.end());
  }
  return raster;
}

Raster transposed(const Raster& raster) {
  Raster out(raster[0].size(), std::string(raster.size(), ' '));
  for (std::size_t y = 0; y < raster.size(); ++y) {
    for (std::size_t x = 0; x < raster[y].size(); ++x) {
      out[x][y] = raster[y][x];
    }
  }
  return out;
}

Raster clockwise(const Raster& raster, int degrees) {
  return degrees == 0 ? raster : clockwise(mirrored(transposed(raster)), degrees - 90);
}

// TIFF 6.0, section 8: where the 0th row and the 0th column lie.
Raster upright(const Raster& stored, int orientation) {
  switch (orientation) {
    case 2:
      return mirrored(stored);  // top, right
    case 3:
      return clockwise(stored, 180);  // bottom, right
    case 4:
      return mirrored(clockwise(stored, 180));  // bottom, left
    case 5:
      return transposed(stored);  // left, top
    case 6:
      return clockwise(stored, 90);  // right, top
    case 7:
      return clockwise(transposed(stored), 180);  // right, bottom
    case 8:
      return clockwise(stored, 270);  // left, bottom
    default:
      return stored;
  }
}

// The middles of squares of four by four, from a binary PGM of one byte a sample.
Raster read_pgm(const std::string& bytes) {
  std::istringstream in(bytes);
  std::string magic;
  std::size_t width = 0;
  std::size_t height = 0;
  int most = 0;
  in >> magic >> width >> height >> most;
  in.get();
  Raster raster(height / 4, std::string(width / 4, ' '));
  std::string row(width, ' ');
  for (std::size_t y = 0; y < height; ++y) {
    in.read(row.data(), static_cast<std::streamsize>(width));
    for (std::size_t x = 0; y % 4 == 1 && x < width / 4; ++x) {
      raster.at(y / 4).at(x) = row[4 * x + 1];
    }
  }
  return raster;
}

double x_of(const Matrix& m, double x, double y) { return m.a * x + m.c * y + m.e; }
double y_of(const Matrix& m, double x, double y) { return m.b * x + m.d * y + m.f; }

EncodedImage image_of(int width, int height) {
  EncodedImage image;
  image.width = width;
  image.height = height;
  return image;
}

}  // namespace

TEST_SUITE("formats::pdf_page_matrix") {
  TEST_CASE("all orientations and turns are shown upright" * doctest::skip(!test::has_programs({"pdftoppm"}))) {
    const Raster stored{"\x10\x40\x70", "\xA0\xC0\xE0"};
    const test::TempDir folder;
    std::vector<Raster> expected;
    std::vector<PdfPage> pages;
    for (int orientation = 1; orientation <= 8; ++orientation) {
      for (const int turn : {0, 90, 180, 270}) {
        PdfPage page = test::page_of(stored[0] + stored[1], 3, 2, 6);
        page.image.orientation = orientation;
        page.geometry.orientation = turn;
        pages.push_back(page);
        expected.push_back(clockwise(upright(stored, orientation), turn));
      }
    }
    const std::string file = (folder / "turns.pdf").string();
    write_pdf(file, PdfConformance::a2b, {}, pages.size(), [&](std::size_t page) { return pages[page]; });
    for (std::size_t page = 0; page < pages.size(); ++page) {
      const std::string number = std::to_string(page + 1);
      const test::Run shown = test::run({"pdftoppm", "-r", "24", "-gray", "-f", number, "-l", number, file});
      CAPTURE(pages[page].image.orientation);
      CAPTURE(pages[page].geometry.orientation);
      CHECK(read_pgm(shown.out) == expected[page]);
    }
  }

  TEST_CASE("a page has its true size, each axis by its own resolution") {
    EncodedImage image = image_of(2550, 1650);
    PagePlacement page = place_page(image, 300, 150, {});
    CHECK(page.width == doctest::Approx(612));
    CHECK(page.height == doctest::Approx(792));
    // After the tag the image is 1650 x 2550, and the resolutions are of that.
    image.orientation = 6;
    page = place_page(image, 150, 300, {});
    CHECK(page.width == doctest::Approx(792));
    CHECK(page.height == doctest::Approx(612));
    page = place_page(image, 150, 300, {90, 0, false});
    CHECK(page.width == doctest::Approx(612));
    CHECK(page.height == doctest::Approx(792));
  }

  TEST_CASE("a line that rises by the skew lies level, also with pixels that are not square") {
    const int width = 2000;
    const int height = 1000;
    const double skew = 2;
    for (const double dpi_y : {200.0, 100.0}) {
      const PagePlacement page = place_page(image_of(width, height), 200, dpi_y, {0, skew, false});
      const double run = 400;
      const double rise = run * std::tan(skew * std::numbers::pi / 180);
      // From the centre to the right and up, in the unit square whose y points up.
      const double from = y_of(page.image, 0.5, 0.5);
      const double to = y_of(page.image, 0.5 + run / width, 0.5 + rise / height);
      CHECK(to == doctest::Approx(from));
      CHECK(from == doctest::Approx(page.height / 2));
      CHECK(x_of(page.image, 0.5, 0.5) == doctest::Approx(page.width / 2));
    }
  }

  TEST_CASE("what cannot be a page is refused") {
    CHECK_THROWS_AS(place_page(image_of(10, 10), 0, 300, {}), Error);
    CHECK_THROWS_AS(place_page(image_of(10, 10), -1, 300, {}), Error);
    CHECK_THROWS_AS(place_page(image_of(10, 10), std::nan(""), 300, {}), Error);
    CHECK_THROWS_AS(place_page(image_of(100000, 1000), 300, 300, {}), Error);
    CHECK_THROWS_AS(place_page(image_of(1000, 1000), 300, 300, {45, 0, false}), Error);
    CHECK_THROWS_AS(place_page(image_of(1000, 1000), 300, 300, {0, std::numeric_limits<double>::infinity(), false}),
                    Error);
    EncodedImage image = image_of(1000, 1000);
    image.orientation = 9;
    CHECK_THROWS_AS(place_page(image, 300, 300, {}), Error);
  }
}
