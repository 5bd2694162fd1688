// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_file.hpp"

#include <algorithm>
#include <cmath>

#include <cstdarg>
#include <cstdio>
#include <memory>

#include <leptonica/allheaders.h>
#include <tiffio.h>

namespace sohoa {
namespace {

struct CloseTiff {
  void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
};
struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const noexcept { TIFFOpenOptionsFree(options); }
};

int keep_message(TIFF* /*tiff*/, void* user, const char* /*module*/, const char* format, va_list arguments) {
  auto& message = *static_cast<std::string*>(user);
  if (message.empty()) {
    message.resize(400);
    const int length = std::vsnprintf(message.data(), message.size(), format, arguments);
    message.resize(static_cast<std::size_t>(std::clamp(length, 0, 399)));
  }
  return 1;
}

int drop_message(TIFF* /*tiff*/, void* /*user*/, const char* /*module*/, const char* /*format*/, va_list /*arguments*/) { return 1; }

// One open file and the first thing libtiff said against it.
class TiffFile {
 public:
  explicit TiffFile(const std::string& file) : m_file(file) {
    const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_message, &m_message);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), drop_message, nullptr);
    m_tiff.reset(TIFFOpenExt(file.c_str(), "r", options.get()));
    if (m_tiff == nullptr) {
      fail("image-corrupt", 0);
    }
  }
  [[nodiscard]] TIFF* get() const { return m_tiff.get(); }
  [[noreturn]] void fail(const std::string& id, std::size_t page) const {
    throw bad_page(id, m_file, page, m_message.empty() ? "libtiff cannot decode it" : m_message);
  }
  void select(std::size_t page) const {
    if (TIFFSetDirectory(m_tiff.get(), static_cast<tdir_t>(page)) == 0) {
      fail("image-corrupt", page);
    }
  }
  template <typename Value>
  [[nodiscard]] Value tag(std::uint32_t name, Value fallback) const {
    Value value = fallback;
    return TIFFGetFieldDefaulted(m_tiff.get(), name, &value) == 1 ? value : fallback;
  }

 private:
  std::string m_file;
  std::string m_message;
  std::unique_ptr<TIFF, CloseTiff> m_tiff;
};

struct Layout {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint16_t bits = 1;
  std::uint16_t samples = 1;
  std::uint16_t photometric = PHOTOMETRIC_MINISWHITE;
  int orientation = 1;
};

Layout layout_of(const TiffFile& file) {
  Layout layout;
  layout.width = file.tag<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0);
  layout.height = file.tag<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
  layout.bits = file.tag<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
  layout.samples = file.tag<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
  layout.photometric = file.tag<std::uint16_t>(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  layout.orientation = file.tag<std::uint16_t>(TIFFTAG_ORIENTATION, 1);
  if (layout.orientation < 1 || layout.orientation > 8) {
    layout.orientation = 1;
  }
  return layout;
}

bool is_bitonal(const Layout& layout) {
  return layout.bits == 1 && layout.samples == 1 && (layout.photometric == PHOTOMETRIC_MINISWHITE || layout.photometric == PHOTOMETRIC_MINISBLACK);
}

bool is_grey(const Layout& layout) {
  return layout.samples <= 2 && (layout.photometric == PHOTOMETRIC_MINISWHITE || layout.photometric == PHOTOMETRIC_MINISBLACK);
}

PixPtr read_bitonal(const TiffFile& file, const Layout& layout, std::size_t page) {
  PixPtr pix = own(pixCreate(static_cast<int>(layout.width), static_cast<int>(layout.height), 1), "pixCreate");
  std::string row(static_cast<std::size_t>(TIFFScanlineSize(file.get())) + 8, '\0');
  const std::size_t bytes = (layout.width + 7) / 8;
  const unsigned flip = layout.photometric == PHOTOMETRIC_MINISBLACK ? 0xFFU : 0U;
  for (std::uint32_t y = 0; y < layout.height; ++y) {
    if (TIFFReadScanline(file.get(), row.data(), y, 0) < 0) {
      file.fail("image-truncated", page);
    }
    std::uint32_t* line = pixGetData(pix.get()) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix.get()));
    for (std::size_t x = 0; x < bytes; ++x) {
      SET_DATA_BYTE(line, x, static_cast<l_uint8>(static_cast<unsigned char>(row[x]) ^ flip));
    }
  }
  pixSetPadBits(pix.get(), 0);
  return pix;
}

