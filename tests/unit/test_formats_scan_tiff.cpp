// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"
#include "formats/scan.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/pixels.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scan_errors.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <tiffio.h>

using namespace sohoa;

namespace {

struct CloseTiff {
  void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, CloseTiff>;

constexpr unsigned width = 83;
constexpr unsigned height = 61;

struct Layout {
  const char* name;
  int photometric;
  unsigned bits;
  unsigned samples;
  int extra = -1;  // kind of the last sample
};

constexpr std::array<Layout, 21> layouts{{{"bitonal, 0 is white", PHOTOMETRIC_MINISWHITE, 1, 1},
                                          {"bitonal, 0 is black", PHOTOMETRIC_MINISBLACK, 1, 1},
                                          {"grey 2", PHOTOMETRIC_MINISBLACK, 2, 1},
                                          {"grey 4", PHOTOMETRIC_MINISBLACK, 4, 1},
                                          {"grey 4, 0 is white", PHOTOMETRIC_MINISWHITE, 4, 1},
                                          {"grey 6", PHOTOMETRIC_MINISBLACK, 6, 1},
                                          {"grey 8", PHOTOMETRIC_MINISBLACK, 8, 1},
                                          {"grey 8, 0 is white", PHOTOMETRIC_MINISWHITE, 8, 1},
                                          {"grey 12", PHOTOMETRIC_MINISBLACK, 12, 1},
                                          {"grey 16", PHOTOMETRIC_MINISBLACK, 16, 1},
                                          {"grey 32", PHOTOMETRIC_MINISBLACK, 32, 1},
                                          {"grey and alpha", PHOTOMETRIC_MINISBLACK, 8, 2, EXTRASAMPLE_UNASSALPHA},
                                          {"grey and something", PHOTOMETRIC_MINISBLACK, 8, 2, EXTRASAMPLE_UNSPECIFIED},
                                          {"palette 4", PHOTOMETRIC_PALETTE, 4, 1},
                                          {"palette 8", PHOTOMETRIC_PALETTE, 8, 1},
                                          {"rgb 8", PHOTOMETRIC_RGB, 8, 3},
                                          {"rgb 16", PHOTOMETRIC_RGB, 16, 3},
                                          {"rgb 4", PHOTOMETRIC_RGB, 4, 3},
                                          {"rgba", PHOTOMETRIC_RGB, 8, 4, EXTRASAMPLE_UNASSALPHA},
                                          {"rgba, premultiplied", PHOTOMETRIC_RGB, 16, 4, EXTRASAMPLE_ASSOCALPHA},
                                          {"cmyk", PHOTOMETRIC_SEPARATED, 8, 4}}};

bool is_alpha(const Layout& layout) {
  return layout.extra == EXTRASAMPLE_UNASSALPHA || layout.extra == EXTRASAMPLE_ASSOCALPHA;
}

unsigned alpha_at(unsigned x, unsigned y) { return (x + y) % 7 == 0 ? 0 : (x + y) % 5 == 0 ? 128 : 255; }

// The eight bits that go into the file, before they are cut to or spread over the layout's bits.
unsigned sample_at(const Layout& layout, unsigned x, unsigned y, unsigned sample) {
  if (layout.photometric == PHOTOMETRIC_SEPARATED) {
    return sample == 3 ? 0 : 255 - test::truth(x, y, sample);
  }
  const unsigned alpha = alpha_at(x, y);
  if (layout.extra >= 0 && sample + 1 == layout.samples) {
    return alpha;
  }
  const unsigned value = layout.bits == 1 ? (test::black(x, y) ? 0U : 255U) : test::truth(x, y, sample);
  const unsigned inverted = layout.photometric == PHOTOMETRIC_MINISWHITE ? 255 - value : value;
  return layout.extra == EXTRASAMPLE_ASSOCALPHA ? inverted * alpha / 255 : inverted;
}

unsigned reduced(const Layout& layout, unsigned value) { return layout.bits < 8 ? value >> (8 - layout.bits) : value; }

// What a reader has to see there.
unsigned expected_at(const Layout& layout, unsigned x, unsigned y, unsigned channel) {
  const unsigned most = layout.bits < 8 ? (1U << layout.bits) - 1 : 255;
  unsigned value = sample_at(layout, x, y, layout.photometric == PHOTOMETRIC_PALETTE ? 0 : channel);
  if (layout.photometric == PHOTOMETRIC_PALETTE) {
    const unsigned index = reduced(layout, value);
    return channel == 0 ? index : channel == 1 ? 255 - index : (index * 3) % 256;
  }
  if (layout.photometric == PHOTOMETRIC_SEPARATED) {
    return 255 - value;
  }
  value = reduced(layout, value) * 255 / most;
  if (is_alpha(layout)) {
    const unsigned alpha = alpha_at(x, y);
    value = std::min(255U, (layout.extra == EXTRASAMPLE_ASSOCALPHA ? value : value * alpha / 255) + 255 - alpha);
  }
  return layout.photometric == PHOTOMETRIC_MINISWHITE ? 255 - value : value;
}

void put_bits(std::string& row, std::size_t bit, unsigned bits, unsigned value) {
  for (unsigned i = 0; i < bits; ++i) {
    if ((value >> (bits - 1 - i) & 1U) != 0) {
      row[(bit + i) / 8] = static_cast<char>(static_cast<unsigned char>(row[(bit + i) / 8]) | 0x80U >> (bit + i) % 8);
    }
  }
}

// Samples of libtiff's own order: whole bytes in the host's, others packed from the most significant bit on.
void put_sample(std::string& row, std::size_t index, const Layout& layout, unsigned value) {
  if (layout.bits == 16) {
    reinterpret_cast<std::uint16_t*>(row.data())[index] = static_cast<std::uint16_t>(value * 257);
  } else if (layout.bits == 32) {
    reinterpret_cast<std::uint32_t*>(row.data())[index] = value * 0x01010101U;
  } else if (layout.bits == 12) {
    put_bits(row, index * 12, 12, value << 4U);
  } else {
    put_bits(row, index * layout.bits, layout.bits, reduced(layout, value));
  }
}

std::string block_of(const Layout& layout, bool planar, unsigned plane, unsigned x0, unsigned y0, unsigned w,
                     unsigned h) {
  std::string block;
  const unsigned per_pixel = planar ? 1 : layout.samples;
  for (unsigned y = y0; y < y0 + h; ++y) {
    std::string row((static_cast<std::size_t>(w) * per_pixel * layout.bits + 7) / 8, '\0');
    for (unsigned x = x0; x < x0 + w; ++x) {
      for (unsigned sample = 0; sample < per_pixel; ++sample) {
        put_sample(row, (x - x0) * per_pixel + sample, layout, sample_at(layout, x, y, planar ? plane : sample));
      }
    }
    block += row;
  }
  return block;
}

struct Shape {
  int compression = COMPRESSION_NONE;
  bool planar = false;
  unsigned tile = 0;   // pixels a side; 0: strips
  unsigned rows = 17;  // a strip
  int orientation = 1;
  int fill_order = FILLORDER_MSB2LSB;
  const char* mode = "w";
};

void set_tags(TIFF* tiff, const Layout& layout, const Shape& shape) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, layout.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, layout.samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, layout.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, shape.compression);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, shape.planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, shape.orientation);
  TIFFSetField(tiff, TIFFTAG_FILLORDER, shape.fill_order);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 150.0);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  if (layout.extra >= 0) {
    const auto kind = static_cast<std::uint16_t>(layout.extra);
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  if (layout.photometric == PHOTOMETRIC_PALETTE) {
    std::array<std::vector<std::uint16_t>, 3> maps;
    for (unsigned i = 0; i < 1U << layout.bits; ++i) {
      maps[0].push_back(static_cast<std::uint16_t>(i * 257));
      maps[1].push_back(static_cast<std::uint16_t>((255 - i) * 257));
      maps[2].push_back(static_cast<std::uint16_t>((i * 3) % 256 * 257));
    }
    TIFFSetField(tiff, TIFFTAG_COLORMAP, maps[0].data(), maps[1].data(), maps[2].data());
  }
  if (shape.compression == COMPRESSION_WEBP) {
    TIFFSetField(tiff, TIFFTAG_WEBP_LOSSLESS, 1);
  }
  if (shape.tile > 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, shape.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, shape.tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, shape.rows);
  }
}

