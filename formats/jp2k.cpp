// SPDX-License-Identifier: Apache-2.0
#include "formats/jp2k.hpp"

#include "formats/raster.hpp"

#include <leptonica/allheaders.h>

namespace sohoa {

Jp2kShape jp2k_shape(const std::string& data, const SourcePage& page) {
  Jp2kShape shape;
  if (readHeaderMemJp2k(reinterpret_cast<const l_uint8*>(data.data()), data.size(), &shape.width, &shape.height, nullptr,
                        &shape.components, nullptr) != 0) {
    throw bad_page("image-corrupt", page, "its JPEG 2000 header cannot be read");
  }
  return shape;
}

PixPtr decode_jp2k(const std::string& data, const SourcePage& page) {
  Pix* pix = pixReadMemJp2k(reinterpret_cast<const l_uint8*>(data.data()), data.size(), 1, nullptr, 0, 0);
  if (pix == nullptr) {
    throw bad_page("image-truncated", page, "its JPEG 2000 data are damaged, cut off, or not of 8 bits");
  }
  return plain(PixPtr(pix));
}

}  // namespace sohoa
