// SPDX-License-Identifier: Apache-2.0
#include "core/signer_names.hpp"

#include "tests/support/seen_lines.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <leptonica/allheaders.h>

namespace {

using namespace sohoa;
using test::line;
using test::seen;

const NameLists lists{{"Nguyễn", "Trần", "Đặng", "Hoàng", "Vương"}, {"Thị", "Văn", "Thúy", "Hằng"}, {}};

}  // namespace

TEST_SUITE("core/signer_names") {
  TEST_CASE("a name that begins with a part of a word is looked for further left") {
    SeenPage page;
    page.lines.push_back(line({seen("GIÁM", 0.95, {500, 300, 590, 340}), seen("ĐỐC", 0.95, {610, 300, 700, 340})}));
    page.lines.push_back(line({seen("Hằng", 0.95, {640, 500, 720, 540})}));
    const PixPtr picture = own(pixCreate(1200, 900, 8), "pixCreate");
    const LineReader read = [](const Pix& part) {
      const double right = size_of(part).width;
      const bool whole = right > 320;
      const auto word = [right](const std::string& text, double from, double to) {
        return seen(text, 0.9, {right - from, 0, right - to, 40});
      };
      return std::vector<SeenLine>{line(
          {whole ? word("Hoàng", 260, 170) : word("ng", right - 1, 170), word("Thúy", 160, 90), word("Hằng", 80, 0)})};
    };
    read_signer_names(page, {{OcrMark::Kind::seal, {300, 350, 520, 570}}}, *picture, 1, lists, read);
    std::string text;
    for (const SeenWord& word : page.lines.at(1).words) {
      text += word.word.text + " ";
    }
    CHECK(text == "Hoàng Thúy Hằng ");
  }
}
