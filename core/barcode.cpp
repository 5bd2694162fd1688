// SPDX-License-Identifier: Apache-2.0
#include "core/barcode.hpp"

#include "core/bars.hpp"
#include "core/error.hpp"
#include "core/grey_image.hpp"
#include "core/matrix_symbol.hpp"

#include <algorithm>
#include <iterator>
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

constexpr double search_dpi = 150;  // at which modules of 0.35 mm are read
constexpr double much_finer = 2;    // than its copy: a symbol seen in rough ink can be looked at again
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

Options options_for(ZXing::BarcodeFormats formats, ZXing::Binarizer binarizer) {
  Options options;
  options.setBinarizer(binarizer);
  options.setFormats(formats);
  options.setTryHarder(true);
  options.setTryRotate(true);
  options.setTryDownscale(false);
  options.setReturnErrors(true);
  options.setMinLineCount(equal_lines);
  set_newer(options);
  return options;
}

// Where the picture's upper left corner lies in the scan, and how many of its pixels one of the picture is.
struct Place {
  double left = 0;
  double top = 0;
  double scale = 1;
};

Box box_of(const ZXing::Position& position, const Place& place) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const auto& point : position) {
    box.left = std::min<double>(box.left, point.x);
    box.top = std::min<double>(box.top, point.y);
    box.right = std::max<double>(box.right, point.x);
    box.bottom = std::max<double>(box.bottom, point.y);
  }
  return {place.left + box.left * place.scale, place.top + box.top * place.scale,
          place.left + (box.right + 1) * place.scale, place.top + (box.bottom + 1) * place.scale};
}

std::vector<Barcode> read(const GreyImage& image, ZXing::BarcodeFormats formats, ZXing::Binarizer binarizer,
                          const Place& place) {
  std::vector<Barcode> found;
  if (image.width < 8 || image.height < 8) {
    return found;
  }
  const ZXing::ImageView view(image.samples.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  for (const auto& result : ZXing::ReadBarcodes(view, options_for(formats, binarizer))) {
    if (result.format() == ZXing::BarcodeFormat::None) {
      continue;
    }
    const bool damaged = !result.isValid();
    found.push_back({ZXing::ToString(result.format()), damaged ? std::string() : result.text(),
                     box_of(result.position(), place), damaged});
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
  for (const Barcode& again : read(image, ZXing::BarcodeFormatFromString(seen.format), ZXing::Binarizer::LocalAverage,
                                   {inside.left, inside.top, 1})) {
    if (!again.damaged) {
      seen = again;
      return;
    }
  }
}

}  // namespace

std::vector<Barcode> read_barcodes(const Pix& page, const ReducedPage& copy) {
  using Format = ZXing::BarcodeFormat;
  const ZXing::BarcodeFormats square = Format::QRCode | Format::DataMatrix;
  const double scale = copy.scan_dpi / copy.dpi;
  const bool finer = scale >= much_finer;
  std::vector<Barcode> found;
  if (may_have_matrix_symbol(*copy.ink, copy.dpi)) {
    found = finer ? read(grey_image(*copy.ink, 1), square, ZXing::Binarizer::BoolCast, {.scale = scale})
                  : read(grey_image(page, 1), square,
                         depth_of(page) == 1 ? ZXing::Binarizer::BoolCast : ZXing::Binarizer::LocalAverage, {});
  }
  if (may_have_bars(*copy.ink, copy.dpi)) {
    const int shrink = std::max(1, static_cast<int>(copy.scan_dpi / search_dpi));
    const bool is_there = copy.dpi * shrink == copy.scan_dpi;
    std::ranges::move(
        read(is_there ? grey_image(*copy.grey, 1) : grey_image(page, shrink), Format::Code128 | Format::Code39,
             ZXing::Binarizer::LocalAverage, {.scale = static_cast<double>(shrink)}),
        std::back_inserter(found));
  }
  for (Barcode& barcode : found) {
    if (barcode.damaged && finer) {
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
