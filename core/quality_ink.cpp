// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include "core/binarize.hpp"
#include "core/grey_image.hpp"

#include <algorithm>
#include <iterator>

#include <leptonica/allheaders.h>

namespace sohoa {

InkMap ink_map_of(const ReducedPage& page, const PageGeometry& geometry) {
  const Size size = size_of(*page.ink);
  if (size.width < 64 || size.height < 64) {
    return {};
  }
  const PixPtr grey = own(pixScaleToGray4(page.ink.get()), "pixScaleToGray4");
  const PixPtr upright = straighten(*grey, geometry);
  const GreyImage cells = grey_image(*reading_grey(*upright, 25.4 / ink_cell_mm / (page.dpi / 4)), 1);
  InkMap map{cells.width, cells.height, {}};
  std::transform(cells.samples.begin(), cells.samples.end(), std::back_inserter(map.cells),
                 [](std::uint8_t light) { return static_cast<std::uint8_t>(255 - light); });
  return map;
}

}  // namespace sohoa
