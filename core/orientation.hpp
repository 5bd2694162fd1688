// SPDX-License-Identifier: Apache-2.0
// Which way the lines of a page run and which side of them is up, told from the letters of any Latin script.
// Sizes are measured in letters, so a wrong resolution does no harm.
#pragma once

#include "core/pix.hpp"

namespace sohoa {

struct Letters {
  PixPtr ink;       // 1 bit, without frames, rules, seals and shadows
  double size = 0;  // pixels, the longer side of the middle letter; 0 when there is none
};

Letters letters_of(const Pix& ink, double dpi);

// Logarithm of the length of the words that lie to that of those that stand. Upright pages of text measure 1.9 and
// more, pages on their side as much below 0; frames and the distance of the lines change nothing.
double words_lying(const Letters& letters);

// How much more stands above the lines of the level page (ascenders, capitals, tone marks) than hangs below
// (descenders, dots), in standard deviations over its words: about 0 when it cannot be told, below 0 on its head.
double heads_up(const Pix& level, double letter_size);

}  // namespace sohoa
