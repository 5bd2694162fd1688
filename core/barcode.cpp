// SPDX-License-Identifier: Apache-2.0
#include "core/barcode.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <tuple>

#define ZX_USE_UTF8  // 1.4: text() is UTF-8, as it always is in 2.x
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>

namespace sohoa {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;  // 2.2 and later
#else
using Options = ZXing::DecodeHints;
#endif

constexpr double search_dpi = 150;
constexpr int equal_lines = 3;      // scan lines that must agree on a linear symbol; text makes two agree at times
constexpr double crop_margin = 24;  // pixels of the page
constexpr int quality_level = 6;    // of 8: ZXing's word for QR's level Q

// What only 2.x has is set by name where it is there.
template <typename T>
void set_newer(T& options) {
  if constexpr (requires { options.setTryInvert(false); }) {
    options.setTryInvert(false);
  }
  if constexpr (requires { options.setTextMode(T::Plain); }) {
    options.setTextMode(T::Plain);
  }
}

Options options_for(ZXing::BarcodeFormats formats) {
  Options options;
  options.setFormats(formats);
  options.setTryHarder(true);
  options.setTryRotate(true);
  options.setTryDownscale(false);
  options.setReturnErrors(true);
  options.setMinLineCount(equal_lines);
  set_newer(options);
  return options;
}

Box box_of(const ZXing::Position& position, const GreyImage& image, double left, double top) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const auto& point : position) {
    box.left = std::min<double>(box.left, point.x);
    box.top = std::min<double>(box.top, point.y);
    box.right = std::max<double>(box.right, point.x);
    box.bottom = std::max<double>(box.bottom, point.y);
  }
  const double scale = image.shrink;
  return {left + box.left * scale, top + box.top * scale, left + (box.right + 1) * scale,
          top + (box.bottom + 1) * scale};
}

std::vector<Barcode> read(const GreyImage& image, ZXing::BarcodeFormats formats, double left, double top) {
  std::vector<Barcode> found;
  if (image.width < 8 || image.height < 8) {
    return found;
  }
  const ZXing::ImageView view(image.samples.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  for (const auto& result : ZXing::ReadBarcodes(view, options_for(formats))) {
    if (result.format() == ZXing::BarcodeFormat::None) {
      continue;
    }
    const bool damaged = !result.isValid();
    found.push_back({ZXing::ToString(result.format()), damaged ? std::string() : result.text(),
                     box_of(result.position(), image, left, top), damaged});
  }
  return found;
}

// The symbol in the page's own pixels.
void look_again(const Pix& page, Barcode& seen) {
  const Box part{seen.box.left - crop_margin, seen.box.top - crop_margin, seen.box.right + crop_margin,
                 seen.box.bottom + crop_margin};
  const Box inside{std::max(0.0, part.left), std::max(0.0, part.top), std::max(1.0, part.right),
                   std::max(1.0, part.bottom)};
  const GreyImage image = grey_image(page, 1, inside);
  for (const Barcode& again : read(image, ZXing::BarcodeFormatFromString(seen.format), inside.left, inside.top)) {
    if (!again.damaged) {
      seen = again;
      return;
    }
  }
}

}  // namespace

int barcode_shrink(double dpi) { return std::max(1, static_cast<int>(dpi / search_dpi)); }

std::vector<Barcode> read_barcodes(const Pix& page, const GreyImage& image, bool linear) {
  using Format = ZXing::BarcodeFormat;
  const ZXing::BarcodeFormats square = Format::QRCode | Format::DataMatrix;
  std::vector<Barcode> found = read(image, linear ? square | Format::Code128 | Format::Code39 : square, 0, 0);
  for (Barcode& barcode : found) {
    if (barcode.damaged && image.shrink > 1) {
      look_again(page, barcode);
    }
  }
  // A damaged linear or Data Matrix "symbol" is mostly text.
  std::erase_if(found, [](const Barcode& barcode) { return barcode.damaged && barcode.format != "QRCode"; });
  std::sort(found.begin(), found.end(), [](const Barcode& a, const Barcode& b) {
    return std::tie(a.box.top, a.box.left, a.text) < std::tie(b.box.top, b.box.left, b.text);
  });
  return found;
}

Symbol make_symbol(std::string_view format, const std::string& text) {
  const ZXing::BarcodeFormat wanted = ZXing::BarcodeFormatFromString(std::string(format));
  const auto cannot = [&](const std::string& why) {
    return usage_error("barcode-text", "the text \"" + text + "\" does not fit a " + std::string(format) + ": " + why,
                       "shorten it");
  };
  try {
    ZXing::MultiFormatWriter writer(wanted);
    writer.setMargin(0);
    writer.setEncoding(ZXing::CharacterSet::UTF8);
    if (wanted == ZXing::BarcodeFormat::QRCode) {
      writer.setEccLevel(quality_level);
    }
    const ZXing::BitMatrix bits = writer.encode(text, 0, 0);
    Symbol symbol{
        bits.width(),
        wanted == ZXing::BarcodeFormat::QRCode || wanted == ZXing::BarcodeFormat::DataMatrix ? bits.height() : 1,
        {}};
    for (int y = 0; y < symbol.height; ++y) {
      for (int x = 0; x < symbol.width; ++x) {
        symbol.modules.push_back(bits.get(x, y));
      }
    }
    return symbol;
  } catch (const std::exception& cause) {
    throw cannot(cause.what());
  }
}

}  // namespace sohoa
