// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// What is darker than `level` (1 … 255) of an 8-bit image, as a 1-bit image: to the byte pixThresholdToBinary.
PixPtr darker(const Pix& grey, int level);

}  // namespace sohoa
