// SPDX-License-Identifier: Apache-2.0
// The neural network that reads a line, as a model's file holds it: Tesseract's component "lstm", with weights of eight
// bits. Only the shape that Debian's models have is taken: [1,H,0,1 Ct3,3,N Mp3,3 LfysN (Lfx|Lrx)N... O1cN] in
// Tesseract's own notation (VGSL).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sohoa {

// A layer's weights. An output is (the sum of weight * input, and 127 * the last weight) * the output's scale, with
// inputs from -127 to 127 that stand for -1 to 1.
struct LineMatrix {
  int outputs = 0;
  int inputs = 0;                    // without the last column, the bias
  std::vector<std::int8_t> weights;  // by rows: outputs * (inputs + 1)
  std::vector<float> scales;         // one an output, not negative
};

// A layer with a memory (LSTM). Inputs of each matrix: the layer's inputs, then what it gave at the step before.
struct LineMemory {
  LineMatrix cell;   // tanh
  LineMatrix input;  // the gates: logistic
  LineMatrix forget;
  LineMatrix output;
  bool backwards = false;  // reads the line from its end
};

struct LineModel {
  int height = 0;      // of the line's picture, pixels
  int pool = 0;        // columns and rows of which the greatest value is kept
  LineMatrix strokes;  // of 3 * 3 pixels, by columns; tanh
  LineMemory columns;  // reads each column downwards
  std::vector<LineMemory> along;
  LineMatrix letters;  // softmax
};

// Nothing where the file holds another shape, or weights that are not of eight bits.
std::optional<LineModel> parse_line_model(std::string_view file);

}  // namespace sohoa
