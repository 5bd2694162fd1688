// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include "core/binarize.hpp"
#include "core/paper_size.hpp"
#include "core/quality_gates.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

#include <string>
#include <vector>

using namespace sohoa;

namespace {

struct Look {
  int paper = 245;
  int ink = 30;
  int stroke = 3;  // of 150 dpi, pixels
  double dpi = 200;
  int left = 30;  // mm
};

// An A4 page of lines of letters as tall as print, each a frame of strokes.
PixPtr page(const Look& look) {
  const double unit = look.dpi / 25.4;
  const auto px = [unit](double mm) { return static_cast<int>(mm * unit + 0.5); };
  PixPtr image = own(pixCreate(px(210), px(297), 8), "pixCreate");
  pixSetAllArbitrary(image.get(), static_cast<l_uint32>(look.paper));
  const int thick = std::max(1, static_cast<int>(look.stroke * look.dpi / 150 + 0.5));
  const auto bar = [&](int x, int y, int width, int height) {
    BOX* box = boxCreate(x, y, width, height);
    pixSetInRectArbitrary(image.get(), box, static_cast<l_uint32>(look.ink));
    boxDestroy(&box);
  };
  for (int line = 0; line < 32; ++line) {
    for (int letter = 0; letter < 58 - line % 4; ++letter) {
      if (letter % 6 == 5) {
        continue;  // between two words
      }
      const int x = px(look.left + letter * 2.8);
      const int y = px(30 + line * 7);
      bar(x, y, px(1.8), thick);
      bar(x, y + px(2.2), px(1.8), thick);
      bar(x, y, thick, px(2.2) + thick);
    }
  }
  return image;
}

PixPtr soft(const Pix& image, double sigma_mm, double dpi) {
  const auto sigma = static_cast<float>(sigma_mm * dpi / 25.4);
  const int half = std::max(1, static_cast<int>(3 * sigma));
  L_KERNEL* across = nullptr;
  L_KERNEL* down = nullptr;
  makeGaussianKernelSep(half, half, sigma, 1.0F, &across, &down);
  PixPtr result = own(pixConvolveSep(const_cast<Pix*>(&image), across, down, 8, 1), "pixConvolveSep");
  kernelDestroy(&across);
  kernelDestroy(&down);
  return result;
}

void triangle(Pix& image, bool right, bool low, int a, int b, unsigned level) {
  const Size size = size_of(image);
  for (int v = 0; v < b; ++v) {
    for (int u = 0; u < a * (b - v) / b; ++u) {
      pixSetPixel(&image, right ? size.width - 1 - u : u, low ? size.height - 1 - v : v, level);
    }
  }
}

PictureMeasures measured(const Pix& image, double dpi) { return measure_picture(image, reduced(image, dpi)); }

std::vector<std::string> told(const Pix& image, double dpi, PageState state = {}) {
  state.dpi = dpi;
  std::vector<std::string> ids;
  for (const Problem& problem : judge_picture(measured(image, dpi), state, QualityGates())) {
    ids.push_back(problem.id);
  }
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_SUITE("core::quality") {
  TEST_CASE("a sound page is told nothing, at any resolution and weight of print") {
    for (const double dpi : {150.0, 300.0}) {
      for (const int stroke : {1, 4}) {
        CAPTURE(dpi);
        CAPTURE(stroke);
        CHECK(told(*page({.stroke = stroke, .dpi = dpi}), dpi).empty());
      }
    }
  }

  TEST_CASE("a blurred page is told at any resolution and weight of print, a soft one is not") {
    for (const double dpi : {150.0, 300.0}) {
      for (const int stroke : {2, 4}) {
        CAPTURE(dpi);
        CAPTURE(stroke);
        const PixPtr sharp = page({.stroke = stroke, .dpi = dpi});
        CHECK(told(*soft(*sharp, 0.06, dpi), dpi).empty());
        CHECK(told(*soft(*sharp, 0.25, dpi), dpi) == Ids{"page-blurred"});
      }
    }
  }

  TEST_CASE("the page moved along one direction only is told, too") {
    const PixPtr sharp = page({});
    for (const bool down : {false, true}) {
      L_KERNEL* kernel = down ? makeFlatKernel(11, 1, 5, 0) : makeFlatKernel(1, 11, 0, 5);
      const PixPtr moved = own(pixConvolve(sharp.get(), kernel, 8, 1), "pixConvolve");
      kernelDestroy(&kernel);
      CAPTURE(down);
      CHECK(told(*moved, 200) == Ids{"page-blurred"});
    }
  }

  TEST_CASE("dark and bleached pages are told, yellow and grey ones are not") {
    CHECK(told(*page({.paper = 100, .ink = 15}), 200) == Ids{"page-dark"});
    CHECK(told(*page({.paper = 245, .ink = 205}), 200) == Ids{"page-bleached"});
    CHECK(told(*page({.paper = 190, .ink = 60}), 200).empty());
    CHECK(told(*page({.paper = 250, .ink = 140}), 200).empty());
  }

  TEST_CASE("text that runs into an edge is told, whichever edge") {
    const PixPtr whole = page({});
    const Size size = size_of(*whole);
    const int cut = static_cast<int>(35 * 200 / 25.4);
    const std::vector<std::pair<const char*, sohoa::Box>> sides{
        {"left", {static_cast<double>(cut), 0, static_cast<double>(size.width), static_cast<double>(size.height)}},
        {"top", {0, static_cast<double>(cut - 31), static_cast<double>(size.width), static_cast<double>(size.height)}}};
    for (const auto& [side, box] : sides) {
      BOX* raw = boxCreate(static_cast<int>(box.left), static_cast<int>(box.top),
                           static_cast<int>(box.right - box.left), static_cast<int>(box.bottom - box.top));
      const PixPtr part = own(pixClipRectangle(whole.get(), raw, nullptr), "pixClipRectangle");
      boxDestroy(&raw);
      CAPTURE(side);
      CHECK(measured(*part, 200).side == side);
      CHECK(told(*part, 200) == Ids{"page-cut-off"});
      const PixPtr upside_down = turned(*part, 180);
      CHECK(measured(*upside_down, 200).side == (std::string(side) == "left" ? "right" : "bottom"));
    }
  }

  TEST_CASE("a corner that is not there is told, dark wedges of a crooked page are not") {
    for (const bool right : {false, true}) {
      for (const bool low : {false, true}) {
        CAPTURE(right);
        CAPTURE(low);
        const PixPtr cut = page({});
        triangle(*cut, right, low, 160, 200, 40);
        CHECK(told(*cut, 200) == Ids{"page-corner-folded"});
        CHECK(measured(*cut, 200).corner == std::string(low ? "bottom-" : "top-") + (right ? "right" : "left"));
      }
    }
    const PixPtr straight = page({});
    const PixPtr crooked =
        own(pixRotate(straight.get(), 0.03F, L_ROTATE_AREA_MAP, L_BRING_IN_BLACK, 0, 0), "pixRotate");
    CHECK(told(*crooked, 200).empty());
  }

  TEST_CASE("a corner folded over a white lid is told by its shadow") {
    const PixPtr image = page({});
    pixRenderLineArb(image.get(), 180, 0, 0, 220, 3, 90, 90, 90);
    CHECK(told(*image, 200) == Ids{"page-corner-folded"});
  }

  TEST_CASE("gates that are off tell nothing") {
    const PixPtr blurred = soft(*page({}), 0.3, 200);
    QualityGates gates;
    gates.max_blur_mm.reset();
    CHECK(judge_picture(measured(*blurred, 200), {}, gates).empty());
  }

  TEST_CASE("sizes: papers, copies of them, others") {
    const std::vector<std::string> papers{"A3", "A4", "A5", "Letter"};
    using Kind = SizeVerdict::Kind;
    CHECK(judge_size(210, 297, papers, 0.04).kind == Kind::paper);
    CHECK(judge_size(293, 204, papers, 0.04).paper == "A4");
    CHECK(judge_size(216, 279, papers, 0.04).paper == "Letter");
    CHECK(judge_size(105, 148, papers, 0.04).kind == Kind::scaled);
    CHECK(judge_size(105, 148, papers, 0.04).scale == doctest::Approx(0.5).epsilon(0.02));
    CHECK(judge_size(149, 210, {"A4"}, 0.04).scale == doctest::Approx(0.71).epsilon(0.02));
    CHECK(judge_size(168, 238, papers, 0.04).scale == doctest::Approx(0.8).epsilon(0.02));
    CHECK(judge_size(180, 297, papers, 0.04).kind == Kind::other);
    CHECK(judge_size(54, 86, papers, 0.04).kind == Kind::other);
  }

  TEST_CASE("rescan lists the pages whose problems the profile names") {
    const Json record{{"problems",
                       {{{"id", "page-cut-off"}, {"page", 5}},
                        {{"id", "not-colour"}, {"page", 1}},
                        {{"id", "page-blurred"}, {"page", 2}},
                        {{"id", "page-dark"}, {"page", 5}},
                        {{"id", "page-dark"}, {"page", 5}}}}};
    const Json rescan = rescan_of(record, QualityGates().rescan);
    CHECK(rescan_text(rescan) == "2 blurred; 5 cut off, dark");
    CHECK(rescan_of(record, {}).is_null());
    CHECK(rescan_text(Json()).empty());
  }
}
