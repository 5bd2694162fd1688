// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"
#include "formats/scan.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pixels.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include <doctest/doctest.h>
#include <jpeglib.h>

using namespace sohoa;

namespace {

constexpr unsigned width = 80;
constexpr unsigned height = 48;

struct Kind {
  int components = 3;
  J_COLOR_SPACE space = JCS_YCbCr;
  bool progressive = false;
  bool arithmetic = false;
  bool adobe = false;
  bool jfif = true;
  std::vector<jpeg_scan_info> scans = {};
};

std::string jpeg(const Kind& kind) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = kind.components;
  info.in_color_space = kind.components == 1 ? JCS_GRAYSCALE : kind.components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, kind.space);
  jpeg_set_quality(&info, 98, TRUE);
  info.write_JFIF_header = kind.jfif ? TRUE : FALSE;
  info.write_Adobe_marker = kind.adobe ? TRUE : FALSE;
  info.density_unit = 2;
  info.X_density = 100;
  info.Y_density = 60;
  info.arith_code = kind.arithmetic ? TRUE : FALSE;
  if (kind.progressive) {
    jpeg_simple_progression(&info);
  }
  if (!kind.scans.empty()) {
    info.scan_info = kind.scans.data();
    info.num_scans = static_cast<int>(kind.scans.size());
  }
  jpeg_start_compress(&info, TRUE);
  for (unsigned y = 0; y < height; ++y) {
    std::string row;
    for (unsigned x = 0; x < width; ++x) {
      for (unsigned channel = 0; channel < static_cast<unsigned>(kind.components); ++channel) {
        const unsigned light = channel < 3 ? test::truth(x, y, channel) : 255;
        // Adobe writes its inks inverted: 255 is none.
        row += static_cast<char>(kind.components == 4 && !kind.adobe ? 255 - light : light);
      }
    }
    auto* samples = reinterpret_cast<unsigned char*>(row.data());
    jpeg_write_scanlines(&info, &samples, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string bytes(reinterpret_cast<char*>(buffer), size);
  std::free(buffer);
  return bytes;
}

fs::path stored(const test::TempDir& folder, const std::string& bytes) {
  fs::path file = folder / "page.jpg";
  write_file(file, bytes);
  return file;
}

// Right behind SOI: an APP1 whose first directory has the orientation alone.
std::string with_exif(const std::string& bytes, int orientation) {
  const std::string exif = std::string("Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0", 25) +
                           static_cast<char>(orientation) + std::string("\0\0\0\0\0\0", 6);
  return bytes.substr(0, 2) + "\xFF\xE1" + '\0' + static_cast<char>(exif.size() + 2) + exif + bytes.substr(2);
}

std::string id_of_error(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK(error.message().find("page.jpg") != std::string::npos);
    return error.id();
  }
  return "";
}

std::string id_of_file(const fs::path& file) {
  return id_of_error([&] { load_page(probe_scan(file).at(0)); });
}

}  // namespace

TEST_CASE("all kinds of JPEG are read, and go into a PDF untouched when PDF shows them alike") {
  const test::TempDir folder;
  struct Row {
    const char* name;
    Kind kind;
    bool untouched;
    bool inverted = false;
  };
  const std::vector<Row> rows{{"grey", {1, JCS_GRAYSCALE}, true},
                              {"colour", {}, true},
                              {"progressive", {3, JCS_YCbCr, true}, true},
                              {"arithmetic coding", {3, JCS_YCbCr, false, true}, false},
                              {"Adobe's RGB", {3, JCS_RGB, false, false, true, false}, true},
                              {"RGB that only libjpeg takes for it", {3, JCS_RGB, false, false, false, false}, false},
                              {"Adobe's CMYK", {4, JCS_CMYK, false, false, true, false}, true, true},
                              {"Adobe's YCCK", {4, JCS_YCCK, false, false, true, false}, true, true},
                              {"CMYK", {4, JCS_CMYK, false, false, false, false}, true}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.name));
    const std::string bytes = jpeg(row.kind);
    const SourcePage page = probe_scan(stored(folder, bytes)).at(0);
    CHECK(page.width == width);
    CHECK(page.colour == (row.kind.components == 1 ? "grey" : "colour"));
    CHECK(page.dpi_x == doctest::Approx(row.kind.jfif ? 254 : 0));
    CHECK(page.dpi_y == doctest::Approx(row.kind.jfif ? 152.4 : 0));
    const PixPtr pix = load_page(page);
    CHECK(test::distance(*pix, *test::picture(width, height, row.kind.components == 1 ? 8 : 32)) < 60);
    const EncodedImage image = encode_page(page);
    CHECK(image.untouched == row.untouched);
    CHECK((image.data == bytes) == row.untouched);
    CHECK(image.inverted == row.inverted);
  }
}

