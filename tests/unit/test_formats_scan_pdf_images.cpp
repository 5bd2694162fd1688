// SPDX-License-Identifier: Apache-2.0
#include "formats/encode.hpp"
#include "formats/pdf_writer.hpp"
#include "formats/scan.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/hand_pdf.hpp"
#include "tests/support/pdf_pages.hpp"
#include "tests/support/pixels.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scan_errors.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using test::HandPage;
using test::image_object;

namespace {

std::string id_of_page(const test::TempDir& folder, const HandPage& page) {
  test::write_hand_pdf(folder / "hand.pdf", page);
  return test::id_of_scan_error(folder / "hand.pdf");
}

SourcePage probed(const test::TempDir& folder, const HandPage& page) {
  test::write_hand_pdf(folder / "hand.pdf", page);
  return probe_scan(folder / "hand.pdf").at(0);
}

// Four by two pixels: the first row's values, as a grey page shows them.
std::vector<unsigned> first_row(const test::TempDir& folder, const std::string& entries, const std::string& bytes) {
  const PixPtr pix = load_page(probed(folder, {.images = {image_object(entries, 32, 16, bytes)}}));
  std::vector<unsigned> values;
  for (unsigned x = 0; x < 4; ++x) {
    values.push_back(test::value_at(*pix, x, 0, 0));
  }
  return values;
}

std::string rows_of_byte(const std::string& head, std::size_t bytes) {
  return head + std::string(bytes - head.size(), '\0');
}

std::string grey_page() {
  return image_object("/ColorSpace/DeviceGray/BitsPerComponent 8", 40, 20, std::string(800, 'x'));
}

}  // namespace

TEST_CASE("our own PDFs give back what they were made of") {
  const test::TempDir folder;
  const std::string file = (folder / "own.pdf").string();
  for (const int depth : {1, 8, 32}) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
      CAPTURE(depth);
      CAPTURE(orientation);
      const PixPtr scan = test::picture(170, 120, depth);
      const auto page_of = [&](std::size_t) {
        PdfPage page;
        page.image = encode_pixels(*scan);
        page.image.orientation = orientation;
        page.dpi_x = 100;
        page.dpi_y = 50;
        page.geometry.skew = 0.8;
        page.text.blocks.push_back({{}, {test::line_of("Chữ nhận dạng", 10, 10, 9, 3)}});
        return page;
      };
      write_pdf(file, PdfConformance::a2u, test::sample_metadata(), 2, page_of);
      const std::vector<SourcePage> pages = probe_scan(file);
      REQUIRE(pages.size() == 2);
      const bool sideways = orientation >= 5;
      CHECK(pages[1].width == (sideways ? 120 : 170));
      CHECK(pages[1].dpi_x == doctest::Approx(100).epsilon(0.02));
      CHECK(pages[1].dpi_y == doctest::Approx(50).epsilon(0.02));
      CHECK(pages[1].colour == (depth == 1 ? "bitonal" : depth == 8 ? "grey" : "colour"));
      CHECK(pages[0].sha256 != pages[1].sha256);
      CHECK(size_of(*load_page(pages[1])).width == static_cast<int>(pages[1].width));
      if (orientation == 1) {
        CHECK(test::distance(*load_page(pages[1]), *scan) == 0);
      }
      const EncodedImage again = encode_page(pages[1]);
      CHECK(again.untouched == (depth == 1));
      CHECK(again.orientation == (depth == 1 ? orientation : 1));
    }
  }
}

