// SPDX-License-Identifier: Apache-2.0
// Reads a line's picture by a model's network. Tesseract computes the same from column to column and from pixel to
// pixel; here many of them are worked at once, for a seventh of the processor's time and with the same numbers, to
// the bit.
#pragma once

#include "core/line_kernels.hpp"
#include "core/line_model.hpp"
#include "core/line_pixels.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace sohoa {

// A function as Tesseract's tables have it: its values at every 1/256 from 0.
struct LineCurves {
  const float* tanh;  // LineCurve::size values each
  const float* logistic;
};

class LineNetwork {
 public:
  // `kernels`: of this processor, and for as long as the network lives. Nothing where the model's sizes do not go into
  // their lanes, or a curve falls.
  static std::optional<LineNetwork> make(const LineModel& model, const LineCurves& curves, const LineKernels& kernels);

  int height() const { return m_height; }
  int pool() const { return m_pool; }
  int letters() const { return m_letters.outputs; }
  // How many columns of what is told `width` pixels make.
  int columns(int width) const { return width / m_pool; }

  // How likely each letter is at each column, by columns: valid until the next line is read. `pixels`: height() rows of
  // `width`, from -127 to 127; at least one column. `noise`: what lies around the picture, as Tesseract has it.
  const float* read(const std::int8_t* pixels, int width, std::minstd_rand& noise);

 private:
  struct Wide {
    int blocks = 0;
    int words = 0;
    int outputs = 0;
    std::vector<std::int8_t> weights;
    std::vector<std::int32_t> biases;
    std::vector<float> scales;
    WideWeights view() const { return {blocks, words, weights.data()}; }
  };
  struct Narrow {
    int outputs = 0;
    int words = 0;
    std::vector<std::int32_t> weights;
    std::vector<std::int32_t> biases;
    std::vector<float> scales;
    NarrowLayer view() const { return {outputs, words, weights.data(), biases.data(), scales.data()}; }
  };
  struct Along {
    int cells = 0;
    bool backwards = false;
    Wide in;
    Wide back;
  };

  LineNetwork() = default;
  void pack(Wide& wide, const std::vector<const LineMatrix*>& parts, int from, int inputs, bool with_bias) const;
  void pack(Narrow& narrow, const std::vector<const LineMatrix*>& parts) const;
  void see(const LinePicture& picture, std::minstd_rand& noise, int columns);
  void letters_of(const std::int32_t* rows, int count);

  const LineKernels* m_kernels = nullptr;
  int m_height = 0;
  int m_pool = 0;
  std::vector<float> m_tanh, m_logistic;  // as LineCurve has them
  Narrow m_strokes, m_columns;
  std::vector<Along> m_along;
  Wide m_letters;

  // What a line is worked in.
  std::vector<std::int32_t> m_pixels, m_pooled, m_given, m_rows, m_next, m_sums;
  std::vector<float> m_state, m_told;
};

}  // namespace sohoa
