// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_image.hpp"

#include "core/error.hpp"

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;

namespace sohoa {
namespace {

PdfObject integer(int value) { return {static_cast<PoDoFo::pdf_int64>(value)}; }

PdfArray inverting_decode(int components) {
  PdfArray decode;
  for (int i = 0; i < components; ++i) {
    decode.push_back(integer(1));
    decode.push_back(integer(0));
  }
  return decode;
}

PdfObject colour_space(EncodedImage::Colour colour, const PdfObject& cmyk) {
  switch (colour) {
    case EncodedImage::Colour::cmyk:
      return cmyk;
    case EncodedImage::Colour::rgb:
      return PdfName("DeviceRGB");
    default:
      return PdfName("DeviceGray");
  }
}

PdfDictionary fax_parameters(const EncodedImage& image) {
  PdfDictionary parameters;
  parameters.AddKey("K", integer(-1));
  parameters.AddKey("Columns", integer(image.width));
  parameters.AddKey("Rows", integer(image.height));
  // It asks for the bit that the decoder gives out for black, and DeviceGray shows 1 as white.
  parameters.AddKey("BlackIs1", PdfObject(!image.one_is_black));
  return parameters;
}

PdfDictionary row_parameters(const EncodedImage& image) {
  constexpr int each_row_says = 15;
  PdfDictionary parameters;
  parameters.AddKey("Predictor", integer(each_row_says));
  parameters.AddKey("Colors", integer(image.colour == EncodedImage::Colour::rgb ? 3 : 1));
  parameters.AddKey("BitsPerComponent", integer(image.bits));
  parameters.AddKey("Columns", integer(image.width));
  return parameters;
}

}  // namespace

PdfDictionary image_dictionary(const EncodedImage& image, const PdfObject& cmyk) {
  if (image.width < 1 || image.height < 1 || (image.bits != 1 && image.bits != 8)) {
    throw input_error("image-unsupported",
                      "an image of " + std::to_string(image.width) + " x " + std::to_string(image.height) +
                          " pixels and " + std::to_string(image.bits) + " bits a component cannot go into a PDF",
                      "scan the page again in 1 or 8 bits");
  }
  PdfDictionary dictionary;
  dictionary.AddKey("Type", PdfName("XObject"));
  dictionary.AddKey("Subtype", PdfName("Image"));
  dictionary.AddKey("Width", integer(image.width));
  dictionary.AddKey("Height", integer(image.height));
  dictionary.AddKey("BitsPerComponent", integer(image.bits));
  dictionary.AddKey("ColorSpace", colour_space(image.colour, cmyk));
  switch (image.filter) {
    case EncodedImage::Filter::dct:
      dictionary.AddKey("Filter", PdfName("DCTDecode"));
      break;
    case EncodedImage::Filter::flate:
      dictionary.AddKey("Filter", PdfName("FlateDecode"));
      if (image.png_rows) {
        dictionary.AddKey("DecodeParms", row_parameters(image));
      }
      break;
    case EncodedImage::Filter::ccitt_g4:
      dictionary.AddKey("Filter", PdfName("CCITTFaxDecode"));
      dictionary.AddKey("DecodeParms", fax_parameters(image));
      break;
  }
  if (image.inverted) {
    dictionary.AddKey("Decode", inverting_decode(4));
  } else if (image.filter == EncodedImage::Filter::flate && image.bits == 1 && image.one_is_black) {
    dictionary.AddKey("Decode", inverting_decode(1));
  }
  return dictionary;
}

}  // namespace sohoa
