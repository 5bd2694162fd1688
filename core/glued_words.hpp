// SPDX-License-Identifier: Apache-2.0
// Words that the recognizer ran into one: the last of a column and the first of the next, when the columns of a paper's
// head all but touch, or two in a line set tight.
#pragma once

#include "core/language_model.hpp"
#include "core/ocr_result.hpp"
#include "core/pix.hpp"

namespace sohoa {

// Parts each word that the language does not have into syllables that it has, of two letters and more, where the
// widest gaps of its ink lie between them. The parts share its confidence and keep their glyphs. `scale` is pixels of
// `reading` (core/prepare.hpp) a unit of the boxes. Does nothing where the model is empty.
void part_glued_words(SeenPage& page, const Pix& reading, double scale, const LanguageModel& model);

}  // namespace sohoa
