// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_writer.hpp"

#include "core/digest.hpp"
#include "core/error.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pdf_pages.hpp"
#include "tests/support/run.hpp"

#include <array>
#include <clocale>
#include <regex>

#include <doctest/doctest.h>
#include <sys/resource.h>

using namespace sohoa;

namespace {

PdfPage page_with_text(std::size_t number) {
  PdfPage page = test::white_page();
  page.geometry.skew = 1.25;
  page.text.blocks.push_back({{}, {test::line_of("Trang " + std::to_string(number + 1), 10, 10, 2, 0.9)}});
  return page;
}

PdfFile written(const fs::path& file, PdfConformance conformance, std::size_t pages = 2) {
  return write_pdf(file, conformance, test::sample_metadata(), pages, page_with_text);
}

// mutool names each page, and in Debian says that it was built without colour profiles.
std::string complaints(const std::string& err) {
  return std::regex_replace(err, std::regex("warning: ICC support is not available\n|page .*\n"), "");
}

std::string entry_of(const std::string& text, const std::string& key) {
  std::smatch found;
  return std::regex_search(text, found, std::regex("(?:^|\n)" + key + ": +(.*)")) ? found[1].str() : "";
}

}  // namespace

TEST_SUITE("formats::pdf_writer"){
    TEST_CASE("every flavour stands before other programs" *
              doctest::skip(!test::has_programs({"qpdf", "mutool", "gs", "pdfinfo"}))){const test::TempDir folder;
for (const char* flavour : {"1b", "2b", "2u", "3u"}) {
  CAPTURE(flavour);
  const std::string file = (folder / flavour).string() + ".pdf";
  written(file, pdf_conformance(flavour));
  const test::Run qpdf = test::run({"qpdf", "--check", file});
  CHECK(qpdf.status == 0);
  CHECK(qpdf.err.empty());
  const test::Run gs = test::run({"gs", "-q", "-dNOSAFER", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-dBATCH",
                                  "-dNOPAUSE", "-sDEVICE=nullpage", file});
  CHECK(gs.status == 0);
  CHECK(gs.out + gs.err == "");
  const test::Run drawn = test::run({"mutool", "draw", "-o", "/dev/null", file});
  CHECK(drawn.status == 0);
  CHECK(complaints(drawn.err) == "");
  CHECK(complaints(test::run({"mutool", "info", file}).err) == "");
  const std::string info = test::run({"pdfinfo", file}).out;
  CHECK(entry_of(info, "Pages") == "2");
  CHECK(entry_of(info, "Page size") == "597.6 x 842.4 pts (A4)");
  CHECK(entry_of(info, "PDF version") == (std::string(flavour) == "1b" ? "1.4" : "1.7"));
}
}

TEST_CASE("PDFBox finds 1b valid" *
          doctest::skip(!test::has_programs({"java"}) || !fs::exists("/usr/share/java/preflight.jar"))) {
  const test::TempDir folder;
  const std::string file = (folder / "1b.pdf").string();
  written(file, PdfConformance::a1b);
  const test::Run preflight = test::run({SOHOA_SOURCE_DIR "/scripts/preflight", file});
  CHECK(preflight.out == file + ": valid\n");
  CHECK(preflight.status == 0);
}

TEST_CASE("equal arguments give equal bytes, other ones another identifier") {
  const test::TempDir folder;
  const PdfFile one = written(folder / "one.pdf", PdfConformance::a2u);
  const char* locale = std::setlocale(LC_ALL, "vi_VN.UTF-8");
  const PdfFile two = written(folder / "two.pdf", PdfConformance::a2u);
  if (locale != nullptr) {
    std::setlocale(LC_ALL, "C");
  }
  const std::string bytes = read_file(folder / "one.pdf");
  CHECK(bytes == read_file(folder / "two.pdf"));
  CHECK(one.sha256 == sha256_hex(bytes));
  CHECK(one.sha256 == two.sha256);
  CHECK(one.bytes == bytes.size());
  CHECK(one.pages == 2);

  const auto identifier = [](const std::string& pdf) {
    std::smatch found;
    return std::regex_search(pdf.cbegin() + static_cast<std::ptrdiff_t>(pdf.rfind("trailer")), pdf.cend(), found,
                             std::regex("/ID ?\\[ ?<([0-9A-Fa-f]{32})> ?<\\1>"))
               ? found[1].str()
               : "";
  };
  CHECK(identifier(bytes).size() == 32);
  written(folder / "more.pdf", PdfConformance::a2u, 3);
  CHECK(identifier(bytes) != identifier(read_file(folder / "more.pdf")));
}

TEST_CASE("no page, no file") {
  const test::TempDir folder;
  CHECK_THROWS_WITH_AS(written(folder / "none.pdf", PdfConformance::a2u, 0), doctest::Contains("no page"), Error);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a target out of reach is an error of the environment") {
  const test::TempDir folder;
  try {
    written(folder / "missing" / "a.pdf", PdfConformance::a2u);
    FAIL("it was written");
  } catch (const Error& error) {
    CHECK(error.status() == ExitStatus::environment);
  }
}

TEST_CASE("what a page's source throws passes through and leaves nothing") {
  const test::TempDir folder;
  const auto source = [](std::size_t page) {
    return page == 1 ? throw input_error("image-truncated", "page 2 is cut off", "scan it again")
                     : page_with_text(page);
  };
  CHECK_THROWS_WITH_AS(write_pdf(folder / "a.pdf", PdfConformance::a2u, {}, 2, source), doctest::Contains("cut off"),
                       Error);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a flavour that is none names the choices") {
  CHECK_THROWS_WITH_AS(pdf_conformance("2a"), doctest::Contains("1b, 2b, 2u or 3u"), Error);
  CHECK(to_string(pdf_conformance("3u")) == "PDF/A-3u");
}

TEST_CASE("many pages hang in a tree" * doctest::skip(!test::has_programs({"qpdf", "pdftotext"}))) {
  const test::TempDir folder;
  const std::string file = (folder / "many.pdf").string();
  CHECK(written(file, PdfConformance::a1b, 1001).pages == 1001);
  CHECK(test::run({"qpdf", "--show-npages", file}).out == "1001\n");
  CHECK(test::run({"qpdf", "--check", file}).status == 0);
  for (const std::string page : {"1", "500", "501", "1001"}) {
    CHECK(test::run({"pdftotext", "-nopgbrk", "-f", page, "-l", page, file, "-"})
              .out.starts_with("Trang " + page + "\n"));
  }
}

#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed
TEST_CASE("memory does not grow with the pages") {
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // KiB
  };
  const test::TempDir folder;
  const auto before = peak();
  const PdfFile file = write_pdf(folder / "big.pdf", PdfConformance::a2u, {}, 100, [](std::size_t number) {
    PdfPage page = page_with_text(number);
    page.image.filter = EncodedImage::Filter::dct;
    page.image.data.assign(1U << 20U, static_cast<char>(number));
    return page;
  });
  CHECK(file.bytes > 100U << 20U);
  CHECK(peak() - before < 20 * 1024);
}
#endif
}

