// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_file.hpp"

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

struct Header {
  int orientation = 1;
  double dpi_x = 0;
  double dpi_y = 0;
};

unsigned byte_at(std::string_view bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; }

unsigned word_at(std::string_view bytes, std::size_t at, bool little = false) {
  return little ? byte_at(bytes, at) | byte_at(bytes, at + 1) << 8U : byte_at(bytes, at) << 8U | byte_at(bytes, at + 1);
}

// JFIF 1.02, APP0.
void read_jfif(std::string_view body, Header& header) {
  const unsigned unit = byte_at(body, 7);
  const double factor = unit == 1 ? 1.0 : unit == 2 ? 2.54 : 0.0;
  header.dpi_x = word_at(body, 8) * factor;
  header.dpi_y = word_at(body, 10) * factor;
}

// Exif 2.3, APP1: only the orientation in the first directory.
void read_exif(std::string_view body, Header& header) {
  const std::string_view tiff = body.substr(6);
  const bool little = byte_at(tiff, 0) == 'I';
  const std::size_t directory = word_at(tiff, little ? 4 : 6, little);
  const std::size_t entries = std::min(word_at(tiff, directory, little), 200U);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (word_at(tiff, entry, little) == 0x0112) {
      const unsigned value = word_at(tiff, entry + 8, little);
      header.orientation = value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
  }
}

Header header_of(std::string_view bytes) {
  Header header;
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && byte_at(bytes, at) == 0xFF) {
    const unsigned marker = byte_at(bytes, at + 1);
    const std::size_t length = word_at(bytes, at + 2);
    if (marker == 0xDA || length < 2) {
      break;
    }
    const std::string_view body = bytes.substr(at + 4, length - 2);
    if (marker == 0xE0 && body.rfind("JFIF", 0) == 0) {
      read_jfif(body, header);
    } else if (marker == 0xE1 && body.rfind(std::string_view("Exif\0\0", 6), 0) == 0) {
      read_exif(body, header);
    }
    at += 2 + length;
  }
  return header;
}

struct Shape {
  int width = 0;
  int height = 0;
  int components = 0;
};

Shape shape_of(const std::string& file, const std::string& bytes) {
  Shape shape;
  if (readHeaderMemJpeg(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size(), &shape.width, &shape.height, &shape.components, nullptr,
                        nullptr) != 0) {
    throw bad_page("image-corrupt", file, 0, "its JPEG header cannot be read");
  }
  return shape;
}

}  // namespace

std::vector<SourcePage> probe_jpeg(const fs::path& path, const ScanLimits& limits) {
  const std::string bytes = read_file(path, limits.max_file_bytes);
  const Shape shape = shape_of(path.string(), bytes);
  check_page_size(path.string(), 0, static_cast<std::uint64_t>(shape.width), static_cast<std::uint64_t>(shape.height), limits);
  const Header header = header_of(bytes);
  const bool sideways = header.orientation >= 5;
  SourcePage page;
  page.width = static_cast<std::size_t>(sideways ? shape.height : shape.width);
  page.height = static_cast<std::size_t>(sideways ? shape.width : shape.height);
  page.dpi_x = sideways ? header.dpi_y : header.dpi_x;
  page.dpi_y = sideways ? header.dpi_x : header.dpi_y;
  page.colour = shape.components == 1 ? "grey" : "colour";
  return {page};
}

PixPtr load_jpeg(const SourcePage& page, const ScanLimits& limits) {
  const std::string bytes = read_file(page.file, limits.max_file_bytes);
  const Shape shape = shape_of(page.file, bytes);
  check_page_size(page.file, 0, static_cast<std::uint64_t>(shape.width), static_cast<std::uint64_t>(shape.height), limits);
  l_int32 warnings = 0;  // libjpeg only warns of data that end too early
  PixPtr pix(pixReadMemJpeg(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size(), 0, 1, &warnings, 0));
  if (pix == nullptr || warnings > 0) {
    throw bad_page("image-truncated", page.file, 0, "its JPEG data are damaged or cut off");
  }
  return oriented(plain(std::move(pix)), header_of(bytes).orientation);
}

EncodedImage untouched_jpeg(const SourcePage& page, const ScanLimits& limits) {
  EncodedImage image;
  std::string bytes = read_file(page.file, limits.max_file_bytes);
  const Shape shape = shape_of(page.file, bytes);
  if (shape.components != 1 && shape.components != 3) {
    return image;  // CMYK would need an output intent of its own in PDF/A
  }
  image.filter = EncodedImage::Filter::dct;
  image.colour = shape.components == 1 ? EncodedImage::Colour::grey : EncodedImage::Colour::rgb;
  image.width = shape.width;
  image.height = shape.height;
  image.orientation = header_of(bytes).orientation;
  image.untouched = true;
  image.data = std::move(bytes);
  return image;
}

}  // namespace sohoa
