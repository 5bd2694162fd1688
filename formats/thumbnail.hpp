// SPDX-License-Identifier: Apache-2.0
// A small picture of a page, as a web page can hold it.
#pragma once

#include "core/pix.hpp"

#include <string>

namespace sohoa {

struct Thumbnail {
  int width = 0;  // pixels
  int height = 0;
  std::string uri;  // data:image/jpeg;base64,…
};

// The page turned clockwise by `skew_degrees` about its centre and made so many pixels wide.
Thumbnail make_thumbnail(const Pix& page, double skew_degrees, int width);

}  // namespace sohoa
