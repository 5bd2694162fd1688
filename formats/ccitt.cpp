// SPDX-License-Identifier: Apache-2.0
#include "formats/ccitt.hpp"

#include "formats/tiff_file.hpp"

#include <limits>

namespace sohoa {
namespace {

void set_bitonal_tags(TIFF* tiff, unsigned width, unsigned height, int compression) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
}

// T.4 begins with an end-of-line code, eleven zeros and a one; PDF may leave all of them out.
bool has_line_ends(const std::string& data) {
  return data.size() > 1 && data[0] == 0 && (static_cast<unsigned char>(data[1]) & 0xE0U) == 0;
}

}  // namespace

std::string encode_g4(const Pix& pix) {
  SourcePage page;
  page.file = "a page in memory";
  std::string bytes;
  const TiffFile file(page, bytes, "wl");
  const Size size = size_of(pix);
  set_bitonal_tags(file.get(), static_cast<unsigned>(size.width), static_cast<unsigned>(size.height),
                   COMPRESSION_CCITTFAX4);
  std::string rows = rows_of(pix);
  if (TIFFWriteEncodedStrip(file.get(), 0, rows.data(), static_cast<tmsize_t>(rows.size())) < 0) {
    file.fail("image-unsupported", "it cannot be coded as Group 4");
  }
  TIFFFlushData(file.get());
  return bytes.substr(TIFFGetStrileOffset(file.get(), 0), TIFFGetStrileByteCount(file.get(), 0));
}

PixPtr decode_fax(const std::string& data, const FaxCode& code, const SourcePage& page) {
  if (code.byte_aligned && code.k != 0) {
    throw bad_page("image-unsupported", page, "its fax rows are two-dimensional and byte-aligned",
                   "take the images out with pdfimages -png and put those in the inbox");
  }
  const int compression = code.k < 0 ? COMPRESSION_CCITTFAX4 : code.byte_aligned ? COMPRESSION_CCITTRLE : COMPRESSION_CCITTFAX3;
  std::string bytes;
  {
    const TiffFile file(page, bytes, "wl");
    set_bitonal_tags(file.get(), code.width, code.height, compression);
    if (compression == COMPRESSION_CCITTFAX3) {
      TIFFSetField(file.get(), TIFFTAG_GROUP3OPTIONS, code.k > 0 ? GROUP3OPT_2DENCODING : 0U);
    }
    std::string strip = data;
    if (TIFFWriteRawStrip(file.get(), 0, strip.data(), static_cast<tmsize_t>(strip.size())) < 0 ||
        TIFFWriteDirectory(file.get()) == 0) {
      file.fail("image-corrupt", "its fax data cannot be wrapped");
    }
  }
  const TiffFile file(page, bytes, "r");
  if (compression == COMPRESSION_CCITTFAX3 && !has_line_ends(data)) {
    TIFFSetField(file.get(), TIFFTAG_FAXMODE, FAXMODE_NORTC | FAXMODE_NOEOL);
  }
  ScanLimits checked;
  checked.max_page_pixels = std::numeric_limits<std::uint64_t>::max();
  return tiff_pixels(file, tiff_layout(file, page, checked));
}

}  // namespace sohoa
