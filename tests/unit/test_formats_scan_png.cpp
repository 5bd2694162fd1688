// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"
#include "formats/pdf_writer.hpp"
#include "formats/scan.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pixels.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>
#include <leptonica/allheaders.h>

using namespace sohoa;

namespace {

std::string id_of_file(const fs::path& file, const ScanLimits& limits = {}) {
  try {
    load_page(probe_scan(file, limits).at(0), limits);
  } catch (const Error& error) {
    return error.id();
  }
  return "";
}

fs::path stored(const test::TempDir& folder, Pix& pix, int dpi) {
  fs::path file = folder / "page.png";
  pixSetResolution(&pix, dpi, dpi);
  REQUIRE(pixWrite(file.c_str(), &pix, IFF_PNG) == 0);
  return file;
}

}  // namespace

TEST_CASE("PNG of each depth comes back exactly; a PDF takes its bytes but for fax, which is smaller") {
  const test::TempDir folder;
  for (const int depth : {1, 8, 32}) {
    CAPTURE(depth);
    const PixPtr pix = test::picture(93, 71, depth);
    const SourcePage page = probe_scan(stored(folder, *pix, 300)).at(0);
    CHECK(page.dpi_x == doctest::Approx(300).epsilon(0.001));
    CHECK(page.colour == (depth == 1 ? "bitonal" : depth == 8 ? "grey" : "colour"));
    CHECK(test::distance(*load_page(page), *pix) == 0);
    const EncodedImage image = encode_page(page);
    CHECK(image.filter == (depth == 1 ? EncodedImage::Filter::ccitt_g4 : EncodedImage::Filter::flate));
    CHECK(image.untouched == (depth != 1));
    CHECK(image.png_rows == (depth != 1));
  }
}

TEST_CASE("a PDF shows a PNG's own bytes as the same pixels" * doctest::skip(!test::has_programs({"pdfimages"}))) {
  const test::TempDir folder;
  for (const int depth : {8, 32}) {
    CAPTURE(depth);
    const PixPtr pix = test::picture(93, 71, depth);
    const SourcePage page = probe_scan(stored(folder, *pix, 300)).at(0);
    const std::string file = (folder / "page.pdf").string();
    write_pdf(file, PdfConformance::a2b, {}, 1, [&](std::size_t) {
      PdfPage shown;
      shown.image = encode_page(page);
      shown.dpi_x = shown.dpi_y = 300;
      return shown;
    });
    test::run({"pdfimages", "-png", file, (folder / "out").string()});
    const PixPtr shown(pixRead((folder / "out-000.png").c_str()));
    REQUIRE(shown != nullptr);
    CHECK(test::distance(*shown, *pix) == 0);
  }
}

TEST_CASE("a damaged PNG is not taken as it is") {
  const test::TempDir folder;
  const PixPtr pix = test::picture(93, 71, 8);
  const SourcePage page = probe_scan(stored(folder, *pix, 300)).at(0);
  std::string bytes = read_file(page.file);
  const std::size_t data = bytes.find("IDAT");
  bytes[data + 10] = static_cast<char>(bytes[data + 10] ^ 1);
  write_file(page.file, bytes);
  CHECK_THROWS_AS(encode_page(page), Error);
}

TEST_CASE("sixteen bits and palettes are brought to eight") {
  const test::TempDir folder;
  const PixPtr grey = test::picture(40, 30, 8);
  const PixPtr deep = own(pixConvert8To16(grey.get(), 8), "pixConvert8To16");
  CHECK(test::distance(*load_page(probe_scan(stored(folder, *deep, 0)).at(0)), *grey) == 0);
  const PixPtr mapped = own(pixConvertTo8(grey.get(), 1), "pixConvertTo8");
  CHECK(test::distance(*load_page(probe_scan(stored(folder, *mapped, 0)).at(0)), *grey) == 0);
}

TEST_CASE("what is transparent is paper") {
  const test::TempDir folder;
  const PixPtr pix = test::picture(40, 30, 32);
  pixSetSpp(pix.get(), 4);  // the fourth byte is 0 everywhere
  const PixPtr loaded = load_page(probe_scan(stored(folder, *pix, 0)).at(0));
  CHECK(test::value_at(*loaded, 20, 20, 0) == 255);
  CHECK(test::value_at(*loaded, 20, 20, 2) == 255);
}

TEST_CASE("a cut-off or huge PNG is refused") {
  const test::TempDir folder;
  const fs::path file = stored(folder, *test::picture(93, 71, 32), 300);
  const std::string bytes = read_file(file);
  write_file(file, bytes.substr(0, bytes.size() / 2));
  CHECK(id_of_file(file) == "image-truncated");
  write_file(file, bytes.substr(0, 20));
  CHECK(id_of_file(file) == "image-corrupt");
  write_file(file, bytes);
  ScanLimits limits;
  limits.max_page_pixels = 93 * 71 - 1;
  CHECK(id_of_file(file, limits) == "page-too-large");
}

TEST_CASE("what is no scan is named for what it is") {
  const test::TempDir folder;
  const auto error_of = [&](const std::string& bytes) {
    write_file(folder / "stranger", bytes);
    try {
      probe_scan(folder / "stranger");
    } catch (const Error& error) {
      return error.id() + ": " + error.message().substr((folder / "stranger").string().size());
    }
    return std::string();
  };
  CHECK(error_of("") == "file-empty:  is empty");
  CHECK(error_of("a letter") == "not-a-scan:  is neither TIFF, JPEG, PNG nor PDF");
  CHECK(error_of("BM......") == "not-a-scan:  is a Windows bitmap, not TIFF, JPEG, PNG or PDF");
  CHECK(error_of(std::string("\0\0\0\14jP  \r\n\x87\n", 12)) ==
        "not-a-scan:  is a JPEG 2000 picture, not TIFF, JPEG, PNG or PDF");
  CHECK_THROWS_WITH_AS(probe_scan(folder / "none"), doctest::Contains("cannot be read"), Error);
}
