// SPDX-License-Identifier: Apache-2.0
// The loops of a line's network, compiled for the processors that have them. Sums are of whole numbers and floats are
// taken in the order in which Tesseract takes them, so that each of these gives Tesseract's own numbers, to the bit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sohoa {

// A function by steps of 1/256: at each its value, and how much further the next one is; from `size` on it is 1.
// f(-x) follows from f(x).
struct LineCurve {
  static constexpr int size = 4096;
  static constexpr float steps = 256;
  const float* values;  // size pairs
};

// What is given from layer to layer: numbers from -127 to 127 with `offset` of the kernels added to each, four to a
// word. "Lanes" outputs or columns are worked at once.

// Weights of a matrix by lanes of outputs: of each `lanes` outputs, of each four inputs, the outputs' four weights.
struct WideWeights {
  int blocks;  // of lanes of outputs
  int words;   // of inputs
  const std::int8_t* weights;
};

struct WideLayer {
  WideWeights in;
  const std::int32_t* biases;  // blocks * lanes
};

// One memory of a line: blocks of its matrices are, of each `lanes` cells, those of cell, input, forget and output.
struct AlongLayer {
  int cells;
  WideWeights back;     // of what it gave before
  const float* scales;  // in.blocks * lanes
  bool backwards;
};

// Weights by outputs, each word for a lane of columns.
struct NarrowLayer {
  int outputs;                   // of one matrix
  int words;                     // of inputs
  const std::int32_t* words_of;  // by outputs, matrices and words of inputs
  const std::int32_t* biases;    // by outputs and matrices
  const float* scales;
};

// The pixels of three rows around each pixel of a pooled row: [row of three][column of three][left, own, right column],
// words of three pixels, top first, by pooled columns.
struct PixelWords {
  // A function of std::array would be compiled for one kind of processor, and called by all.
  const std::int32_t* of[3][3][3];  // NOLINT(*-avoid-c-arrays)
};

struct LineKernels {
  int lanes;
  int offset;
  // sums[row][block * lanes]: of `count` rows of in.words words each.
  void (*products)(const WideLayer&, const std::int32_t* rows, int count, std::int32_t* sums);
  // `sums`: what products() gave of the layer's inputs. `rows`: count + 2 rows of the layer's cells, of which the first
  // and last are zero; the others are written. `state`: cells.
  void (*along)(const AlongLayer&, const LineCurve& tanh, const LineCurve& logistic, const std::int32_t* sums,
                int count, float* state, std::int32_t* rows);
  // One row of pooled columns, [word of outputs][column], a multiple of lanes of them.
  void (*strokes)(const NarrowLayer&, const LineCurve& tanh, const PixelWords&, int columns, std::int32_t* pooled);
  // Columns read downwards: `pooled` has `steps` rows of [word][column]. `state`: outputs * lanes; `given`: twice as
  // many bytes. `rows`: a row of the layer's outputs for each column.
  void (*columns)(const NarrowLayer&, int input_words, const LineCurve& tanh, const LineCurve& logistic,
                  const std::int32_t* pooled, int steps, int columns, float* state, std::int32_t* given,
                  std::int32_t* rows);
};

// The best that this processor has; nothing where it has neither.
const LineKernels* line_kernels();

// Of processors with AVX2, and of those with AVX-512 that multiply bytes (VNNI).
extern const LineKernels line_kernels_avx2;
extern const LineKernels line_kernels_vnni;

}  // namespace sohoa
