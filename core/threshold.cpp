// SPDX-License-Identifier: Apache-2.0
#include "core/threshold.hpp"

#include <cstddef>
#include <cstdint>

#include <leptonica/allheaders.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sohoa {
namespace {

constexpr int bits = 32;

std::uint32_t word_of(const std::uint32_t* line, int begin, int end, std::uint32_t level) {
  std::uint32_t word = 0;
  for (int x = begin; x < end; ++x) {
    word |= (GET_DATA_BYTE(line, x) < level ? 1U : 0U) << static_cast<unsigned>(bits - 1 - (x - begin));
  }
  return word;
}

#ifdef __SSE2__
// Of 32 pixels, as they lie in memory: the last of four first.
std::uint32_t word_of(const std::uint32_t* line, std::uint32_t level) {
  const __m128i darkest_light = _mm_set1_epi8(static_cast<char>(level - 1));
  const auto half = [&](const std::uint32_t* pixels) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels));
    const __m128i dark = _mm_cmpeq_epi8(_mm_subs_epu8(sixteen, darkest_light), _mm_setzero_si128());
    return static_cast<std::uint32_t>(_mm_movemask_epi8(dark));
  };
  // The first four pixels become the four highest bits.
  const std::uint32_t fours = __builtin_bswap32(half(line) | half(line + 4) << 16U);
  return (fours & 0x0F0F0F0FU) << 4U | (fours >> 4U & 0x0F0F0F0FU);
}
#else
std::uint32_t word_of(const std::uint32_t* line, std::uint32_t level) { return word_of(line, 0, bits, level); }
#endif

}  // namespace

PixPtr darker(const Pix& grey, int level) {
  auto* raw = const_cast<Pix*>(&grey);
  const Size size = size_of(grey);
  PixPtr ink = own(pixCreate(size.width, size.height, 1), "pixCreate");
  pixCopyResolution(ink.get(), raw);
  const auto below = static_cast<std::uint32_t>(level);
  const int whole = size.width / bits;
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = pixGetData(raw) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(raw);
    std::uint32_t* out = pixGetData(ink.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink.get());
    for (int word = 0; word < whole; ++word) {
      out[word] = word_of(line + static_cast<std::ptrdiff_t>(word) * (bits / 4), below);
    }
    if (whole * bits < size.width) {
      out[whole] = word_of(line, whole * bits, size.width, below);
    }
  }
  return ink;
}

}  // namespace sohoa