TEST_CASE("JPEG and Group 4 bytes lie in the PDF as in the scan, and come out of it so" *
          doctest::skip(!test::has_corpus() || !test::has_programs({"pdfimages"}))) {
  const test::TempDir folder;
  for (const char* name : {"22TTR_p1.jpg", "07CT2018_p1.tif"}) {
    CAPTURE(name);
    const fs::path scan = test::corpus() / "vn-scan-gt" / name;
    const EncodedImage image = encode_page(probe_scan(scan).at(0));
    REQUIRE(image.untouched);
    const std::string file = (folder / "scan.pdf").string();
    write_pdf(file, PdfConformance::a2u, test::sample_metadata(), 1, [&](std::size_t) {
      PdfPage page;
      page.image = image;
      page.dpi_x = 300;
      page.dpi_y = 300;
      return page;
    });
    CHECK(test::run({"pdfimages", "-all", file, (folder / "out").string()}).status == 0);
    const bool jpeg = image.filter == EncodedImage::Filter::dct;
    const std::string out = read_file(folder / (jpeg ? "out-000.jpg" : "out-000.ccitt"));
    CHECK(out == (jpeg ? read_file(scan) : image.data));
    const SourcePage back = probe_scan(file).at(0);
    CHECK(encode_page(back).untouched);
    CHECK(encode_page(back).data == image.data);
    CHECK(test::distance(*load_page(back), *load_page(probe_scan(scan).at(0))) == 0);
  }
}

TEST_CASE("samples of every depth and colour space are read as they are shown") {
  const test::TempDir folder;
  using Values = std::vector<unsigned>;
  const std::string grey = "/ColorSpace/DeviceGray/BitsPerComponent ";
  CHECK(first_row(folder, grey + "1", rows_of_byte("\x50", 64)) == Values{0, 255, 0, 255});
  CHECK(first_row(folder, grey + "1/Decode[1 0]", rows_of_byte("\x50", 64)) == Values{255, 0, 255, 0});
  CHECK(first_row(folder, grey + "2", rows_of_byte("\x1B", 128)) == Values{0, 85, 170, 255});
  CHECK(first_row(folder, grey + "4", rows_of_byte("\x0F\x3C", 256)) == Values{0, 255, 51, 204});
  CHECK(first_row(folder, grey + "8", rows_of_byte("\x01\x02\x03\x04", 512)) == Values{1, 2, 3, 4});
  CHECK(first_row(folder, grey + "8/Decode[1 0]", rows_of_byte("\x01\x02\x03\x04", 512)) == Values{254, 253, 252, 251});
  CHECK(first_row(folder, grey + "16", rows_of_byte(std::string("\x10\xFF\x20\xFF\x30\xFF\x40\xFF", 8), 1024)) ==
        Values{16, 32, 48, 64});
  CHECK(first_row(folder, grey + "8/Filter/ASCIIHexDecode", "01020304" + std::string(1016, '0') + ">") ==
        Values{1, 2, 3, 4});
  CHECK(first_row(folder, grey + "8/Filter[/ASCIIHexDecode/RunLengthDecode]", "0301020304820082008200820080>") ==
        Values{1, 2, 3, 4});
  CHECK(first_row(folder, "/ImageMask true", rows_of_byte("\x50", 64)) == Values{0, 255, 0, 255});
  CHECK(first_row(folder, "/ColorSpace/DeviceRGB/BitsPerComponent 8",
                  rows_of_byte(std::string("\x09\0\0\x08\0\0\x07\0\0\x06", 10), 1536)) == Values{9, 8, 7, 6});
  CHECK(first_row(folder, "/ColorSpace/DeviceCMYK/BitsPerComponent 8", rows_of_byte("\xFF", 2048)) ==
        Values{0, 255, 255, 255});
  CHECK(first_row(folder, "/ColorSpace[/Indexed/DeviceRGB 3<000000 110000 220000 FF0000>]/BitsPerComponent 2",
                  rows_of_byte("\x1B", 128)) == Values{0, 17, 34, 255});
  CHECK(first_row(folder, "/ColorSpace[/Indexed/DeviceGray 1<FF00>]/BitsPerComponent 1", rows_of_byte("\x50", 64)) ==
        Values{255, 0, 255, 0});
}

TEST_CASE("size and resolution follow from how the page draws the image") {
  const test::TempDir folder;
  SourcePage page = probed(folder, {.images = {grey_page()}});
  CHECK(page.dpi_x == doctest::Approx(40));
  CHECK(page.dpi_y == doctest::Approx(40));
  page = probed(folder, {.images = {grey_page()}, .entries = "/UserUnit 0.5/Rotate 90"});
  CHECK(page.dpi_x == doctest::Approx(80));
  CHECK(page.width == 20);
  page = probed(folder, {.content = "q 0.5 0 0 0.5 0 0 cm q 0 72 -72 0 72 0 cm /I0 Do Q Q", .images = {grey_page()}});
  CHECK(page.width == 20);
  CHECK(page.dpi_y == doctest::Approx(80));
  CHECK(encode_page(page).orientation == 1);
}

