// SPDX-License-Identifier: Apache-2.0
#include "core/barcode.hpp"

#include "core/bars.hpp"
#include "core/matrix_symbol.hpp"
#include "core/patch_code.hpp"
#include "core/threshold.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

using namespace sohoa;

namespace {

constexpr int dpi = 200;
constexpr double mm = dpi / 25.4;

PixPtr paper() {
  PixPtr page = own(pixCreate(1654, 2339, 8), "pixCreate");
  pixSetAll(page.get());
  return page;
}

void fill(Pix& page, double left, double top, double width, double height) {
  BOX* box = boxCreate(static_cast<int>(std::lround(left)), static_cast<int>(std::lround(top)),
                       static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height)));
  pixClearInRect(&page, box);
  boxDestroy(&box);
}

void draw(Pix& page, const Symbol& symbol, double left, double top, double module) {
  for (int y = 0; y < symbol.height; ++y) {
    for (int x = 0; x < symbol.width; ++x) {
      if (symbol.modules[static_cast<std::size_t>(y * symbol.width + x)]) {
        fill(page, left + x * module, top + y * module, module, symbol.height == 1 ? 80 : module);
      }
    }
  }
}

// Bars across the page, thick as told in mm.
void bars(Pix& page, const std::vector<double>& thick, double space, double length = 100) {
  double y = 20 * mm;
  for (const double one : thick) {
    fill(page, 40 * mm, y, length * mm, one * mm);
    y += (one + space) * mm;
  }
}

std::vector<Barcode> read(const Pix& page) { return read_barcodes(page, reduced(page, dpi)); }
std::optional<PatchMark> patch(const Pix& page) { return find_patch_t(reduced(page, dpi)); }

PixPtr turned(const Pix& page, double degrees) {
  if (degrees == 90 || degrees == 270) {
    return own(pixRotateOrth(const_cast<Pix*>(&page), degrees == 90 ? 1 : 3), "pixRotateOrth");
  }
  return own(pixRotate(const_cast<Pix*>(&page), static_cast<float>(degrees * M_PI / 180), L_ROTATE_AREA_MAP,
                       L_BRING_IN_WHITE, 0, 0),
             "pixRotate");
}

}  // namespace

TEST_CASE("each kind of symbol is made and read, level or not") {
  for (const auto& [format, text] :
       {std::pair("QRCode", "Quốc lộ 1A|Nữ"), {"Code128", "EE123456789VN"}, {"Code39", "PATCHT"}}) {
    const PixPtr page = paper();
    draw(*page, make_symbol(format, text), 300, 700, 4);
    for (const double degrees : {0.0, 3.0, 90.0, 180.0, -15.0}) {
      CAPTURE(format);
      CAPTURE(degrees);
      const PixPtr small = own(pixScale(turned(*page, degrees).get(), 0.75F, 0.75F), "pixScale");
      CHECK(may_have_bars(*darker(*small, 130), 0.75 * dpi) == (std::string(format) != "QRCode"));
      if (degrees == -15 || degrees == 90) {
        continue;
      }
      const std::vector<Barcode> found = read(degrees == 0 ? *page : *turned(*page, degrees));
      REQUIRE(found.size() == 1);
      CHECK(found[0].format == format);
      CHECK(found[0].text == text);
      CHECK_FALSE(found[0].damaged);
      if (degrees == 0) {
        CHECK(std::abs(found[0].box.left - 300) < 8);
        CHECK(found[0].box.top > 690);
        CHECK(found[0].box.bottom < 960);
      }
    }
  }
}

TEST_CASE("square symbols of a page that is twice as fine as its copy are told in its own pixels") {
  constexpr int fine = 300;
  for (const std::string format : {"QRCode", "DataMatrix"}) {
    CAPTURE(format);
    const PixPtr page = paper();
    draw(*page, make_symbol(format, "HS-2023-0361"), 795, 1137, 4);
    const std::vector<Barcode> found = read_barcodes(*page, reduced(*page, fine));
    REQUIRE(found.size() == 1);
    CHECK(found[0].format == format);
    CHECK(found[0].text == "HS-2023-0361");
    CHECK(std::abs(found[0].box.left - 795) < 8);
    CHECK(std::abs(found[0].box.top - 1137) < 8);
  }
}

