// SPDX-License-Identifier: Apache-2.0
// The pixels of 8-bit images one after the other. Leptonica keeps the first of four in a word's highest byte, so that
// to ask for one at a time is slow.
#pragma once

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

}  // namespace sohoa
