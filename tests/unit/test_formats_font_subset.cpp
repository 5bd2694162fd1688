// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"
#include "formats/font_subset.hpp"
#include "support/signing.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using namespace sohoa::test;

TEST_CASE("a subset holds the letters of its text and little else") {
  const FontSubset font(k_font, "Nguyễn Thị Mẫu");
  CHECK(font.letters().size() == 12);  // N g u y ễ n blank T h ị M ẫ
  CHECK(font.glyph_count() < 30);
  CHECK(font.program().size() < 30'000);
  CHECK(font.postscript_name() == "Tinos");
  // Widths of Times New Roman.
  CHECK(font.glyphs("N")[0].advance == doctest::Approx(722).epsilon(0.001));
  CHECK(font.glyphs(" ")[0].advance == doctest::Approx(250).epsilon(0.001));
  CHECK(font.ascent() > 800);
  CHECK(font.descent() < -150);
  CHECK(font.cap_height() > 600);
  CHECK(font.box()[2] > font.box()[0]);
}

TEST_CASE("a font that does not serve says why") {
  const auto failure = [](const fs::path& file, const std::string& text) {
    try {
      const FontSubset font(file, text);
    } catch (const Error& error) {
      return error.id() + " " + error.message();
    }
    return std::string();
  };
  CHECK(failure("/nowhere", "a").starts_with("font-unreadable"));
  CHECK(failure(fs::path(SOHOA_SOURCE_DIR) / "CMakeLists.txt", "a").starts_with("font-unreadable"));
  CHECK(failure(k_font, "漢").starts_with("font-letter"));
  CHECK(failure(k_font, "漢").find("U+6F22") != std::string::npos);
}
