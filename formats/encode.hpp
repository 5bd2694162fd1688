// SPDX-License-Identifier: Apache-2.0
// Pixels compressed again without loss.
#pragma once

#include "core/pix.hpp"
#include "formats/encoded_image.hpp"

namespace sohoa {

// Group 4 for a bitonal page unless it grows by it (a halftone), Flate for the rest.
EncodedImage encode_pixels(const Pix& pix);

}  // namespace sohoa