PixPtr read_colour(const TiffFile& file, const Layout& layout, std::size_t page) {
  std::vector<std::uint32_t> raster(static_cast<std::size_t>(layout.width) * layout.height);
  TIFFSetField(file.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // turned afterwards, all eight ways alike
  if (TIFFReadRGBAImageOriented(file.get(), layout.width, layout.height, raster.data(), ORIENTATION_TOPLEFT, 1) == 0) {
    file.fail("image-corrupt", page);
  }
  PixPtr pix = own(pixCreate(static_cast<int>(layout.width), static_cast<int>(layout.height), 32), "pixCreate");
  for (std::uint32_t y = 0; y < layout.height; ++y) {
    std::uint32_t* line = pixGetData(pix.get()) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix.get()));
    for (std::uint32_t x = 0; x < layout.width; ++x) {
      const std::uint32_t pixel = raster[static_cast<std::size_t>(y) * layout.width + x];
      const std::uint32_t white = 255 - TIFFGetA(pixel);  // premultiplied; what is transparent is paper
      composeRGBPixel(static_cast<int>(std::min(255U, TIFFGetR(pixel) + white)), static_cast<int>(std::min(255U, TIFFGetG(pixel) + white)),
                      static_cast<int>(std::min(255U, TIFFGetB(pixel) + white)), &line[x]);
    }
  }
  return is_grey(layout) ? own(pixConvertRGBToGray(pix.get(), 0, 1, 0), "pixConvertRGBToGray") : std::move(pix);
}

}  // namespace

std::vector<SourcePage> probe_tiff(const fs::path& path, const ScanLimits& limits) {
  const TiffFile file(path.string());
  std::vector<SourcePage> pages;
  do {
    const Layout layout = layout_of(file);
    check_page_size(path.string(), pages.size(), layout.width, layout.height, limits);
    if (pages.size() >= limits.max_pages) {
      throw bad_page("too-many-pages", path.string(), pages.size(), "the file has more than " + std::to_string(limits.max_pages) + " pages");
    }
    SourcePage page;
    const bool sideways = layout.orientation >= 5;
    page.width = sideways ? layout.height : layout.width;
    page.height = sideways ? layout.width : layout.height;
    const double unit = file.tag<std::uint16_t>(TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) == RESUNIT_CENTIMETER ? 2.54 : 1.0;
    const double x = static_cast<double>(file.tag<float>(TIFFTAG_XRESOLUTION, 0)) * unit;
    const double y = static_cast<double>(file.tag<float>(TIFFTAG_YRESOLUTION, 0)) * unit;
    page.dpi_x = std::isfinite(x) ? (sideways ? y : x) : 0;
    page.dpi_y = std::isfinite(y) ? (sideways ? x : y) : 0;
    page.colour = is_bitonal(layout) ? "bitonal" : is_grey(layout) ? "grey" : "colour";
    pages.push_back(std::move(page));
  } while (TIFFReadDirectory(file.get()) == 1);
  return pages;
}

PixPtr load_tiff(const SourcePage& page, const ScanLimits& limits) {
  const TiffFile file(page.file);
  file.select(page.index);
  const Layout layout = layout_of(file);
  check_page_size(page.file, page.index, layout.width, layout.height, limits);
  const bool simple = is_bitonal(layout) && TIFFIsTiled(file.get()) == 0;
  return oriented(simple ? read_bitonal(file, layout, page.index) : read_colour(file, layout, page.index), layout.orientation);
}

EncodedImage untouched_tiff(const SourcePage& page) {
  const TiffFile file(page.file);
  file.select(page.index);
  const Layout layout = layout_of(file);
  EncodedImage image;
  const bool g4 = file.tag<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE) == COMPRESSION_CCITTFAX4;
  const bool order = file.tag<std::uint16_t>(TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) == FILLORDER_MSB2LSB;
  if (!g4 || !order || !is_bitonal(layout) || TIFFIsTiled(file.get()) != 0 || TIFFNumberOfStrips(file.get()) != 1) {
    return image;
  }
  std::string data(static_cast<std::size_t>(TIFFRawStripSize64(file.get(), 0)), '\0');
  if (TIFFReadRawStrip(file.get(), 0, data.data(), static_cast<tmsize_t>(data.size())) != static_cast<tmsize_t>(data.size())) {
    file.fail("image-truncated", page.index);
  }
  image.filter = EncodedImage::Filter::ccitt_g4;
  image.bits = 1;
  image.width = static_cast<int>(layout.width);
  image.height = static_cast<int>(layout.height);
  // Group 4's black is 1 when the TIFF says min-is-white, and 0 when it says min-is-black.
  image.one_is_black = false;
  image.inverted = layout.photometric == PHOTOMETRIC_MINISBLACK;
  image.orientation = layout.orientation;
  image.untouched = true;
  image.data = std::move(data);
  return image.inverted ? EncodedImage{} : image;
}

}  // namespace sohoa
