// SPDX-License-Identifier: Apache-2.0
// The pixels around each pixel of a line's picture, as the first layer of a network takes them (core/line_kernels.hpp).
#pragma once

#include "core/line_kernels.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace sohoa {

// Four bytes, the first lowest.
std::int32_t word_of(int first, int second, int third, int fourth);

// `height` rows of `width` pixels from -127 to 127.
struct LinePicture {
  const std::int8_t* pixels;
  int width;
  int height;
};

class LinePixels {
 public:
  // `offset`: of the kernels. `columns`: how many pooled columns are asked for; beyond the picture they are any.
  // Pixels outside the picture are drawn from `noise` as Tesseract draws them: for each pixel of the picture anew, by
  // rows, of each the columns around it, of each their pixels. All three live longer than this.
  LinePixels(const LinePicture& picture, int offset, int columns, std::minstd_rand& noise,
             std::vector<std::int32_t>& room);

  // Of the rows 3 * n to 3 * n + 2; to be asked for in their order. Valid until the next is.
  PixelWords next();

 private:
  std::int32_t drawn();
  std::int32_t* slot(int x) const;
  void inner_row(int y, PixelWords& words);
  void outer_row(int y, PixelWords& words);

  LinePicture m_picture;
  int m_offset;
  std::size_t m_stride;
  std::minstd_rand& m_noise;
  std::int32_t* m_room;
  std::int32_t* m_row = nullptr;
  int m_next = 0;
};

}  // namespace sohoa
