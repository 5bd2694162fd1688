// SPDX-License-Identifier: Apache-2.0
#include "core/line_pixels.hpp"

#include <limits>

namespace sohoa {
namespace {

constexpr int three = 3;  // pixels beside and above each other, and pooled ones

std::size_t at(int index) { return static_cast<std::size_t>(index); }

int noise_pixel(std::minstd_rand& noise) {
  constexpr double most = 127;
  const double value = most * 2.0 * static_cast<double>(noise()) / std::numeric_limits<std::int32_t>::max() - most;
  constexpr double half = 0.5;
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): as Tesseract rounds
  return value >= 0 ? static_cast<int>(value + half) : -static_cast<int>(-value + half);
}

std::int32_t* cleared(std::vector<std::int32_t>& room, std::size_t size) {
  room.assign(size, 0);
  return room.data();
}

}  // namespace

std::int32_t word_of(int first, int second, int third, int fourth) {
  const auto byte = [](int value) { return static_cast<std::uint32_t>(value) & 255U; };
  return static_cast<std::int32_t>(byte(first) | byte(second) << 8U | byte(third) << 16U | byte(fourth) << 24U);
}

LinePixels::LinePixels(const LinePicture& picture, int offset, int columns, std::minstd_rand& noise,
                       std::vector<std::int32_t>& room)
    : m_picture(picture),
      m_offset(offset),
      m_stride(at(columns + 2)),
      m_noise(noise),
      m_room(cleared(room, at(three * three * three) * m_stride)) {}

PixelWords LinePixels::next() {
  PixelWords words{};
  for (int y = m_next; y < m_next + three; ++y) {
    m_row = m_room + at(y - m_next) * three * three * m_stride;
    if (y == 0 || y + 1 == m_picture.height) {
      outer_row(y, words);
    } else {
      inner_row(y, words);
    }
  }
  m_next += three;
  return words;
}

std::int32_t LinePixels::drawn() {
  const int top = noise_pixel(m_noise) + m_offset;
  const int own = noise_pixel(m_noise) + m_offset;
  return word_of(top, own, noise_pixel(m_noise) + m_offset, 0);
}

// Columns lie by their place among three, so that those of neighbouring pooled columns lie side by side. From -1 on.
std::int32_t* LinePixels::slot(int x) const {
  return m_row + at((x + three) % three) * m_stride + at((x + three) / three);
}

// All pixels share the columns around them.
void LinePixels::inner_row(int y, PixelWords& words) {
  const int width = m_picture.width;
  const std::int8_t* own = m_picture.pixels + at(y) * at(width);
  *slot(-1) = drawn();
  for (int x = 0; x < width; ++x) {
    *slot(x) = word_of(own[x - width] + m_offset, own[x] + m_offset, own[x + width] + m_offset, 0);
  }
  *slot(width) = drawn();
  for (int x = 0; x < three; ++x) {
    for (int side = 0; side < three; ++side) {
      words.of[y % three][x][side] = slot(x + side - 1);
    }
  }
}

// Each pixel has noise of its own around it.
void LinePixels::outer_row(int y, PixelWords& words) {
  const int width = m_picture.width;
  const std::int8_t* own = m_picture.pixels + at(y) * at(width);
  const auto column = [this](int x, int side) { return m_row + at(x * three + side) * m_stride; };
  for (int x = 0; x < width; ++x) {
    for (int side = 0; side < three; ++side) {
      const int beside = x + side - 1;
      std::int32_t& word = column(x % three, side)[x / three];
      if (beside < 0 || beside >= width) {
        word = drawn();
        continue;
      }
      const int top = y == 0 ? noise_pixel(m_noise) : own[beside - width];
      const int bottom = y == 0 ? own[beside + width] : noise_pixel(m_noise);
      word = word_of(top + m_offset, own[beside] + m_offset, bottom + m_offset, 0);
    }
  }
  for (int x = 0; x < three; ++x) {
    for (int side = 0; side < three; ++side) {
      words.of[y % three][x][side] = column(x, side);
    }
  }
}

}  // namespace sohoa
