// SPDX-License-Identifier: Apache-2.0
// Print without what was put on it afterwards, as far as that can be taken away: for reading again what seals and pens
// touch.
#pragma once

#include "core/ocr_text.hpp"
#include "core/pix.hpp"
#include "core/prepare.hpp"

#include <vector>

namespace sohoa {

// The reading image less blue ink where somebody signed a colour scan, below its head or at a seal, and less the rings
// of seals in a grey or bitonal one, whose colour is lost, and less all ink with a colour in `stamps`. Null where there
// is nothing to take away. `marks` are those of the page (core/marks.hpp).
PixPtr print_alone(const Pix& scan, const PageGeometry& geometry, const ReadingImage& reading,
                   const std::vector<OcrMark>& marks, const std::vector<Box>& stamps = {});

}  // namespace sohoa
