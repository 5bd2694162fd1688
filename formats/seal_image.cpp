// SPDX-License-Identifier: Apache-2.0
#include "formats/seal_image.hpp"

#include "core/error.hpp"
#include "core/pix.hpp"
#include "formats/icc_profile.hpp"

#include <algorithm>

#include <leptonica/allheaders.h>

namespace sohoa {

using PoDoFo::pdf_int64;
using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

namespace {

constexpr std::uint64_t k_max_bytes = std::uint64_t{16} << 20U;
constexpr int k_max_side = 3000;
constexpr double k_max_mm = 60;  // the largest seals of offices are 42
constexpr double k_mm = 72 / 25.4;
constexpr unsigned k_opaque = 128;  // of 255

PixPtr decode(const fs::path& file) {
  const std::string bytes = read_file(file, k_max_bytes);
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  int width = 0;
  int height = 0;
  const bool fits = readHeaderMemPng(data, bytes.size(), &width, &height, nullptr, nullptr, nullptr) == 0 &&
                    std::max(width, height) <= k_max_side;
  const PixPtr pix(fits ? pixReadMemPng(data, bytes.size()) : nullptr);
  if (pix == nullptr) {
    throw usage_error("seal-unreadable", file.string() + " is no whole PNG of at most 3,000 pixels a side",
                      "save the seal as a PNG of 300 dpi with a transparent ground");
  }
  const bool alpha = pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4;
  return alpha ? own(pixCopy(nullptr, pix.get()), "pixCopy") : own(pixConvertTo32(pix.get()), "pixConvertTo32");
}

PdfDictionary image_keys(const SealImage& seal, pdf_int64 bits) {
  PdfDictionary keys;
  keys.AddKey(PdfName::KeyType, PdfName("XObject"));
  keys.AddKey(PdfName::KeySubtype, PdfName("Image"));
  keys.AddKey("Width", pdf_int64{seal.width});
  keys.AddKey("Height", pdf_int64{seal.height});
  keys.AddKey("BitsPerComponent", bits);
  return keys;
}

}  // namespace

SealImage load_seal_image(const fs::path& file) {
  const PixPtr pix = decode(file);
  SealImage seal;
  seal.width = pixGetWidth(pix.get());
  seal.height = pixGetHeight(pix.get());
  const double dpi_x = pixGetXRes(pix.get());
  const double dpi_y = pixGetYRes(pix.get());
  seal.width_pt = dpi_x > 0 ? seal.width * 72 / dpi_x : 0;
  seal.height_pt = dpi_y > 0 ? seal.height * 72 / dpi_y : 0;
  if (seal.width_pt <= 0 || seal.height_pt <= 0 || std::max(seal.width_pt, seal.height_pt) > k_max_mm * k_mm) {
    throw usage_error(
        "seal-size",
        file.string() + (dpi_x > 0 && dpi_y > 0 ? " is larger than 60 mm" : " does not say its resolution"),
        "save it with the resolution at which it has the size of the seal, as 300 dpi");
  }
  const bool alpha = pixGetSpp(pix.get()) == 4;
  const std::size_t row_bytes = (static_cast<std::size_t>(seal.width) + 7) / 8;
  seal.ground.assign(row_bytes * static_cast<std::size_t>(seal.height), '\0');
  for (int y = 0; y < seal.height; ++y) {
    const std::uint32_t* line = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    for (int x = 0; x < seal.width; ++x) {
      const std::uint32_t pixel = line[x];
      seal.rgb += {static_cast<char>(pixel >> 24U), static_cast<char>(pixel >> 16U & 0xFFU),
                   static_cast<char>(pixel >> 8U & 0xFFU)};
      if (alpha && (pixel & 0xFFU) < k_opaque) {
        char& byte = seal.ground[static_cast<std::size_t>(y) * row_bytes + static_cast<std::size_t>(x) / 8];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | 0x80U >> (static_cast<unsigned>(x) % 8));
      }
    }
  }
  return seal;
}

PdfReference put_seal_image(PdfUpdate& update, const SealImage& seal) {
  const PdfReference profile = update.reserve();
  PdfDictionary profile_keys;
  profile_keys.AddKey("N", pdf_int64{3});
  update.put_stream(profile, profile_keys, srgb_icc_profile());

  const PdfReference mask = update.reserve();
  PdfDictionary mask_keys = image_keys(seal, 1);
  mask_keys.AddKey("ImageMask", true);
  update.put_stream(mask, mask_keys, seal.ground);

  PdfArray space;
  space.push_back(PdfName("ICCBased"));
  space.push_back(profile);
  PdfDictionary keys = image_keys(seal, 8);
  keys.AddKey("ColorSpace", space);
  keys.AddKey("Mask", mask);
  const PdfReference image = update.reserve();
  update.put_stream(image, keys, seal.rgb);
  return image;
}

}  // namespace sohoa
