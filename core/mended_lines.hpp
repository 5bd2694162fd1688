// SPDX-License-Identifier: Apache-2.0
// Lines that are not those of the print. Some was read twice: as two lines of Tesseract's layout (a row of tone marks
// with what stands below it), or once in the page and once again where a seal or a picture was looked at. Others were
// read in pieces, or as one across two columns.
#pragma once

#include "core/ocr_result.hpp"

namespace sohoa {

// Of two lines in one place with nearly the same letters, takes out the one that tells less; its surer words go into
// the other.
void drop_double_lines(SeenPage& page);

// Takes out that line; a paragraph that it begins begins with the next one.
void drop_line(SeenPage& page, std::size_t line);

// Whether each word of the part is one of the whole's, or begins one.
bool has_words_of(const SeenLine& whole, const SeenLine& part);

// Parts a line where it goes on in another column, so far away that nobody writes so in one: what stands below the
// titles of two signers.
void part_wide_lines(SeenPage& page);

// Puts a word that was read as a line of its own into the gap of another one that it fills, or before one that it
// begins.
void join_split_lines(SeenPage& page);

}  // namespace sohoa
