// SPDX-License-Identifier: Apache-2.0
#include "core/matrix_symbol.hpp"

#include "core/brick.hpp"
#include "core/ink_parts.hpp"

#include <algorithm>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double least_mm = 4;
// Of its box, the larger the less: small print covers as much, and a symbol may be tilted or lose some of its modules.
constexpr double least_ink = 0.62;
constexpr double less_a_mm = 0.1;
constexpr double least_of_large = 0.36;

}  // namespace

bool may_have_matrix_symbol(const Pix& ink, double dpi) {
  // Modules are a pixel or two then.
  const PixPtr half = own(pixReduceRankBinary2(const_cast<Pix*>(&ink), 1, nullptr), "pixReduceRankBinary2");
  const double pixels_a_mm = dpi / 2 / 25.4;
  const InkParts parts(*dilated(*half, 2, 1));
  return std::any_of(parts.boxes().begin(), parts.boxes().end(), [&](const PixRect& box) {
    const double mm = std::min(box.width, box.height) / pixels_a_mm;
    const double least = std::max(least_of_large, least_ink - less_a_mm * (mm - least_mm));
    return mm >= least_mm && ink_in(*half, box) >= least * box.width * box.height;
  });
}

}  // namespace sohoa
