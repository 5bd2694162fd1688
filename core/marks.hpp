// SPDX-License-Identifier: Apache-2.0
// What people put on paper after it was printed: seals, stamps, signatures, handwriting. None of it is text to read.
#pragma once

#include "core/ocr_text.hpp"
#include "core/pix.hpp"

#include <vector>

namespace sohoa {

// In a colour scan by the colour of the ink, which is red for seals and blue or violet for pens and stamps; in a grey
// or bitonal one by shape, where only seals and large signatures show. Coloured print is taken for handwriting: who has
// read the page tells them apart. `dpi` is the scan's, 0 when unknown.
std::vector<OcrMark> marks_of(const Pix& scan, double dpi, const PageGeometry& geometry);

// Drops what is print after all: a mark whose words were read surely.
void drop_print(std::vector<OcrMark>& marks, const std::vector<OcrWord>& words);

// Whether more than half of the word lies within a mark of a kind in which no print is.
bool lies_in_scrawl(const Box& word, const std::vector<OcrMark>& marks);

}  // namespace sohoa
