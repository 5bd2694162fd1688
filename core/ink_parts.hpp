// SPDX-License-Identifier: Apache-2.0
// The connected parts of a 1-bit image, corners counting as connections, in the order of their first pixels by rows.
#pragma once

#include "core/page_geometry.hpp"
#include "core/pix.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace sohoa {

inline Box box_of(const PixRect& part) {
  return {double(part.left), double(part.top), double(part.left + part.width), double(part.top + part.height)};
}

// Pixels of ink in the part of the image.
int ink_in(const Pix& ink, const PixRect& part);

class InkParts {
 public:
  explicit InkParts(const Pix& ink);

  [[nodiscard]] const std::vector<PixRect>& boxes() const { return m_boxes; }
  // The image with those parts alone whose box is to be kept.
  [[nodiscard]] PixPtr only(const std::function<bool(const PixRect&)>& keep) const;
  // Part i alone, as large as its box.
  [[nodiscard]] PixPtr shape(std::size_t i) const;

 private:
  struct Run {
    int row = 0;
    int begin = 0;  // column
    int end = 0;    // one past
    std::uint32_t part = 0;
  };

  void add_row(const std::uint32_t* line, int row);
  std::vector<std::uint32_t> connect();

  Size m_size;
  std::vector<Run> m_runs;  // by rows
  std::vector<PixRect> m_boxes;
};

}  // namespace sohoa
