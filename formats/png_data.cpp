// SPDX-License-Identifier: Apache-2.0
// The pixels of a PNG as it holds them: PDF's FlateDecode with PNG's predictors reads the same bytes (ISO 32000-1,
// 7.4.4.4). Chunks are those of ISO/IEC 15948, 5.3.
#include "formats/big_endian.hpp"
#include "formats/scan_file.hpp"

#include <optional>
#include <string_view>

#include <zlib.h>

namespace sohoa {
namespace {

constexpr std::size_t signature = 8;  // bytes
constexpr std::size_t around = 12;    // a chunk's length, type and check
constexpr std::size_t header = 13;
constexpr unsigned char grey = 0;
constexpr unsigned char rgb = 2;

unsigned char byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

// Eight bits a component, grey or RGB, row after row; nothing where PDF would show the same bytes otherwise.
std::optional<EncodedImage> shape_of(std::string_view content) {
  if (content.size() != header) {
    return std::nullopt;
  }
  const unsigned char bits = byte_at(content, 8);
  const unsigned char colour = byte_at(content, 9);
  const bool interlaced = byte_at(content, 12) != 0;
  if (bits != 8 || (colour != grey && colour != rgb) || interlaced) {
    return std::nullopt;
  }
  EncodedImage image;
  image.filter = EncodedImage::Filter::flate;
  image.colour = colour == rgb ? EncodedImage::Colour::rgb : EncodedImage::Colour::grey;
  image.width = static_cast<int>(big_endian(content, 0));
  image.height = static_cast<int>(big_endian(content, 4));
  image.png_rows = true;
  image.untouched = true;
  return image;
}

bool is_whole(std::string_view type_and_content, std::uint64_t check) {
  return crc32(0, reinterpret_cast<const Bytef*>(type_and_content.data()),
               static_cast<uInt>(type_and_content.size())) == check;
}

}  // namespace

EncodedImage untouched_png(const SourcePage& page, const ScanLimits& limits) {
  const std::string file = read_file(page.file, limits.max_file_bytes);
  const std::string_view bytes(file);
  std::optional<EncodedImage> image;
  for (std::size_t at = signature; at + around <= bytes.size();) {
    const auto length = std::size_t{big_endian(bytes, at)};
    if (length > bytes.size() - at - around) {
      break;
    }
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view content = bytes.substr(at + 8, length);
    if (!is_whole(bytes.substr(at + 4, 4 + length), big_endian(bytes, at + 8 + length)) || type == "tRNS") {
      break;
    }
    if (type == "IEND") {
      return image && !image->data.empty() ? std::move(*image) : EncodedImage();
    }
    if (type == "IHDR") {
      image = shape_of(content);
    }
    if (!image) {
      break;
    }
    if (type == "IDAT") {
      image->data += content;
    }
    at += around + length;
  }
  return {};
}

}  // namespace sohoa