TEST_CASE("invisible text, white behind the scan and what the scan covers are no content of their own") {
  const test::TempDir folder;
  const std::string image = "q 72 0 0 36 0 0 cm /I0 Do Q";
  for (const std::string& content :
       {image + " BT 3 Tr /F 9 Tf (Van ban) Tj ET", "1 g 0 0 72 36 re f " + image, "q 0 0 72 36 re W n " + image + " Q",
        "BT /F 9 Tf (hidden below) Tj ET " + image, "/I0 Do 1 0 0 RG 0 0 9 9 re S " + image,
        image + " BT /F 9 Tf (   ) Tj ET", "/OC /x BDC " + image + " EMC"}) {
    CAPTURE(content);
    CHECK(id_of_page(folder, {.content = content, .images = {grey_page()}}) == "");
  }
  const std::string form =
      test::stream_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 0 0]", "36 0 0 18 0 0 cm /I0 Do");
  CHECK(id_of_page(folder, {.content = "/F0 Do", .images = {grey_page()}, .more = "/F0 6 0 R", .objects = {form}}) ==
        "");
}

TEST_CASE("strips of one image are joined without loss") {
  const test::TempDir folder;
  const auto strip = [](char value) {
    return image_object("/ColorSpace/DeviceGray/BitsPerComponent 8", 40, 10, std::string(400, value));
  };
  HandPage page{.content = "q 72 0 0 18 0 0 cm /I1 Do Q q 72 0 0 18 0 18 cm /I0 Do Q",
                .images = {strip('A'), strip('B')}};
  const SourcePage probe = probed(folder, page);
  CHECK(probe.height == 20);
  const PixPtr pix = load_page(probe);
  CHECK(test::value_at(*pix, 5, 9, 0) == 'A');
  CHECK(test::value_at(*pix, 5, 10, 0) == 'B');
  page.content = "q 72 0 0 18 0 0 cm /I1 Do Q q 72 0 0 18 0 9 cm /I0 Do Q";
  CHECK(id_of_page(folder, page) == "image-unsupported");
}