TEST_SUITE("formats::pdf_image") {
  TEST_CASE("the scanner's JPEG goes in and comes out untouched" *
            doctest::skip(!test::has_corpus() || !test::has_programs({"pdfimages"}))) {
    const test::TempDir folder;
    const std::string scan = read_file(test::corpus() / "vn-scan-gt" / "22TTR_p1.jpg");
    write_pdf(folder / "a.pdf", PdfConformance::a2u, {}, 1, [&](std::size_t) {
      PdfPage page;
      page.image.filter = EncodedImage::Filter::dct;
      page.image.colour = EncodedImage::Colour::rgb;
      page.image.width = 2464;
      page.image.height = 3508;
      page.image.data = scan;
      page.dpi_x = page.dpi_y = 300;
      return page;
    });
    test::run({"pdfimages", "-all", (folder / "a.pdf").string(), (folder / "image").string()});
    CHECK(read_file(folder / "image-000.jpg") == scan);
  }

  TEST_CASE("black is black, whichever bit says so" * doctest::skip(!test::has_programs({"pdftoppm", "qpdf"}))) {
    const test::TempDir folder;
    // Two rows of eight pixels, four black and four white, by ITU-T T.6: horizontal mode 001 with
    // white 0 00110101 and black 4 011, vertical mode 1; in the second row 1 1 1; EOFB.
    const std::string fax("\x26\xAF\xE0\x04\x00\x40", 6);
    const auto shown = [&](EncodedImage::Filter filter, bool one_is_black, const std::string& data) {
      const std::string file = (folder / "bits.pdf").string();
      write_pdf(file, PdfConformance::a2b, {}, 1, [&](std::size_t) {
        PdfPage page;
        page.image.filter = filter;
        page.image.width = 8;
        page.image.height = 2;
        page.image.bits = 1;
        page.image.one_is_black = one_is_black;
        page.image.data = data;
        page.dpi_x = page.dpi_y = 18;
        return page;
      });
      CHECK(test::run({"qpdf", "--show-object=6", "--raw-stream-data", file}).out == data);
      const std::string picture = test::run({"pdftoppm", "-r", "72", "-gray", file}).out;
      return picture.substr(picture.size() - 32);
    };
    const std::string left_black = std::string(16, '\0') + std::string(16, '\xFF');
    const std::string left_white = std::string(16, '\xFF') + std::string(16, '\0');
    CHECK(shown(EncodedImage::Filter::ccitt_g4, true, fax) == left_black);
    CHECK(shown(EncodedImage::Filter::ccitt_g4, false, fax) == left_white);
    const std::string bits = test::stored_zlib("\xF0\xF0");
    CHECK(shown(EncodedImage::Filter::flate, true, bits) == left_black);
    CHECK(shown(EncodedImage::Filter::flate, false, bits) == left_white);
  }

  TEST_CASE("four inks keep their colours" * doctest::skip(!test::has_programs({"gs"}))) {
    const test::TempDir folder;
    // White, cyan, magenta, yellow, black, half black.
    const std::string inks("\0\0\0\0\xFF\0\0\0\0\xFF\0\0\0\0\xFF\0\0\0\0\xFF\0\0\0\x80", 24);
    const std::vector<std::array<int, 3>> colours{{255, 255, 255}, {0, 255, 255}, {255, 0, 255},
                                                  {255, 255, 0},   {0, 0, 0},     {127, 127, 127}};
    for (const bool inverted : {false, true}) {
      CAPTURE(inverted);
      const std::string file = (folder / "inks.pdf").string();
      write_pdf(file, PdfConformance::a2b, {}, 1, [&](std::size_t) {
        std::string samples = inks;
        for (char& sample : samples) {
          sample = inverted ? static_cast<char>(~sample) : sample;
        }
        PdfPage page = test::page_of(samples, 6, 1, 18, EncodedImage::Colour::cmyk);
        page.image.inverted = inverted;
        return page;
      });
      const std::string picture = test::run({"gs", "-q", "-dNOSAFER", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONWARNING",
                                             "-sDEVICE=ppmraw", "-r18", "-sOutputFile=-", file})
                                      .out;
      REQUIRE(picture.size() > 18);
      for (std::size_t sample = 0; sample < 18; ++sample) {
        const int shown = static_cast<unsigned char>(picture[picture.size() - 18 + sample]);
        CAPTURE(sample);
        CHECK(std::abs(shown - colours[sample / 3].at(sample % 3)) <= 12);
      }
    }
  }
}
