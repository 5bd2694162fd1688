// SPDX-License-Identifier: Apache-2.0
// Where a block fits between what is printed on a page.
#pragma once

#include "core/page_geometry.hpp"

#include <optional>
#include <vector>

namespace sohoa {

// All measures in one unit, origin top left, y down. `gap` is kept to each box of `printed`. The free place
// that lies nearest to the area's upper left corner, or upper right when `from_right`; nothing when there is none.
struct PlaceRequest {
  Box area;
  double width = 0;
  double height = 0;
  double gap = 0;
  bool from_right = false;
};
std::optional<Box> free_place(const PlaceRequest& request, const std::vector<Box>& printed);

}  // namespace sohoa