TEST_CASE("what is no scan, or cannot be had without loss, is refused by its kind") {
  const test::TempDir folder;
  const std::string image = "q 72 0 0 36 0 0 cm /I0 Do Q ";
  const auto content = [&](const std::string& operators) {
    return id_of_page(folder, {.content = operators, .images = {grey_page()}});
  };
  CHECK(content(image + "BT /F 9 Tf (Typed) Tj ET") == "pdf-born-digital");
  CHECK(content(image + "BT 3 Tr ET q 0 Tr BT [(a) 3 (b)] TJ ET Q") == "pdf-born-digital");
  CHECK(content(image + "1 g 0 0 9 9 re f") == "pdf-born-digital");
  CHECK(content(image + "0 0 m 9 9 l S") == "pdf-born-digital");
  CHECK(content(image + "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI") == "pdf-born-digital");
  CHECK(content("0 0 m") == "pdf-no-images");
  CHECK(content("") == "pdf-no-images");
  std::string saves;
  for (int i = 0; i < 5000; ++i) {
    saves += "q ";
  }
  CHECK(content(image + saves) == "pdf-corrupt");
  const auto entries = [&](const std::string& of_image) {
    return id_of_page(folder, {.images = {image_object(of_image, 40, 20, std::string(800, 'x'))}});
  };
  const std::string grey = "/ColorSpace/DeviceGray/BitsPerComponent 8";
  CHECK(entries(grey) == "");
  CHECK(entries(grey + "/Filter/JBIG2Decode") == "image-unsupported");
  CHECK(entries(grey + "/Filter/Nonsense") == "image-unsupported");
  CHECK(entries(grey + "/SMask 5 0 R") == "image-unsupported");
  CHECK(entries(grey + "/Decode[0.2 0.7]") == "image-unsupported");
  CHECK(entries("/ColorSpace[/Separation/Gold/DeviceGray 4 0 R]/BitsPerComponent 8") == "image-unsupported");
  CHECK(entries("/ColorSpace/DeviceRGB/BitsPerComponent 8") == "image-truncated");
  CHECK(entries(grey + "/Filter/FlateDecode") == "image-truncated");
  CHECK(entries(grey + "/Filter/DCTDecode") == "image-corrupt");
  CHECK(entries(grey + "/Filter/JPXDecode") == "image-corrupt");
  const std::string fax = encode_pixels(*test::picture(40, 20, 1)).data;
  const std::string group4 =
      "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 40>>";
  CHECK(id_of_page(folder, {.images = {image_object(group4, 40, 20, fax)}}) == "");
  CHECK(id_of_page(folder, {.images = {image_object(group4, 40, 20, fax.substr(0, fax.size() / 2))}}) ==
        "image-truncated");
  CHECK(id_of_page(folder, {.images = {image_object(grey, 100000, 100000, "x")}}) == "page-too-large");
  CHECK(id_of_page(folder, {.images = {image_object(grey, 2, 2, "xxxx")}}) == "pdf-born-digital");
  const std::string stamp = "<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 4 0 R>>>>";
  CHECK(id_of_page(folder, {.images = {grey_page()}, .entries = "/Annots[6 0 R]", .objects = {stamp}}) ==
        "pdf-born-digital");
  const std::string loop =
      test::stream_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F0 6 0 R>>>>", "/F0 Do");
  CHECK(id_of_page(folder, {.content = "/F0 Do", .images = {grey_page()}, .more = "/F0 6 0 R", .objects = {loop}}) ==
        "pdf-corrupt");
  write_file(folder / "cut.pdf", "%PDF-1.4\nnothing");
  CHECK(test::id_of_scan_error(folder / "cut.pdf") == "pdf-corrupt");
}

TEST_CASE("an image that is drawn beyond all numbers is damage") {
  const test::TempDir folder;
  const std::string far = "1" + std::string(200, '0') + ".0";
  CHECK(id_of_page(folder,
                   {.content = far + " 0 0 1 0 0 cm 1 0 0 1 " + far + " 0 cm /I0 Do", .images = {grey_page()}}) != "");
  const std::string near = "0." + std::string(199, '0') + "1";
  const std::string there = "1 0 0 " + far + " 0 0 cm 1 0 0 1 0 " + far + " cm 1 0 0 " + near + " 0 0 cm ";
  CHECK(id_of_page(folder, {.content = there + "72 0 0 36 0 0 cm /I0 Do", .images = {grey_page()}}) == "pdf-corrupt");
}

TEST_CASE("encrypted PDFs are refused as such" * doctest::skip(!test::has_programs({"qpdf"}))) {
  const test::TempDir folder;
  test::write_hand_pdf(folder / "hand.pdf", {.images = {grey_page()}});
  for (const char* bits : {"40", "128", "256"}) {
    for (const char* password : {"", "secret"}) {
      CAPTURE(bits);
      CAPTURE(password);
      const std::string file = (folder / "encrypted.pdf").string();
      std::vector<std::string> command{
          "qpdf", "--encrypt", password, "owner", bits, "--", (folder / "hand.pdf").string(), file};
      if (std::string(bits) != "256") {
        command.insert(command.begin() + 1, "--allow-weak-crypto");
      }
      REQUIRE(test::run(command).status == 0);
      CHECK(test::id_of_scan_error(file) == "pdf-encrypted");
    }
  }
}

TEST_CASE("a signed scan is not made anew by oversight" * doctest::skip(!test::has_corpus())) {
  ScanLimits redo;
  redo.take_signed = true;
  std::size_t taken = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(test::corpus() / "vn-signed-scan-pdf")) {
    CAPTURE(entry.path().filename().string());
    CHECK(test::id_of_scan_error(entry.path()) == "pdf-signed");
    const std::string id = test::id_of_scan_error(entry.path(), redo);
    CHECK((id.empty() || id == "pdf-born-digital"));
    taken += id.empty() ? 1U : 0U;
  }
  CHECK(taken >= 5);
}
