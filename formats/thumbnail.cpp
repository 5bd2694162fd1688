// SPDX-License-Identifier: Apache-2.0
#include "formats/thumbnail.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

#include <leptonica/allheaders.h>
#include <openssl/evp.h>

namespace sohoa {
namespace {

constexpr int quality = 55;
constexpr float enough_samples = 3;  // a side

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                                       static_cast<int>(bytes.size()))));
  return text;
}

}  // namespace

Thumbnail make_thumbnail(const Pix& page, double skew_degrees, int width) {
  const Size size = size_of(page);
  auto* source = const_cast<Pix*>(&page);  // Leptonica's calls that only read take no const
  const auto factor = static_cast<float>(width) / static_cast<float>(size.width);
  // So many pixels of a scan make one of these that some of them tell it.
  const float sampled = std::max(1.0F, std::floor(1 / (enough_samples * factor)));
  PixPtr some = own(sampled > 1 ? pixScaleBySampling(source, 1 / sampled, 1 / sampled) : pixClone(source), "thumbnail");
  if (depth_of(page) == 1) {
    some = own(pixConvert1To8(nullptr, some.get(), 255, 0), "thumbnail");
  }
  const PixPtr small = own(pixScaleToSize(some.get(), width, 0), "thumbnail");
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
