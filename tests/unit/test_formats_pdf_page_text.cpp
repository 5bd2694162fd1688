// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"
#include "formats/pdf_page_text.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/hand_pdf.hpp"
#include "tests/support/run.hpp"

#include <algorithm>
#include <cmath>
#include <regex>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

struct HandText {
  std::string content;
  std::string page = "/MediaBox[0 0 200 100]";
  std::string font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
  std::vector<std::string> objects = {};  // from number 6 on
};

void write_text(const fs::path& file, const HandText& text) {
  std::vector<std::string> objects{
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>" + text.page + ">>",
      test::stream_object("", text.content), text.font};
  objects.insert(objects.end(), text.objects.begin(), text.objects.end());
  write_file(file, test::pdf_of(objects));
}

PdfPageText read(const test::TempDir& folder, const HandText& text) {
  write_text(folder / "hand.pdf", text);
  return page_text(folder / "hand.pdf", 0, 0.5);
}

std::string words(const test::TempDir& folder, const HandText& text) { return trim(read(folder, text).page.text()); }

std::vector<OcrWord> all_words(const OcrPage& page) {
  std::vector<OcrWord> words;
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      words.insert(words.end(), line.words.begin(), line.words.end());
    }
  }
  return words;
}

}  // namespace

TEST_CASE("words are parted by blanks, by gaps and by lines") {
  const test::TempDir folder;
  CHECK(words(folder, {"BT /F 12 Tf 10 50 Td (two words) Tj ET"}) == "two words");
  CHECK(words(folder, {"BT /F 12 Tf 10 50 Td [(kern)-20(ed)-400(apart)] TJ ET"}) == "kerned apart");
  CHECK(words(folder, {"BT /F 12 Tf 14 TL 10 50 Td (one) Tj (, still) Tj (two) ' ET"}) == "one, still\ntwo");
  CHECK(words(folder, {"BT /F 12 Tf 10 20 Td (below) Tj 0 30 Td (above) Tj ET"}).starts_with("above"));
  CHECK(words(folder, {"BT /F 12 Tf 3 Tc 10 50 Td (wide) Tj ET"}) == "wide");
  CHECK(words(folder, {"BT /F 12 Tf 40 Tw 10 50 Td (a b) Tj ET"}).find("a b") == std::string::npos);  // columns
  CHECK(words(folder, {"BT 2 0 0 2 10 50 Tm /F 6 Tf (Tm) Tj ET q 1 0 0 1 60 0 cm BT /F 12 Tf 10 50 Td (cm) Tj ET Q"}) ==
        "Tm\n\ncm");
  CHECK(words(folder, {"BT /F 12 Tf 10 50 Td (bold) Tj .3 0 Td (bold) Tj ET"}) == "bold");
  CHECK(words(folder, {"BT /F 12 Tf 10 50 Td (out) Tj 500 0 Td (side) Tj ET"}) == "out");
  CHECK(words(folder, {"BT /F 12 Tf 10 50 Td (\\311n) Tj (\\000\\037) Tj ET"}) == "Én");
}

TEST_CASE("a form XObject's text is the page's") {
  const test::TempDir folder;
  CHECK(
      words(folder, {.content = "q 1 0 0 1 20 0 cm /X Do Q",
                     .objects = {test::stream_object("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Matrix[1 0 0 1 0 9]",
                                                     "BT /F 12 Tf 10 50 Td (inside) Tj ET")}}) == "inside");
  CHECK_THROWS_AS(
      words(folder, {.content = "/X Do",
                     .objects = {test::stream_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "/X Do")}}),
      Error);
}

TEST_CASE("annotations show text, too, but the blocks of signatures speak of the signer") {
  const test::TempDir folder;
  const auto shown = [&](const std::string& entries, const std::string& text) {
    return words(folder, {.content = "BT /F 12 Tf 10 50 Td (So:) Tj ET",
                          .page = "/MediaBox[0 0 200 100]/Annots[7 0 R]",
                          .objects = {test::stream_object("/Type/XObject/Subtype/Form/BBox[0 0 50 20]", text),
                                      "<</Type/Annot/Rect[40 40 90 60]/AP<</N 6 0 R>>" + entries + ">>"}});
  };
  const std::string number = "BT 1 0 .2 1 2 10 Tm /F 12 Tf (542) Tj ET";  // slanted, as clerks' programs do
  CHECK(shown("/Subtype/Widget/FT/Sig/F 132", number) == "So: 542");
  CHECK(shown("/Subtype/Widget/FT/Sig/F 2", number) == "So:");
  CHECK(shown("/Subtype/Popup", number) == "So:");
  const std::string block = "BT /F 6 Tf 2 12 Td (Signed by Lan) Tj 0 -7 Td (at noon) Tj ET";
  CHECK(shown("/Subtype/Widget/FT/Sig", block) == "So:");
  CHECK(shown("/Subtype/FreeText", block).find("Signed by Lan") != std::string::npos);
}