void write_page(TIFF* tiff, const Layout& layout, const Shape& shape) {
  set_tags(tiff, layout, shape);
  for (unsigned plane = 0; plane < (shape.planar ? layout.samples : 1); ++plane) {
    const unsigned step_y = shape.tile > 0 ? shape.tile : shape.rows;
    const unsigned step_x = shape.tile > 0 ? shape.tile : width;
    for (unsigned y = 0; y < height; y += step_y) {
      for (unsigned x = 0; x < width; x += step_x) {
        const unsigned rows = shape.tile > 0 ? shape.tile : std::min(step_y, height - y);
        std::string block = block_of(layout, shape.planar, plane, x, y, step_x, rows);
        const auto size = static_cast<tmsize_t>(block.size());
        const auto sample = static_cast<std::uint16_t>(plane);
        REQUIRE((shape.tile > 0
                     ? TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, sample), block.data(), size)
                     : TIFFWriteEncodedStrip(tiff, TIFFComputeStrip(tiff, y, sample), block.data(), size)) == size);
      }
    }
  }
}

fs::path written(const test::TempDir& folder, const Layout& layout, const Shape& shape) {
  fs::path file = folder / "scan.tif";
  const Tiff tiff(TIFFOpen(file.c_str(), shape.mode));
  REQUIRE(tiff != nullptr);
  write_page(tiff.get(), layout, shape);
  return file;
}