TEST_CASE("Exif turns the page, not its bytes") {
  const test::TempDir folder;
  const std::string bytes = jpeg({});
  const PixPtr upright = load_page(probe_scan(stored(folder, bytes)).at(0));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    const std::string turned = with_exif(bytes, orientation);
    const SourcePage page = probe_scan(stored(folder, turned)).at(0);
    CHECK(page.width == (orientation >= 5 ? height : width));
    CHECK(page.dpi_x == doctest::Approx(orientation >= 5 ? 152.4 : 254));
    const EncodedImage image = encode_page(page);
    CHECK(image.untouched);
    CHECK(image.data == turned);
    CHECK(image.orientation == orientation);
    const PixPtr pix = load_page(page);
    // Where the stored pixel (1, 2) is to be seen.
    const unsigned right = width - 2;
    const unsigned bottom = height - 3;
    const std::array<std::array<unsigned, 2>, 8> seen{
        {{1, 2}, {right, 2}, {right, bottom}, {1, bottom}, {2, 1}, {bottom, 1}, {bottom, right}, {2, right}}};
    const auto [x, y] = seen.at(static_cast<std::size_t>(orientation - 1));
    CHECK(test::value_at(*pix, x, y, 1) == test::value_at(*upright, 1, 2, 1));
  }
  CHECK(probe_scan(stored(folder, with_exif(bytes, 9))).at(0).width == width);
}

TEST_CASE("a page comes coarser by halves where fewer pixels will do") {
  const test::TempDir folder;
  const SourcePage page = probe_scan(stored(folder, jpeg({}))).at(0);
  const auto loaded = [&](int enough) { return load_page(page, {.enough_pixels = enough}); };
  const auto size = [&](int enough) { return size_of(*loaded(enough)); };
  CHECK(size(0).width == width);
  CHECK(size(25).width == width);  // of 80 by 48
  CHECK(size(24).width == width / 2);
  CHECK(size(12).height == height / 4);
  CHECK(size(1).width == width / 8);
  const PixPtr half = loaded(24);
  const PixPtr all = loaded(0);
  const unsigned sum = test::value_at(*all, 20, 10, 1) + test::value_at(*all, 21, 10, 1) +
                       test::value_at(*all, 20, 11, 1) + test::value_at(*all, 21, 11, 1);
  CHECK(test::value_at(*half, 10, 5, 1) == doctest::Approx(sum / 4.0).epsilon(0.05));
}

TEST_CASE("a picture of scans without end is refused") {
  const test::TempDir folder;
  const fs::path file = folder / "scans.jpg";
  // All of the picture in two scans, of which the second can be repeated as often as one likes.
  const std::string once =
      jpeg({.components = 1, .space = JCS_GRAYSCALE, .scans = {{1, {0}, 0, 0, 0, 0}, {1, {0}, 1, 63, 0, 0}}});
  const std::string last = once.substr(once.rfind("\xFF\xDA"), once.size() - 2 - once.rfind("\xFF\xDA"));
  const auto with_scans = [&](int count) {
    std::string bytes = once.substr(0, once.size() - 2);
    for (int scan = 2; scan < count; ++scan) {
      bytes += last;
    }
    write_file(file, bytes + "\xFF\xD9");
    return load_page(probe_scan(file).at(0));
  };
  CHECK(size_of(*with_scans(500)).width == static_cast<int>(width));
  CHECK_THROWS_WITH_AS(with_scans(501), doctest::Contains("more than 500 scans"), Error);
}

TEST_CASE("a cut-off or damaged picture is refused, harmless oddities are not") {
  const test::TempDir folder;
  for (const bool progressive : {false, true}) {
    CAPTURE(progressive);
    const std::string bytes = jpeg({3, JCS_YCbCr, progressive});
    CHECK(id_of_file(stored(folder, bytes.substr(0, bytes.size() * 2 / 3))) == "image-truncated");
    CHECK(id_of_file(stored(folder, bytes.substr(0, bytes.size() * 2 / 3) + "\xFF\xD9")) == "image-truncated");
    CHECK(id_of_file(stored(folder, bytes.substr(0, 100))) == "image-corrupt");
    CHECK(id_of_file(stored(folder, bytes + "trailing bytes of a camera")) == "");
    CHECK(encode_page(probe_scan(stored(folder, bytes + "tail")).at(0)).data == bytes + "tail");
    const std::size_t tables = bytes.find("\xFF\xDB");
    CHECK(id_of_file(stored(folder, bytes.substr(0, tables) + "??" + bytes.substr(tables))) == "");
  }
  ScanLimits limits;
  limits.max_page_pixels = 100;
  CHECK(id_of_error([&] { probe_scan(stored(folder, jpeg({})), limits); }) == "page-too-large");
}
