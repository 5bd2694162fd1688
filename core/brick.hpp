// SPDX-License-Identifier: Apache-2.0
// Bricks on 1-bit images, to the byte what Leptonica makes of them, in steps that double instead of one a pixel. All
// results are new images of the same size; nothing lies beyond the image's edge.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// Ink within the brick's reach, of which the middle is pixel (width / 2, height / 2): pixDilateBrick.
PixPtr dilated(const Pix& ink, int width, int height);
// Gaps that no brick goes into are ink, also those at the image's edge: pixCloseSafeBrick.
PixPtr closed(const Pix& ink, int width, int height);
// Ink that bricks go into: pixOpenBrick.
PixPtr opened(const Pix& ink, int width, int height);

}  // namespace sohoa