// The largest difference from what the file was made of; 1000 when size or depth are not as expected.
int error_of(const Pix& pix, const Layout& layout) {
  const int depth = layout.bits == 1 ? 1 : layout.photometric <= PHOTOMETRIC_MINISBLACK ? 8 : 32;
  if (size_of(pix).width != static_cast<int>(width) || size_of(pix).height != static_cast<int>(height) ||
      depth_of(pix) != depth) {
    return 1000;
  }
  int most = 0;
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      for (unsigned channel = 0; channel < (depth == 32 ? 3U : 1U); ++channel) {
        most = std::max(most, std::abs(static_cast<int>(test::value_at(pix, x, y, channel)) -
                                       static_cast<int>(expected_at(layout, x, y, channel))));
      }
    }
  }
  return most;
}

const Layout& layout_named(std::string_view name) {
  return *std::find_if(layouts.begin(), layouts.end(), [&](const Layout& layout) { return name == layout.name; });
}

}  // namespace

TEST_CASE("every layout of samples comes back exactly, in strips and tiles, side by side and in planes") {
  const test::TempDir folder;
  for (const Layout& layout : layouts) {
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE,
                                  COMPRESSION_PACKBITS, COMPRESSION_ZSTD, COMPRESSION_LZMA}) {
      for (const bool planar : {false, true}) {
        for (const unsigned tile : {0U, 32U}) {
          for (const char* mode : {"wl", "wb", "w8"}) {
            if ((planar && layout.samples == 1) || (compression != COMPRESSION_NONE && mode[1] != 'l')) {
              continue;
            }
            CAPTURE(std::string(layout.name));
            CAPTURE(compression);
            CAPTURE(planar);
            CAPTURE(tile);
            CAPTURE(std::string(mode));
            Shape shape;
            shape.compression = compression;
            shape.planar = planar;
            shape.tile = tile;
            shape.mode = mode;
            const std::vector<SourcePage> pages = probe_scan(written(folder, layout, shape));
            REQUIRE(pages.size() == 1);
            const PixPtr pix = load_page(pages[0]);
            CHECK(error_of(*pix, layout) == 0);
            CHECK(pages[0].colour == (depth_of(*pix) == 1 ? "bitonal" : depth_of(*pix) == 8 ? "grey" : "colour"));
          }
        }
      }
    }
  }
}

