// SPDX-License-Identifier: Apache-2.0
// The pixels of 8-bit and 1-bit images one after the other. Leptonica keeps the first of four in a word's highest byte,
// so that to ask for one at a time is slow.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace sohoa {

// The word whose bytes lie in memory as the pixels of `word` follow one another, and the other way round.
inline std::uint32_t in_memory_order(std::uint32_t word) {
  return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}

// A line of whole words.
inline void put_pixels(const std::vector<std::uint8_t>& pixels, std::uint32_t* line) {
  for (std::size_t i = 0; i < pixels.size() / 4; ++i) {
    std::uint32_t word = 0;
    std::memcpy(&word, pixels.data() + 4 * i, 4);
    line[i] = in_memory_order(word);
  }
}

inline void copy_pixels(const std::uint32_t* line, std::size_t count, std::uint8_t* out) {
  for (std::size_t i = 0; i < count / 4; ++i) {
    const std::uint32_t pixels = in_memory_order(line[i]);
    std::memcpy(out + 4 * i, &pixels, 4);
  }
  for (std::size_t x = count / 4 * 4; x < count; ++x) {
    out[x] = static_cast<std::uint8_t>(line[x / 4] >> (24 - 8 * (x % 4)));
  }
}

// The eight pixels of each byte of a 1-bit image, a byte each: 1 is ink.
inline constexpr auto pixels_of_bits = [] {
  std::array<std::array<std::uint8_t, 8>, 256> all{};
  for (std::size_t byte = 0; byte < all.size(); ++byte) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      all[byte][bit] = byte >> (7 - bit) & 1U;
    }
  }
  return all;
}();

// A line of a 1-bit image likewise. Padding goes with it.
inline void unpack_bits(const std::uint32_t* line, std::size_t words, std::vector<std::uint8_t>& pixels) {
  pixels.resize(words * 32);
  std::uint8_t* out = pixels.data();
  for (std::size_t i = 0; i < words; ++i) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      out = std::copy_n(pixels_of_bits[line[i] >> shift & 0xFFU].data(), 8, out);
    }
  }
}

}  // namespace sohoa
