// SPDX-License-Identifier: Apache-2.0
// Print that was read twice: as two lines of Tesseract's layout (a row of tone marks with what stands below it), or
// once in the page and once again where a seal or a picture was looked at.
#pragma once

#include "core/ocr_result.hpp"

namespace sohoa {

// Of two lines in one place with nearly the same letters, takes out the one that tells less; its surer words go into
// the other.
void drop_double_lines(SeenPage& page);

// Takes out that line; a paragraph that it begins begins with the next one.
void drop_line(SeenPage& page, std::size_t line);

// Puts a word that was read as a line of its own into the gap of another one that it fills.
void join_split_lines(SeenPage& page);

}  // namespace sohoa