TEST_CASE("a matrix symbol is seen tilted, too, and in faint ink; lines of print and frames are none") {
  for (const auto& [format, module] :
       {std::pair("QRCode", 2.0), {"QRCode", 6.0}, {"DataMatrix", 3.0}, {"DataMatrix", 8.0}}) {
    const PixPtr page = paper();
    draw(*page, make_symbol(format, "HS-2023-0361"), 600, 900, module);
    for (const double degrees : {0.0, 10.0, 20.0}) {
      CAPTURE(format);
      CAPTURE(module);
      CAPTURE(degrees);
      CHECK(may_have_matrix_symbol(*darker(*turned(*page, degrees), 130), dpi));
      CHECK(may_have_matrix_symbol(*darker(*turned(*page, degrees), 60), dpi));
    }
  }
  const PixPtr page = paper();
  for (double y = 20; y < 200; y += 6) {  // print of 12 points: letters 2.4 mm high, capitals 3.4, strokes 0.4
    for (double x = 20; x < 180; x += 2) {
      fill(*page, x * mm, (y - (std::fmod(x, 14) == 6 ? 1 : 0)) * mm, 0.4 * mm, 2.4 * mm);
      fill(*page, x * mm, (y + 2) * mm, 1.5 * mm, 0.4 * mm);
    }
  }
  fill(*page, 15 * mm, 15 * mm, 0.5 * mm, 190 * mm);
  fill(*page, 15 * mm, 15 * mm, 170 * mm, 0.5 * mm);
  CHECK_FALSE(may_have_matrix_symbol(*darker(*page, 130), dpi));
}

TEST_CASE("an empty page has none, and a text that does not fit is refused") {
  CHECK(read(*paper()).empty());
  CHECK_FALSE(patch(*paper()));
  CHECK_THROWS_AS(make_symbol("QRCode", std::string(5000, 'x')), Error);
}

TEST_CASE("patch code T is known from any end, crooked, too large or torn; other bars are not it") {
  const std::vector<double> t{patch_narrow_mm, patch_wide_mm, patch_narrow_mm, patch_wide_mm};
  const PixPtr page = paper();
  bars(*page, t, patch_narrow_mm);
  const auto mark = patch(*page);
  REQUIRE(mark);
  CHECK(mark->confidence > 0.9);
  CHECK(std::abs(mark->box.top - 20 * mm) < 4);
  CHECK(std::abs(mark->box.bottom - mark->box.top - 20.3 * mm) < 6);
  for (const double degrees : {-5.0, 2.0, 90.0, 180.0, 270.0}) {
    CAPTURE(degrees);
    CHECK(patch(*turned(*page, degrees)));
  }
  const PixPtr large = paper();
  bars(*large, {2.3, 5.8, 2.3, 5.8}, 2.3, 50);
  CHECK(patch(*large));
  for (const std::vector<double>& other : std::vector<std::vector<double>>{{5.08, 2.03, 2.03, 5.08},
                                                                           {5.08, 5.08, 2.03, 2.03},
                                                                           {2.03, 5.08, 5.08, 2.03},
                                                                           {2.03, 2.03, 5.08, 5.08},
                                                                           {2.03, 2.03, 2.03, 2.03},
                                                                           {5.08, 5.08, 5.08, 5.08},
                                                                           {2.03, 5.08, 2.03},
                                                                           {2.03, 5.08, 2.03, 5.08, 2.03}}) {
    const PixPtr strange = paper();
    bars(*strange, other, 2.03);
    CHECK_FALSE(patch(*strange));
  }
  const PixPtr short_bars = paper();
  bars(*short_bars, t, patch_narrow_mm, 25);
  CHECK_FALSE(patch(*short_bars));
}
