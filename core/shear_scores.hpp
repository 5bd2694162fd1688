// SPDX-License-Identifier: Apache-2.0
// Which angle lays a page's lines level: to the number what Leptonica's pixFindSkewSweepAndSearchScore finds, without
// making a sheared image for each angle that is tried.
#pragma once

#include "core/pix.hpp"

#include <cstdint>
#include <vector>

namespace sohoa {

// Of a 1-bit image. A row's ink less that of the row above it, squared, summed over the rows: the more, the more level
// are the lines.
class ShearScores {
 public:
  explicit ShearScores(const Pix& ink);

  // Of the image sheared about its upper left corner; a positive angle moves its right side down. Below 0.8 radians.
  [[nodiscard]] float at(float radians) const;

 private:
  void add_columns(int begin, int end, int down, std::vector<int>& rows) const;

  Size m_size;
  std::vector<std::uint32_t> m_words;  // 32 pixels each, the leftmost highest; one column of words after the other
};

struct Skew {
  float angle = 0;       // degrees by which the page is to be turned clockwise
  float confidence = 0;  // the best score by the least; 0 where they are too small to tell, or the best lies at the end
  float score = 0;       // the best
};

// Looks up to `range` degrees to either side, by whole degrees on an image of half the size, then down to 0.01 degrees.
Skew find_skew(const Pix& ink, float range);

}  // namespace sohoa
