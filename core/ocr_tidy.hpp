// SPDX-License-Identifier: Apache-2.0
// What no office prints and the recognizer gives all the same: rules as |, specks as signs, 6 as ó in a number.
#pragma once

#include "core/language_model.hpp"
#include "core/ocr_text.hpp"
#include "core/word_choice.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Puts right in a line what cannot be meant, whatever the language says: foreign look-alikes of letters (¡ for i),
// rules at a word's ends, ó among digits, a slash read as I in a number of a paper (145I2020/TT-BCA), a paper's number
// broken after its hyphen. Words that are nothing else go. Keeps glyphs in step; `read` has what was read.
// Does nothing where the model is empty: other languages have other letters.
void tidy(std::vector<SeenWord>& words, const LanguageModel& model);

// Whether a word, as Tesseract gave it and the line's neighbours chose it, is but specks, strokes of a pen or a piece
// of a seal.
bool is_noise(const OcrWord& word, const LanguageModel& model);

// The same for each word of a line. What stands close between words that were surely read, or close to one when the
// language has it, was printed, however badly it was read.
std::vector<bool> noise_in(const std::vector<SeenWord>& words, const LanguageModel& model);

}  // namespace sohoa
