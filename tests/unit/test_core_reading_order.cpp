// SPDX-License-Identifier: Apache-2.0
#include "core/reading_order.hpp"

#include <doctest/doctest.h>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sohoa;

// Words of 10 pixels a byte and a blank between, at (x, y), 20 pixels high.
void type(OcrLine& line, double x, double y, const std::string& text) {
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const double end = x + 10 * static_cast<double>(word.size());
    line.words.push_back({word, 0.9, {x, y, end, y + 20}});
    x = end + 8;
  }
  line.box = {line.words.front().box.left, y, line.words.back().box.right, y + 20};
  line.baseline_left = y + 18;
  line.baseline_right = y + 18 + (line.box.right - line.box.left) * 0.01;
}

OcrLine line(double y, const std::vector<std::pair<double, std::string>>& parts) {
  OcrLine made;
  for (const auto& [x, text] : parts) {
    type(made, x, y, text);
  }
  return made;
}

OcrPage page_of(std::vector<OcrLine> lines) {
  OcrPage page;
  page.width = 1000;
  page.height = 1400;
  page.blocks.push_back({{0, 0, 1000, 1400}, std::move(lines)});
  return page;
}

}  // namespace

TEST_CASE("agency and number come before motto and date, whatever ran across") {
  OcrPage page = page_of({line(50, {{60, "UY BAN NHAN DAN"}, {440, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"}}),
                          line(80, {{80, "XA BEN THAN"}, {520, "Doc lap - Tu do"}}),
                          line(120, {{70, "So: 12/UBND-VX"}, {430, "Ben Than, ngay 5"}}),
                          line(150, {{80, "V/v hop thon"}}), line(240, {{350, "Kinh gui: cac ho dan"}}),
                          line(260, {{60, "Theo de nghi cua cac ho o thon Ben Than va thon Ben Cat ngay 4"}})});
  const std::size_t words = page.word_count();
  read_columns_apart(page);
  CHECK(page.text() ==
        "UY BAN NHAN DAN\nXA BEN THAN\nSo: 12/UBND-VX\nV/v hop thon\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nDoc lap - Tu do\nBen Than, ngay 5\n\n"
        "Kinh gui: cac ho dan\nTheo de nghi cua cac ho o thon Ben Than va thon Ben Cat ngay 4\n");
  CHECK(page.word_count() == words);
  const OcrLine& motto = page.blocks[1].lines[0];
  CHECK(motto.box.left == 440);
  CHECK(motto.baseline_left == doctest::Approx(50 + 18 + 0.01 * (440 - 60)));
}

TEST_CASE("recipients come before the signer") {
  OcrPage page = page_of({line(900, {{60, "Nhu tren da noi roi thi cac ho lam theo cho dung han nay"}}),
                          line(1000, {{60, "Noi nhan:"}, {600, "CHU TICH"}}), line(1030, {{60, "- Nhu tren;"}}),
                          line(1060, {{60, "- Luu: VT."}}), line(1150, {{590, "Dao Thi Oanh"}})});
  page.blocks[0].lines[2].words.back().box.right = 720;  // a pen stroke reached the word
  read_columns_apart(page);
  CHECK(page.text() ==
        "Nhu tren da noi roi thi cac ho lam theo cho dung han nay\n\n"
        "Noi nhan:\n- Nhu tren;\n- Luu: VT.\n\nCHU TICH\nDao Thi Oanh\n");
}

TEST_CASE("a table, and a page without the motto, stay as they were read") {
  OcrPage page = page_of({line(50, {{60, "1"}, {140, "Nguyen Van A"}, {700, "thon Ben"}}),
                          line(80, {{60, "2"}, {140, "Tran Thi B"}, {700, "thon Cat"}})});
  const std::string before = page.text();
  read_columns_apart(page);
  CHECK(page.text() == before);
}

TEST_CASE("a left column that touches the motto is parted from it") {
  OcrPage page = page_of({line(50, {{60, "ỦY BAN NHÂN DÂN TỈNH"}, {330, "KHÊCỘNG HÒA XÃ HỘI CHỦ NGHĨA"}}),
                          line(80, {{80, "SỞ Y TẾ"}, {520, "Độc lập - Tự do"}})});
  read_columns_apart(page);
  CHECK(page.text() == "ỦY BAN NHÂN DÂN TỈNH KHÊ\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nĐộc lập - Tự do\n");
  const OcrWord& motto = page.blocks[1].lines[0].words[0];
  CHECK(motto.box.left == doctest::Approx(page.blocks[0].lines[0].words.back().box.right));
  CHECK(motto.box.left > 350);
}
