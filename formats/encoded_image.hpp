// SPDX-License-Identifier: Apache-2.0
// A scan as it goes into a PDF: the scanner's own compressed bytes where PDF has the filter,
// else the same pixels compressed again without loss.
#pragma once

#include <string>

namespace sohoa {

struct EncodedImage {
  enum class Filter { dct, ccitt_g4, flate };  // ISO 32000-1, 7.4.8, 7.4.6, 7.4.4
  enum class Colour { grey, rgb, cmyk };

  Filter filter = Filter::flate;
  Colour colour = Colour::grey;
  int width = 0;   // pixels, as stored
  int height = 0;  // pixels, as stored
  int bits = 8;    // a component: 1 or 8
  // ccitt_g4, or flate with 1 bit: a 1 bit is black.
  bool one_is_black = false;
  // flate: each row begins with the type of its filter, as in PNG (ISO 32000-1, 7.4.4.4, predictors of 10 and more).
  bool png_rows = false;
  // dct of four components as Adobe writes them: values are inverted (/Decode [1 0 1 0 …]).
  bool inverted = false;
  // True when `data` is byte for byte what lay in the scan file.
  bool untouched = false;
  // The stored image must be shown so: TIFF 6.0 Orientation and Exif agree on 1 … 8; 1 is upright.
  int orientation = 1;
  std::string data;
};

}  // namespace sohoa
