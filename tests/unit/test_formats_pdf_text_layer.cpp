// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_text_layer.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pdf_pages.hpp"
#include "tests/support/run.hpp"

#include <cmath>
#include <regex>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::string written(const test::TempDir& folder, const OcrPage& text) {
  const std::string file = (folder / "text.pdf").string();
  write_pdf(file, PdfConformance::a2u, {}, 1, [&](std::size_t) {
    PdfPage page = test::white_page();
    page.text = text;
    return page;
  });
  return file;
}

OcrPage page_of_lines(const std::vector<std::string>& lines) {
  OcrPage page;
  page.blocks.emplace_back();
  double top = 10;
  for (const std::string& line : lines) {
    page.blocks[0].lines.push_back(test::line_of(line, 10, top, 2, 0.9));
    top += 2.5;
  }
  return page;
}

std::string text_of(const std::string& file, const std::string& mode) {
  std::string text = test::run({"pdftotext", mode, file, "-"}).out;
  text.erase(text.find_last_not_of("\n\f") + 1);
  return text;
}

// A page as offices write them: two headings side by side, a title, and text. Boxes in tenths of a
// millimetre would be finer than this frame of 10 dpi, so numbers are as an engine gives them.
OcrPage two_headings() {
  OcrPage page;
  page.blocks.resize(4);
  page.blocks[0].lines = {test::line_of("ỦY BAN NHÂN DÂN", 10, 8.0, 1.9, 0.9),
                          test::line_of("TỈNH QUẢNG NGÃI", 11, 10.4, 2.0, 0.9)};
  page.blocks[1].lines = {test::line_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 36, 8.1, 1.9, 0.9),
                          test::line_of("Độc lập - Tự do - Hạnh phúc", 40, 10.4, 2.2, 0.9)};
  page.blocks[2].lines = {test::line_of("QUYẾT ĐỊNH", 34, 20, 2.6, 1.2)};
  page.blocks[3].lines = {test::line_of("Thực hiện Nghị định số 123/2020/NĐ-CP ngày 19/10/2020", 14, 26, 2.1, 0.9),
                          test::line_of("phủ quy định về hóa đơn, chứng từ; theo đó, kể từ ngày", 10, 28.6, 2.3, 0.9),
                          test::line_of("ra sau mua xem rau", 10, 31.4, 1.6, 0.9)};
  return page;
}

}  // namespace

