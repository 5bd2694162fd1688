// SPDX-License-Identifier: Apache-2.0
// The patch code T ("transfer") with which scanners and scanning programs tell sheets that separate documents.
//
// A patch code is four bars, 0.08 inch (narrow) or 0.20 inch (wide) thick and 2 inches long at least, with 0.08 inch
// between them (Kodak, as scanner makers publish it); T is narrow, wide, narrow, wide in the direction of the feed.
// Read from its other end T is patch 2, which offices use to separate documents as well, so both count.
#pragma once

#include "core/skew.hpp"

#include <array>
#include <optional>

namespace sohoa {

inline constexpr double patch_narrow_mm = 0.08 * 25.4;
inline constexpr double patch_wide_mm = 0.20 * 25.4;
inline constexpr std::array<bool, 4> patch_t_is_wide{false, true, false, true};

struct PatchMark {
  Box box;                // scan frame
  double confidence = 0;  // share of the lines across the bars that show the pattern, 0 … 1
};

// Looks along both directions of the page; sheets that were printed or copied 20 % too large or small are known, too.
std::optional<PatchMark> find_patch_t(const ReducedPage& page);

}  // namespace sohoa