TEST_CASE("fax codes come back exactly") {
  const test::TempDir folder;
  for (const char* name : {"bitonal, 0 is white", "bitonal, 0 is black"}) {
    for (const int compression : {COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4, COMPRESSION_CCITTRLE}) {
      for (const int fill_order : {FILLORDER_MSB2LSB, FILLORDER_LSB2MSB}) {
        for (const unsigned tile : {0U, 32U}) {
          CAPTURE(std::string(name));
          CAPTURE(compression);
          CAPTURE(fill_order);
          CAPTURE(tile);
          Shape shape;
          shape.compression = compression;
          shape.fill_order = fill_order;
          shape.tile = tile;
          const Layout& layout = layout_named(name);
          CHECK(error_of(*load_page(probe_scan(written(folder, layout, shape)).at(0)), layout) == 0);
        }
      }
    }
  }
}

TEST_CASE("lossy codecs come back nearly") {
  const test::TempDir folder;
  for (const char* name : {"grey 8", "rgb 8"}) {
    for (const int compression : {COMPRESSION_JPEG, COMPRESSION_WEBP, COMPRESSION_LERC}) {
      const Layout& layout = layout_named(name);
      if (TIFFIsCODECConfigured(static_cast<std::uint16_t>(compression)) == 0 ||
          (compression == COMPRESSION_WEBP && layout.samples < 3)) {
        continue;
      }
      CAPTURE(std::string(name));
      CAPTURE(compression);
      Shape shape;
      shape.compression = compression;
      shape.rows = 16;
      CHECK(error_of(*load_page(probe_scan(written(folder, layout, shape)).at(0)), layout) <=
            (compression == COMPRESSION_JPEG ? 60 : 0));
    }
  }
}

TEST_CASE("the orientation tag turns size, resolution and pixels") {
  const test::TempDir folder;
  const Layout& layout = layout_named("rgb 8");
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    Shape shape;
    shape.orientation = orientation;
    const SourcePage page = probe_scan(written(folder, layout, shape)).at(0);
    const bool sideways = orientation >= 5;
    CHECK(page.width == (sideways ? height : width));
    CHECK(page.height == (sideways ? width : height));
    CHECK(page.dpi_x == doctest::Approx(sideways ? 150 : 300));
    const PixPtr pix = load_page(page);
    REQUIRE(size_of(*pix).width == static_cast<int>(page.width));
    // Where the stored pixel (1, 2) is to be seen: TIFF 6.0, Orientation.
    const unsigned right = width - 2;
    const unsigned bottom = height - 3;
    const std::array<std::array<unsigned, 2>, 8> seen{
        {{1, 2}, {right, 2}, {right, bottom}, {1, bottom}, {2, 1}, {bottom, 1}, {bottom, right}, {2, right}}};
    const auto [x, y] = seen.at(static_cast<std::size_t>(orientation - 1));
    for (unsigned channel = 0; channel < 3; ++channel) {
      CHECK(test::value_at(*pix, x, y, channel) == expected_at(layout, 1, 2, channel));
    }
    CHECK(encode_page(page).orientation == (encode_page(page).untouched ? orientation : 1));
  }
}

TEST_CASE("thumbnails and masks are no pages, unless there is nothing else") {
  const test::TempDir folder;
  const fs::path file = folder / "pages.tif";
  const auto write = [&](std::initializer_list<int> kinds) {
    const Tiff tiff(TIFFOpen(file.c_str(), "w"));
    for (const int kind : kinds) {
      TIFFSetField(tiff.get(), TIFFTAG_SUBFILETYPE, kind);
      write_page(tiff.get(), layout_named("grey 8"), {});
      REQUIRE(TIFFWriteDirectory(tiff.get()) == 1);
    }
  };
  write({0, FILETYPE_REDUCEDIMAGE, FILETYPE_PAGE, FILETYPE_MASK});
  const std::vector<SourcePage> pages = probe_scan(file);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].index == 0);
  CHECK(pages[1].index == 2);
  CHECK(pages[0].sha256 != pages[1].sha256);
  CHECK(error_of(*load_page(pages[1]), layout_named("grey 8")) == 0);
  write({FILETYPE_REDUCEDIMAGE});
  CHECK(probe_scan(file).size() == 1);
}

