// SPDX-License-Identifier: Apache-2.0
// Which parts of a page are read a second time, from the darkest ink alone, and which reading is kept. Seals, faint
// strokes and shadows are lighter than print; where they lie over it, it is what is left.
#pragma once

#include "core/language_model.hpp"
#include "core/ocr_result.hpp"
#include "core/pix.hpp"

#include <vector>

namespace sohoa {

// Of the reading image (core/prepare.hpp): the lightest that is ink for sure, paper being white and print black.
inline constexpr int ink_level = 130;

// Whether the language has the word, whatever signs stand around it.
bool has(const LanguageModel& model, const OcrWord& word);

// The reading image with all but print made white.
PixPtr darkest(const Pix& reading);

// What is in the box. `scale` is pixels of `reading` a unit of the box. Null where no pixel is.
PixPtr part_of(const Pix& reading, const Box& box, double scale);

// Pixels of ink in each column of the box. `scale` is pixels of `reading` a unit of the box.
std::vector<int> ink_by_column(const Pix& reading, const Box& box, double scale);
// Places in page.lines of the lines worth a second look.
std::vector<std::size_t> unsure_lines(const SeenPage& page);

// All of it. `scale` is pixels of `reading` a unit of the box.
Box whole_of(const Pix& reading, double scale);

// The box with a margin for marks above and below, inside the page.
Box widened(const Box& box, const Box& page);

// The box in two or more, tight around their ink, where a gap wider than the line is high parts it: two columns whose
// lines lie on uneven heights are taken for one line, and read as none. Empty where there is no such gap. `scale` is
// pixels of `reading` a unit of the box.
std::vector<Box> columns_of(const Pix& reading, const Box& line, double scale);

// The parts of a line, each read by itself, where all of them together or some, beside what the others were read as in
// the line, are the better reading of it; else none.
std::vector<SeenLine> best_of(std::vector<SeenLine> parts, const SeenLine& whole, const LanguageModel& model);

// Whether all of the line's words are surely read.
bool is_sure(const SeenLine& line);

// Those of the line's words that stand in the box.
SeenLine words_in(const Box& box, const SeenLine& line);

// Whether one of the words is believed of ink that was let by.
bool finds_words(const SeenPage& look, const LanguageModel& model);

// Whether all that another look may add would be enough for it to be kept.
bool may_gain(const SeenLine& line, const LanguageModel& model);

bool reads_better(const SeenLine& second, const SeenLine& first, const LanguageModel& model);

// Whether the second reading is the first with more words at its ends, from which it has dropped what is none.
bool goes_on(SeenLine& second, const SeenLine& first, const LanguageModel& model);

// Puts lines read in a picture or in ink that was let by in their places of the reading order, less the words that are
// none.
void add_lines(SeenPage& page, std::vector<SeenLine> lines, const LanguageModel& model);

}  // namespace sohoa
