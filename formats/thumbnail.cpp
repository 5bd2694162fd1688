// SPDX-License-Identifier: Apache-2.0
#include "formats/thumbnail.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr int quality = 55;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += at + i > bytes.size() ? '=' : digits[group >> (18 - 6 * i) & 63U];
    }
  }
  return text;
}

}  // namespace

Thumbnail make_thumbnail(const Pix& page, double skew_degrees, int width) {
  const Size size = size_of(page);
  auto* source = const_cast<Pix*>(&page);  // Leptonica's calls that only read take no const
  const auto factor = static_cast<float>(width) / static_cast<float>(size.width);
  const PixPtr eight =
      own(depth_of(page) == 1 ? pixConvert1To8(nullptr, source, 255, 0) : pixClone(source), "thumbnail");
  const PixPtr small = own(pixScale(eight.get(), factor, factor), "thumbnail");
  const auto radians = static_cast<float>(skew_degrees * std::numbers::pi / 180);
  const PixPtr level =
      own(std::abs(skew_degrees) < 0.1 ? pixClone(small.get())
                                       : pixRotate(small.get(), radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0),
          "thumbnail");
  l_uint8* bytes = nullptr;
  std::size_t count = 0;
  const int failed = pixWriteMemJpeg(&bytes, &count, level.get(), quality, 0);
  const std::unique_ptr<l_uint8, void (*)(void*)> owned(bytes, lept_free);
  if (failed != 0) {
    static_cast<void>(own(nullptr, "thumbnail"));
  }
  const Size made = size_of(*level);
  return {made.width, made.height, "data:image/jpeg;base64," + base64({reinterpret_cast<const char*>(bytes), count})};
}

}  // namespace sohoa
