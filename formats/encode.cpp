// SPDX-License-Identifier: Apache-2.0
#include "formats/encode.hpp"

#include "core/error.hpp"
#include "formats/ccitt.hpp"
#include "formats/raster.hpp"

#include <zlib.h>

namespace sohoa {
namespace {

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(),
                6) != Z_OK) {
    throw input_error("out-of-memory", "a page cannot be compressed", "free memory and run again");
  }
  out.resize(size);
  return out;
}

}  // namespace

EncodedImage encode_pixels(const Pix& pix) {
  const Size size = size_of(pix);
  const int depth = depth_of(pix);
  EncodedImage image;
  image.colour = depth == 32 ? EncodedImage::Colour::rgb : EncodedImage::Colour::grey;
  image.bits = depth == 1 ? 1 : 8;
  image.one_is_black = depth == 1;
  image.width = size.width;
  image.height = size.height;
  if (depth == 1) {
    image.filter = EncodedImage::Filter::ccitt_g4;
    image.data = encode_g4(pix);
    if (image.data.size() <= static_cast<std::size_t>((size.width + 7) / 8) * static_cast<std::size_t>(size.height)) {
      return image;
    }
  }
  image.filter = EncodedImage::Filter::flate;
  image.data = deflated(rows_of(pix));
  return image;
}

}  // namespace sohoa