TEST_CASE("a strip of Group 4 goes into the PDF as it is, others are coded again as one") {
  const test::TempDir folder;
  Shape shape;
  shape.compression = COMPRESSION_CCITTFAX4;
  shape.rows = height;
  for (const char* name : {"bitonal, 0 is white", "bitonal, 0 is black"}) {
    CAPTURE(std::string(name));
    const fs::path file = written(folder, layout_named(name), shape);
    const EncodedImage image = encode_page(probe_scan(file).at(0));
    CHECK(image.untouched);
    CHECK(image.filter == EncodedImage::Filter::ccitt_g4);
    CHECK(read_file(file).find(image.data) != std::string::npos);
  }
  const Layout& layout = layout_named("bitonal, 0 is white");
  shape.fill_order = FILLORDER_LSB2MSB;
  const EncodedImage reversed = encode_page(probe_scan(written(folder, layout, shape)).at(0));
  CHECK(!reversed.untouched);
  shape.fill_order = FILLORDER_MSB2LSB;
  const EncodedImage whole = encode_page(probe_scan(written(folder, layout, shape)).at(0));
  CHECK(reversed.data == whole.data);
  shape.rows = 7;
  const EncodedImage joined = encode_page(probe_scan(written(folder, layout, shape)).at(0));
  CHECK(!joined.untouched);
  CHECK(joined.filter == EncodedImage::Filter::ccitt_g4);
  CHECK(joined.data == whole.data);
}

TEST_CASE("damage is told by its kind") {
  const test::TempDir folder;
  const Layout& grey = layout_named("grey 8");
  for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE}) {
    CAPTURE(compression);
    Shape shape;
    shape.compression = compression;
    shape.rows = height;
    const fs::path file = written(folder, grey, shape);
    const std::string bytes = read_file(file);
    std::string damaged = bytes;
    damaged.replace(108, 200, 200, '\xFF');
    if (compression != COMPRESSION_NONE) {
      write_file(file, damaged);
      CHECK(test::id_of_scan_error(file) == "image-truncated");
    }
    write_file(file, bytes.substr(0, 100));
    CHECK(test::id_of_scan_error(file) == "image-corrupt");
  }
  Shape shape;
  ScanLimits small;
  small.max_page_pixels = 1000;
  CHECK(test::id_of_scan_error(written(folder, grey, shape), small) == "page-too-large");
  small = {};
  small.max_pages = 0;
  CHECK(test::id_of_scan_error(written(folder, grey, shape), small) == "too-many-pages");
}

TEST_CASE("a fax page that breaks off is refused, though libtiff only warns of it") {
  const test::TempDir folder;
  Shape shape;
  shape.compression = COMPRESSION_CCITTFAX4;
  shape.rows = height;
  const Layout& layout = layout_named("bitonal, 0 is white");
  std::string strip = encode_page(probe_scan(written(folder, layout, shape)).at(0)).data;
  strip.resize(strip.size() / 2);
  const fs::path file = folder / "half.tif";
  {
    const Tiff tiff(TIFFOpen(file.c_str(), "w"));
    set_tags(tiff.get(), layout, shape);
    REQUIRE(TIFFWriteRawStrip(tiff.get(), 0, strip.data(), static_cast<tmsize_t>(strip.size())) > 0);
  }
  CHECK(test::id_of_scan_error(file) == "image-truncated");
  CHECK_THROWS_AS(encode_page(probe_scan(file).at(0)), Error);
}

TEST_CASE("libtiff's own test pictures are read" * doctest::skip(!test::has_corpus())) {
  // What stays refused, and why.
  const std::map<std::string, std::string> refused{{"loop.tif", "image-corrupt"},
                                                   {"G3 Premature EOL.tif", "image-truncated"}};
  for (const fs::directory_entry& entry : fs::directory_iterator(test::corpus() / "libtiffnet")) {
    const std::string name = entry.path().filename().string();
    if (scan_format(entry.path()) == "tiff" && name.find("float") == std::string::npos) {
      CAPTURE(std::string(name));
      const auto known = refused.find(name);
      CHECK(test::id_of_scan_error(entry.path()) == (known == refused.end() ? "" : known->second));
    }
  }
}
