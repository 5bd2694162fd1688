// SPDX-License-Identifier: Apache-2.0
#include "formats/report.hpp"

#include "formats/hocr.hpp"
#include "formats/hocr_words.hpp"
#include "formats/report_html.hpp"
#include "formats/thumbnail.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

using namespace sohoa;

namespace {

std::string hocr_of(const std::vector<OcrPage>& pages) {
  std::string text = hocr_head({"a.tif", "id", "engine"});
  std::size_t number = 0;
  for (const OcrPage& page : pages) {
    text += hocr_page({++number, "a.tif", page});
  }
  return text + std::string(hocr_tail);
}

OcrPage page_with(const std::vector<std::pair<std::string, double>>& words) {
  OcrPage page;
  page.width = 1000;
  page.height = 2000;
  OcrLine line;
  double left = 100;
  for (const auto& [text, confidence] : words) {
    OcrWord word;
    word.text = text;
    word.confidence = confidence;
    word.box = {left, 200, left + 100, 240};
    line.words.push_back(word);
    left += 110;
  }
  line.box = {100, 200, left, 240};
  OcrBlock block;
  block.box = line.box;
  block.lines.push_back(line);
  page.blocks.push_back(block);
  return page;
}

}  // namespace

TEST_SUITE("formats::report") {
  TEST_CASE("unsure words of an hOCR page are found where they stand, the least sure first") {
    const std::string hocr =
        hocr_of({page_with({{"Cộng", 0.99}}), page_with({{"hòa", 0.5}, {"<xã>", 0.2}, {"hội", 0.6}})});
    const std::vector<UnsureWord> words = unsure_words(hocr, 2, 60, 10);
    REQUIRE(words.size() == 2);
    CHECK(words[0].text == "<xã>");
    CHECK(words[0].confidence == 20);
    CHECK(words[0].left == doctest::Approx(0.21));
    CHECK(words[0].top == doctest::Approx(0.1));
    CHECK(words[0].width == doctest::Approx(0.1));
    CHECK(words[0].height == doctest::Approx(0.02));
    CHECK(words[1].text == "hòa");
    CHECK(unsure_words(hocr, 2, 60, 1).size() == 1);
    CHECK(unsure_words(hocr, 1, 60, 10).empty());
    CHECK(unsure_words(hocr, 3, 60, 10).empty());
    CHECK(unsure_words("no hOCR", 1, 60, 10).empty());
  }

  TEST_CASE("a page of any depth becomes a small JPEG of its shape") {
    for (const int depth : {1, 8, 32}) {
      CAPTURE(depth);
      const PixPtr page(pixCreate(1240, 1754, depth));
      REQUIRE(page != nullptr);
      const Thumbnail small = make_thumbnail(*page, depth == 8 ? 3 : 0, 360);
      CHECK(small.width == 360);
      CHECK(small.height == doctest::Approx(509).epsilon(0.005));
      CHECK(small.uri.starts_with("data:image/jpeg;base64,/9j/"));
      CHECK(small.uri.size() % 4 == std::string("data:image/jpeg;base64,").size() % 4);
    }
  }

  TEST_CASE("no text of the data can end the page's script") {
    const std::string page = report_html(Json{{"name", "</script><script>alert(1)</script> {{version}} <!--"}}, "vi");
    CHECK(page.find("alert(1)") != std::string::npos);
    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("\\u003c/script>\\u003cscript>alert(1)") != std::string::npos);
    CHECK(page.find("{{version}} \\u003c!--") != std::string::npos);
    CHECK(page.find("<html lang=\"vi\">") != std::string::npos);
  }

  TEST_CASE("numbers are written as people read them") {
    CHECK(percent_text(7095) == "70.95");
    CHECK(percent_text(10000) == "100.00");
    CHECK(percent_text(5) == "0.05");
    CHECK(grouped_digits(204000) == "204,000");
    CHECK(grouped_digits(1000000) == "1,000,000");
    CHECK(grouped_digits(999) == "999");
  }
}
