// SPDX-License-Identifier: Apache-2.0
// Uneven, yellowed and shadowed paper made even.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

// How the background is found: what Leptonica's pixBackgroundNorm takes. Sizes in pixels, heights 257 at most.
struct PaperMap {
  int tile_width;
  int tile_height;
  int ink_level;   // darker pixels tell nothing of the paper
  int enough;      // pixels that a tile must have to be judged
  int across = 2;  // tiles to either side with which one is smoothed
  int down = 2;
};

// What the even paper's level becomes; other shades in proportion.
constexpr int even_paper = 200;

// Darker than `black` becomes black, lighter than `white` white, the shades between in proportion.
struct Levels {
  int black = 0;
  int white = 255;
};

// 8-bit grey with the paper at even_paper, then levelled: pixBackgroundNorm and pixGammaTRC in one go, to the byte but
// for a share of exactly half a level, which they round down at times. A page too small for a map is levelled only.
PixPtr evened(const Pix& grey, const PaperMap& map, Levels levels = {});
// Levelled only: pixGammaTRC alike.
PixPtr shaded(const Pix& grey, Levels levels);

}  // namespace sohoa
