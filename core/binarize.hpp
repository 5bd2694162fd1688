// SPDX-License-Identifier: Apache-2.0
// Small copies of a scan for measuring it. All results are new images.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

enum class ReadingChannel {
  red,        // seals and red stamps are white in it
  uncoloured  // the lightest of the three, and lighter by the colour's strength: of all ink but black nothing is left
};

// 8-bit grey in which coloured ink is light: one channel of a colour scan, the scan itself when it is grey, smoothed
// grey of a bitonal scan. `scale` is new width / old width.
PixPtr reading_grey(const Pix& scan, double scale, ReadingChannel channel = ReadingChannel::red);

// 8-bit grey by half: what pixScaleAreaMap2 makes of it, to the byte.
PixPtr halved(const Pix& grey);

// 1 bit, ink black, uneven and yellowed paper flattened. Faint bleed-through is no ink.
PixPtr ink_of(const Pix& grey);
// The same, and with fainter ink than that of print, too, as seals have it in grey scans.
struct GradedInk {
  PixPtr ink;
  PixPtr faint;
};
GradedInk graded_ink_of(const Pix& grey);

// Turned clockwise by 0, 90, 180 or 270 degrees.
PixPtr turned(const Pix& image, int degrees);

}  // namespace sohoa
