// SPDX-License-Identifier: Apache-2.0
#include "formats/ccitt.hpp"
#include "formats/jpeg.hpp"
#include "formats/scan_file.hpp"
#include "formats/tiff_file.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

// Thumbnails and masks are views of a page, not pages (TIFF 6.0, NewSubfileType).
bool is_page(const TiffFile& file) {
  return (file.tag<std::uint32_t>(TIFFTAG_SUBFILETYPE, 0) & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
}

double resolution(const TiffFile& file, std::uint32_t tag) {
  const auto unit = file.tag<std::uint16_t>(TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  const double value = static_cast<double>(file.tag<float>(tag, 0));
  return !std::isfinite(value) || unit == RESUNIT_NONE ? 0 : unit == RESUNIT_CENTIMETER ? value * 2.54 : value;
}

std::string raw_strip(const TiffFile& file, const ScanLimits& limits) {
  const std::uint64_t size = TIFFRawStripSize64(file.get(), 0);
  if (size == 0 || size > limits.max_file_bytes || size > TIFFGetSizeProc(file.get())(TIFFClientdata(file.get()))) {
    file.fail("image-truncated", "its strip is to have " + std::to_string(size) + " bytes");
  }
  std::string data(size, '\0');
  if (TIFFReadRawStrip(file.get(), 0, data.data(), static_cast<tmsize_t>(size)) != static_cast<tmsize_t>(size)) {
    file.fail("image-truncated", "its strip ends early");
  }
  return data;
}

EncodedImage untouched_fax(const TiffFile& file, const TiffLayout& layout, const ScanLimits& limits) {
  EncodedImage image;
  image.data = raw_strip(file, limits);
  image.untouched = true;
  if (file.tag<std::uint16_t>(TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) != FILLORDER_MSB2LSB) {
    TIFFReverseBits(reinterpret_cast<std::uint8_t*>(image.data.data()), static_cast<tmsize_t>(image.data.size()));
    image.untouched = false;
  }
  tiff_pixels(file, layout);  // PDF readers show a strip that breaks off as white paper, so it is tried here
  image.filter = EncodedImage::Filter::ccitt_g4;
  image.bits = 1;
  image.width = static_cast<int>(layout.width);
  image.height = static_cast<int>(layout.height);
  image.one_is_black = layout.photometric == PHOTOMETRIC_MINISWHITE;
  return image;
}

// TIFF Technical Note 2: the tables lie in a tag, a JPEG file without picture, and the strip is one without tables.
EncodedImage untouched_strip_jpeg(const TiffFile& file, const TiffLayout& layout, const SourcePage& page,
                                  const ScanLimits& limits) {
  std::string data = raw_strip(file, limits);
  std::uint32_t size = 0;
  const char* tables = nullptr;
  const bool split = TIFFGetField(file.get(), TIFFTAG_JPEGTABLES, &size, &tables) == 1 && size > 4;
  if (split) {
    data = std::string(tables, size - 2) + data.substr(std::min<std::size_t>(2, data.size()));
  }
  const bool as_pdf_guesses = layout.photometric == PHOTOMETRIC_YCBCR || layout.samples == 1;
  EncodedImage image = jpeg_for_pdf(data, page);
  if (!as_pdf_guesses || image.data.empty() || image.width != static_cast<int>(layout.width) ||
      image.height != static_cast<int>(layout.height)) {
    return {};
  }
  image.untouched = !split;
  return image;
}

}  // namespace

std::vector<SourcePage> probe_tiff(const fs::path& path, const ScanLimits& limits) {
  SourcePage page;
  page.file = path.string();
  TiffFile file(page);
  std::vector<SourcePage> pages;
  std::vector<SourcePage> views;
  do {
    if (page.index >= limits.max_pages) {
      throw bad_page("too-many-pages", page, "the file has more than " + std::to_string(limits.max_pages) + " pages",
                     "split the file, or raise max_pages in the profile");
    }
    const TiffLayout layout = tiff_layout(file, page, limits);
    set_size(page, layout.width, layout.height, resolution(file, TIFFTAG_XRESOLUTION),
             resolution(file, TIFFTAG_YRESOLUTION), layout.orientation);
    page.colour = tiff_colour(file, layout);
    (is_page(file) ? pages : views).push_back(page);
    ++page.index;
  } while (file.next());
  return pages.empty() ? views : pages;
}

PixPtr load_tiff(const SourcePage& page, const ScanLimits& limits) {
  const TiffFile file(page);
  const TiffLayout layout = tiff_layout(file, page, limits);
  return oriented(tiff_pixels(file, layout), layout.orientation);
}

EncodedImage untouched_tiff(const SourcePage& page, const ScanLimits& limits) {
  const TiffFile file(page);
  const TiffLayout layout = tiff_layout(file, page, limits);
  EncodedImage image;
  if (layout.tiled || layout.planar || TIFFNumberOfStrips(file.get()) != 1) {
    return image;
  }
  if (layout.compression == COMPRESSION_CCITTFAX4 && tiff_colour(file, layout) == "bitonal") {
    image = untouched_fax(file, layout, limits);
  } else if (layout.compression == COMPRESSION_JPEG) {
    image = untouched_strip_jpeg(file, layout, page, limits);
  }
  image.orientation = layout.orientation;
  return image;
}

}  // namespace sohoa
