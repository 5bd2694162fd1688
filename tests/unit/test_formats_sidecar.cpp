// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"
#include "formats/sidecar.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

OcrPage two_lines() {
  OcrPage page;
  page.width = 600;
  page.height = 800;
  page.language = "vie";
  const OcrWord first{"<a & b>", 0.914, {10.4, 20, 50, 40}};
  const OcrWord second{"hai", 1, {60, 20, 90.6, 40}};
  const OcrLine line{{10.4, 20, 90.6, 40}, 36, 40.01, {first, second}};
  const OcrLine next{{10, 60, 50, 80}, 75, 75, {{"ba", 0, {10, 60, 50, 80}}}};
  page.blocks = {{{10, 20, 91, 80}, {line, next}}, {{100, 200, 300, 400}, {}}};
  return page;
}

std::string page_in(std::string_view format, const SidecarPage& page) {
  const auto& all = sidecar_formats();
  const auto found = std::find_if(all.begin(), all.end(), [&](const SidecarFormat& f) { return f.name == format; });
  REQUIRE(found != all.end());
  return found->page(page);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("formats::sidecar") {
  TEST_CASE("text: lines by line feed, blocks by an empty line, a form feed behind each page") {
    CHECK(page_in("txt", {1, "a.tif", two_lines()}) == "<a & b> hai\nba\n\n\f");
    CHECK(page_in("txt", {2, "a.tif", {}}) == "\f");
    OcrPage odd = two_lines();
    odd.blocks = {{{}, {{{}, 0, 0, {{"a\fb\x1b", 1, {}}}}}}};
    CHECK(page_in("txt", {1, "a.tif", odd}) == "ab\n\f");
  }

  TEST_CASE("hOCR: whole pixels, percent, and the baseline from the lower left corner of the line") {
    const std::string page = page_in("hocr", {3, "to \"3\".tif", two_lines()});
    CHECK(has(page, "id=\"page_3\" title=\"image &quot;to &#39;3&#39;.tif&quot;; bbox 0 0 600 800; ppageno 2\""));
    CHECK(has(page, "id=\"line_3_1_1\" title=\"bbox 10 20 91 40; baseline 0.050 -4\""));
    CHECK(has(page, "title=\"bbox 60 20 91 40; x_wconf 100\">hai</span>"));
    CHECK(has(page, "x_wconf 91\">&lt;a &amp; b&gt;</span>"));
  }

  TEST_CASE("ALTO: a gap between words, shares of 1, no line without words") {
    OcrPage text = two_lines();
    text.blocks[1].lines = {{{100, 200, 300, 240}, 230, 230, {}}};
    const std::string page = page_in("alto", {1, "a.tif", text});
    CHECK(has(page, "HPOS=\"60\" VPOS=\"20\" WIDTH=\"31\" HEIGHT=\"20\" WC=\"1.000\" CONTENT=\"hai\"/>"));
    CHECK(has(page, "WC=\"0.914\" CONTENT=\"&lt;a &amp; b&gt;\"/>"));
    CHECK(has(page, "WC=\"0.000\" CONTENT=\"ba\"/>"));
    CHECK(has(page, "<SP HPOS=\"50\" VPOS=\"20\" WIDTH=\"10\"/>"));
    CHECK(has(page, "BASELINE=\"10,36 91,40\""));
    CHECK_FALSE(has(page, "line_1_2"));
    CHECK_FALSE(has(page_in("alto", {1, "a.tif", {}}), "PC="));
  }

  TEST_CASE("what XML 1.0 forbids is dropped") {
    CHECK(xml_escape("a\x01\xEF\xBF\xBF\xEF\xBF\xBE\xEF\xBF\xBD<\t>") == "a\xEF\xBF\xBD&lt;\t&gt;");
    XmlWriter xml(1);
    xml.open("a");
    xml.text("b", {{"c", "\"\x02\""}}, "d\x1f");
    xml.close();
    CHECK(std::move(xml).take() == " <a>\n  <b c=\"&quot;&quot;\">d</b>\n </a>\n");
  }
}
