// SPDX-License-Identifier: Apache-2.0
// Printed lines that a coloured stamp lies over, as an arrival stamp does over the first words of what a letter is
// about: the recognizer takes the stamp's words and the line's for one line, and loses those that lie under it.
#pragma once

#include "core/language_model.hpp"
#include "core/ocr_result.hpp"
#include "core/ocr_text.hpp"

#include <cstddef>
#include <vector>

namespace sohoa {

struct StampedLine {
  std::size_t line = 0;  // in page.lines
  Box stamp;
  Box box;  // of the line, with what of it may lie under the stamp
};

// In the order of the page's lines. `marks` are those of a colour scan (core/marks.hpp): a stamp's frame may be too
// thin for it to be taken for one, so above `head_end` (y), where nobody signs, large places of ink with a colour are
// stamps.
std::vector<StampedLine> stamped_lines(const SeenPage& page, const std::vector<OcrMark>& marks, double head_end);

// Puts the line as it was read without the stamp's ink in its place, with the surer reading of each word, if all that
// was surely read beside the stamp is there again. Words of the stamp that were surely read become a line of their own
// before it. Returns how many lines the page has more.
std::size_t take_print(SeenPage& page, const StampedLine& place, SeenLine print, const LanguageModel& model);

}  // namespace sohoa
