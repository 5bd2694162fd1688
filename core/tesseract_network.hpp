// SPDX-License-Identifier: Apache-2.0
// Lets Tesseract read lines by core/line_network.hpp: two thirds of a page's time go to its network, and most of those
// to what is around the products. Tesseract keeps all else: it prepares the line's picture and decodes what its letters
// are likely to be.
//
// Stands before four functions of libtesseract (5.x) that load a model and run it, as a program's own symbols are found
// first. Each model's first line is read both ways, and where the two are not the same to the bit, or the model has
// another shape, or the processor has no AVX2, Tesseract goes on by itself.
#pragma once

#include <cstddef>

namespace sohoa {

// Whether lines are read here by models that are loaded from now on: not before this is called.
void read_lines_here(bool here);

// How many lines were read here since the program started, and how many were left to Tesseract, first lines among them.
struct LinesRead {
  std::size_t here = 0;
  std::size_t by_tesseract = 0;
};
LinesRead lines_read();

}  // namespace sohoa