TEST_CASE("glyph names, Type 3 and fonts that say nothing") {
  const test::TempDir folder;
  const std::string named =
      "<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 65/Widths[500 500 500 500]"
      "/Encoding<</Differences[65/uni1EA1/u1EF8/dcroat/Aring.alt]>>>>";
  CHECK(words(folder, {.content = "BT /F 12 Tf 10 50 Td (ABCD) Tj ET", .font = named}) == "ạỸđÅ");
  const PdfPageText dumb = read(
      folder, {.content = "BT /F 12 Tf 10 50 Td <00010002> Tj ET",
               .font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</DW 500>>]>>"});
  CHECK(dumb.unknown == 2);
  REQUIRE(all_words(dumb.page).size() == 1);
  CHECK(all_words(dumb.page)[0].confidence == 0);
  CHECK(words(folder, {.content = "BT /F 1 Tf 10 50 Td (AA) Tj ET",
                       .font = "<</Type/Font/Subtype/Type3/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/Widths[6]"
                               "/Encoding<</Differences[65/A]>>>>"}) == "AA");
}

TEST_CASE("fonts of the time before Unicode show Vietnamese") {
  const test::TempDir folder;
  const auto font = [](const std::string& name) {
    return "<</Type/Font/Subtype/TrueType/BaseFont/" + name +
           "/Encoding/WinAnsiEncoding/FirstChar 32/Widths[250]/FontDescriptor<</MissingWidth 500>>>>";
  };
  // "Quyết định", as .VnTime has it.
  const std::string shown = "BT /F 12 Tf 10 50 Td (Quy\325t \256\336nh) Tj ET";
  CHECK(words(folder, {.content = shown, .font = font(".VnTime")}) == "Quyết định");
  CHECK(words(folder, {.content = shown, .font = font("ABCDEF+.VnTimeH,Bold")}) == "QUYẾT ĐỊNH");
  CHECK(words(folder, {.content = shown, .font = font("Arial")}) == "QuyÕt ®Þnh");
}

TEST_CASE("a recognizer's own layer is not trusted like print") {
  const test::TempDir folder;
  const PdfPageText text = read(folder, {"BT /F 12 Tf 3 Tr 10 50 Td (layer) Tj 0 Tr 0 -20 Td (print) Tj ET"});
  CHECK(text.invisible == 5);
  const std::vector<OcrWord> found = all_words(text.page);
  REQUIRE(found.size() == 2);
  CHECK(found[0].confidence == 0.5);
  CHECK(found[1].confidence == 1);
}

TEST_CASE("boxes are where the page shows the words") {
  const test::TempDir folder;
  const OcrWord word = all_words(read(folder, {"BT /F 12 Tf 36 64 Td (Hill) Tj ET"}).page).at(0);
  CHECK(word.box.left == doctest::Approx(150));  // 36 points at 300 dpi
  CHECK(word.box.top < 150);
  CHECK(word.box.bottom > 150);
  CHECK(word.box.right - word.box.left == doctest::Approx((722 + 222 * 3) * 0.012 * 300 / 72));
  // The crop box moves it, /Rotate turns it.
  const OcrPage cropped =
      read(folder, {"BT /F 12 Tf 36 64 Td (Hill) Tj ET", "/MediaBox[0 0 200 100]/CropBox[36 0 200 100]"}).page;
  CHECK(cropped.width == 683);
  CHECK(all_words(cropped).at(0).box.left == doctest::Approx(0));
  for (const int turn : {90, 180, 270}) {
    CAPTURE(turn);
    const PdfPageText turned =
        read(folder, {"BT /F 12 Tf 36 64 Td (Hill) Tj ET", "/MediaBox[0 0 200 100]/Rotate " + std::to_string(turn)});
    CHECK(turned.orientation == 360 - turn);  // stands upright when it is turned back
    CHECK(turned.page.width == 833);
    CHECK(all_words(turned.page).at(0).box.left == doctest::Approx(150).epsilon(0.01));
  }
}

TEST_CASE("pdftotext sees the same words at the same places" * doctest::skip(!test::has_programs({"pdftotext"}))) {
  const test::TempDir folder;
  for (const std::string page : {"/MediaBox[0 0 200 100]", "/MediaBox[0 0 200 100]/CropBox[5 5 190 95]/UserUnit 1"}) {
    CAPTURE(page);
    const HandText text{
        "BT /F 11 Tf 12 80 Td (So: 12/QD-UBND) Tj 0 -15 Td (Can cu Luat) Tj /F 7 Tf 90 0 Td (nho) Tj ET", page};
    const std::vector<OcrWord> ours = all_words(read(folder, text).page);
    const std::string theirs = test::run({"pdftotext", "-bbox", "-cropbox", (folder / "hand.pdf").string(), "-"}).out;
    const std::regex row(R"rx(<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]+)<)rx");
    std::size_t seen = 0;
    for (std::sregex_iterator word(theirs.begin(), theirs.end(), row), end; word != end; ++word, ++seen) {
      const auto same =
          std::find_if(ours.begin(), ours.end(), [&](const OcrWord& own) { return own.text == (*word)[5]; });
      REQUIRE(same != ours.end());
      const double points = 72 / k_text_dpi;
      CHECK(same->box.left * points == doctest::Approx(std::stod((*word)[1])).epsilon(0.02));
      CHECK(same->box.right * points == doctest::Approx(std::stod((*word)[3])).epsilon(0.02));
      CHECK(middle_of(same->box) * points > std::stod((*word)[2]));
      CHECK(middle_of(same->box) * points < std::stod((*word)[4]));
    }
    CHECK(seen == ours.size());
  }
}