TEST_SUITE("formats::pdf_text_layer") {
  TEST_CASE("every Vietnamese letter comes back" * doctest::skip(!test::has_programs({"pdftotext", "mutool"}))) {
    const std::vector<std::string> lines{
        "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d đ",   "e è ẻ ẽ é ẹ ê ề ể ễ ế ệ f g h i ì ỉ ĩ í ị j k l m n",
        "o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ p q r s t", "u ù ủ ũ ú ụ ư ừ ử ữ ứ ự v w x y ỳ ỷ ỹ ý ỵ z",
        "A À Ả Ã Á Ạ Ă Ằ Ẳ Ẵ Ắ Ặ Â Ầ Ẩ Ẫ Ấ Ậ B C D Đ",   "E È Ẻ Ẽ É Ẹ Ê Ề Ể Ễ Ế Ệ F G H I Ì Ỉ Ĩ Í Ị J K L M N",
        "O Ò Ỏ Õ Ó Ọ Ô Ồ Ổ Ỗ Ố Ộ Ơ Ờ Ở Ỡ Ớ Ợ P Q R S T", "U Ù Ủ Ũ Ú Ụ Ư Ừ Ử Ữ Ứ Ự V W X Y Ỳ Ỷ Ỹ Ý Ỵ Z",
        "0 1 2 3 4 5 6 7 8 9 ( ) \\ < > [ ] { } % / &",  "đặc “biệt” – 50% § № 漢字 𠊛 😀 𠊛"};
    std::string expected;
    for (const std::string& line : lines) {
      expected += (expected.empty() ? "" : "\n") + line;
    }
    const test::TempDir folder;
    const std::string file = written(folder, page_of_lines(lines));
    CHECK(text_of(file, "-raw") == expected);
    CHECK(text_of(file, "-nopgbrk") == expected);
    CHECK(test::run({"mutool", "draw", "-F", "txt", file}).out.find(expected) != std::string::npos);
  }

  TEST_CASE("lines stay whole and in order" * doctest::skip(!test::has_programs({"pdftotext", "mutool"}))) {
    const test::TempDir folder;
    const OcrPage page = two_headings();
    const std::string file = written(folder, page);
    for (const std::string& read :
         {text_of(file, "-raw"), text_of(file, "-nopgbrk"), test::run({"mutool", "draw", "-F", "txt", file}).out}) {
      CAPTURE(read);
      std::size_t at = 0;
      std::istringstream lines(page.text());
      for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) {
          const std::size_t found = read.find(line + "\n", at);
          const bool last = at < read.size() && read.substr(at).ends_with(line);
          CAPTURE(line);
          CHECK((found != std::string::npos || last));
          at = found == std::string::npos ? at : found;
        }
      }
    }
    const std::string layout = text_of(file, "-layout");
    CHECK(std::regex_search(layout, std::regex("ỦY BAN NHÂN DÂN +CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")));
  }

  TEST_CASE("words are found within two points of their boxes" * doctest::skip(!test::has_programs({"pdftotext"}))) {
    const test::TempDir folder;
    const OcrPage page = two_headings();
    const std::string boxes = test::run({"pdftotext", "-bbox", "-raw", written(folder, page), "-"}).out;
    const std::regex word_box(R"re(<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">)re");
    auto found = std::sregex_iterator(boxes.begin(), boxes.end(), word_box);
    const auto points_off = [&](std::size_t group, double pixels) {
      return std::abs(std::stod((*found)[group]) - 7.2 * pixels);
    };
    for (const OcrBlock& block : page.blocks) {
      for (const OcrLine& line : block.lines) {
        for (const OcrWord& word : line.words) {
          REQUIRE(found != std::sregex_iterator());
          CAPTURE(word.text);
          CHECK(points_off(1, word.box.left) < 0.1);
          CHECK(points_off(3, word.box.right) < 0.1);
          CHECK(points_off(2, line.box.top) < 2);
          CHECK(points_off(4, line.box.bottom) < 2);
          ++found;
        }
      }
    }
    CHECK(found == std::sregex_iterator());
  }

  TEST_CASE("words that overlap are still two words" * doctest::skip(!test::has_programs({"pdftotext"}))) {
    OcrPage page = page_of_lines({"một hai ba"});
    page.blocks[0].lines[0].words[0].box.right = page.blocks[0].lines[0].words[1].box.right - 1;
    const test::TempDir folder;
    CHECK(text_of(written(folder, page), "-raw") == "một hai ba");
  }

  TEST_CASE("boxes from nowhere do no harm" * doctest::skip(!test::has_programs({"pdftotext", "qpdf"}))) {
    OcrPage page = page_of_lines({"một hai", "ba bốn"});
    page.blocks[0].lines[0].box = {-1e300, 1e300, 1e300, -1e300};
    page.blocks[0].lines[0].words[0].box = {1e300, 0, -1e300, 0};
    page.blocks[0].lines[1].words[0].text = "ba\x01\x7F\xC2\x85\xEF\xBB\xBF";
    page.blocks[0].lines[1].words[1].text = "\n";
    const test::TempDir folder;
    const std::string file = written(folder, page);
    CHECK(text_of(file, "-raw").find("ba") != std::string::npos);
    CHECK(test::run({"qpdf", "--check", file}).status == 0);
  }

  TEST_CASE("numbers have no exponent, no comma and no idle zeros") {
    CHECK(pdf_number(0, 2) == "0");
    CHECK(pdf_number(-0.001, 2) == "0");
    CHECK(pdf_number(100, 2) == "100");
    CHECK(pdf_number(1.5, 3) == "1.5");
    CHECK(pdf_number(-12.3456, 2) == "-12.35");
    CHECK(pdf_number(0.00001, 5) == "0.00001");
  }

  TEST_CASE("no words, no operators") {
    GlyphlessFont font;
    const PdfPage page = test::white_page();
    CHECK(text_layer({}, place_page(page.image, page.dpi_x, page.dpi_y, {}), font).empty());
  }
}
