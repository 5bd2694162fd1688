// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include "core/binarize.hpp"

#include <leptonica/allheaders.h>

namespace sohoa {

InkMap ink_map_of(const ReducedPage& page, const PageGeometry& geometry) {
  const Size size = size_of(*page.ink);
  if (size.width < 64 || size.height < 64) {
    return {};
  }
  const PixPtr grey = own(pixScaleToGray4(page.ink.get()), "pixScaleToGray4");
  const PixPtr upright = straighten(*grey, geometry);
  const PixPtr cells = reading_grey(*upright, 25.4 / ink_cell_mm / (page.dpi / 4));
  const Size cut = size_of(*cells);
  InkMap map{cut.width, cut.height, {}};
  map.cells.reserve(static_cast<std::size_t>(cut.width) * static_cast<std::size_t>(cut.height));
  for (int y = 0; y < cut.height; ++y) {
    const l_uint32* line = pixGetData(cells.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(cells.get());
    for (int x = 0; x < cut.width; ++x) {
      map.cells.push_back(static_cast<std::uint8_t>(255 - GET_DATA_BYTE(line, x)));
    }
  }
  return map;
}

}  // namespace sohoa
