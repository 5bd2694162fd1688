// SPDX-License-Identifier: Apache-2.0
#include "core/line_network.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace sohoa;

namespace {

// What the network is by its definition, number by number.
class Reference {
 public:
  Reference(const LineModel& model, const std::vector<float>& tanh, const std::vector<float>& logistic)
      : m_model(model), m_tanh(tanh), m_logistic(logistic) {}

  std::vector<float> read(const std::vector<std::int8_t>& pixels, int width, std::minstd_rand& noise) const {
    const std::vector<std::vector<int>> seen = strokes(pixels, width, noise);
    const int columns = width / 3;
    const int rows = m_model.height / 3;
    std::vector<std::vector<int>> line;
    for (int x = 0; x < columns; ++x) {
      std::vector<std::vector<int>> column;
      for (int y = 0; y < rows; ++y) {
        std::vector<int> most(seen[0].size(), -127);
        for (int i = 0; i < 9; ++i) {
          const std::vector<int>& pixel = seen[static_cast<std::size_t>((3 * y + i / 3) * width + 3 * x + i % 3)];
          std::transform(most.begin(), most.end(), pixel.begin(), most.begin(),
                         [](int one, int other) { return std::max(one, other); });
        }
        column.push_back(most);
      }
      line.push_back(remembered(m_model.columns, column).back());
    }
    for (const LineMemory& memory : m_model.along) {
      if (memory.backwards) {
        std::reverse(line.begin(), line.end());
      }
      line = remembered(memory, line);
      if (memory.backwards) {
        std::reverse(line.begin(), line.end());
      }
    }
    std::vector<float> told;
    for (const std::vector<int>& column : line) {
      std::vector<float> values = products(m_model.letters, column);
      const float greatest = *std::max_element(values.begin(), values.end());
      float sum = 0;
      for (float& value : values) {
        value = std::exp(std::max(value - greatest, -86.0F));
        sum += value;
      }
      for (const float value : values) {
        told.push_back(value / sum);
      }
    }
    return told;
  }

 private:
  static float curve(float x, const std::vector<float>& values) {
    const float place = x * 256;
    const auto step = static_cast<std::size_t>(std::min(place, 1e6F));
    if (step >= values.size() - 1) {
      return 1;
    }
    return values[step] + (values[step + 1] - values[step]) * (place - static_cast<float>(step));
  }
  float tanh(float x) const { return x < 0 ? -curve(-x, m_tanh) : curve(x, m_tanh); }
  float logistic(float x) const { return x < 0 ? 1 - curve(-x, m_logistic) : curve(x, m_logistic); }

  static int rounded(double x) { return x >= 0 ? static_cast<int>(x + 0.5) : -static_cast<int>(-x + 0.5); }
  static int given(float x) {
    const float all = x * 127;
    return all >= 0 ? static_cast<int>(all + 0.5F) : -static_cast<int>(-all + 0.5F);
  }
  static int drawn(std::minstd_rand& noise) {
    return rounded(127 * 2.0 * static_cast<double>(noise()) / 2147483647 - 127);
  }

  static std::vector<float> products(const LineMatrix& matrix, const std::vector<int>& inputs) {
    std::vector<float> values;
    const std::int8_t* weight = matrix.weights.data();
    for (int output = 0; output < matrix.outputs; ++output) {
      int sum = 0;
      for (const int input : inputs) {
        sum += *weight++ * input;
      }
      sum += *weight++ * 127;
      values.push_back(static_cast<float>(sum) * matrix.scales[static_cast<std::size_t>(output)]);
    }
    return values;
  }

  std::vector<std::vector<int>> strokes(const std::vector<std::int8_t>& pixels, int width,
                                        std::minstd_rand& noise) const {
    std::vector<std::vector<int>> seen;
    for (int y = 0; y < m_model.height; ++y) {
      for (int x = 0; x < width; ++x) {
        std::vector<int> around;
        for (int i = 0; i < 9; ++i) {
          const int u = x + i / 3 - 1;
          const int v = y + i % 3 - 1;
          const bool inside = u >= 0 && u < width && v >= 0 && v < m_model.height;
          around.push_back(inside ? pixels[static_cast<std::size_t>(v * width + u)] : drawn(noise));
        }
        std::vector<int> outputs;
        for (const float value : products(m_model.strokes, around)) {
          outputs.push_back(given(tanh(value)));
        }
        seen.push_back(outputs);
      }
    }
    return seen;
  }

  std::vector<std::vector<int>> remembered(const LineMemory& memory, const std::vector<std::vector<int>>& steps) const {
    const auto cells = static_cast<std::size_t>(memory.cell.outputs);
    std::vector<int> before(cells);
    std::vector<float> state(cells);
    std::vector<std::vector<int>> outputs;
    for (std::vector<int> inputs : steps) {
      inputs.insert(inputs.end(), before.begin(), before.end());
      const std::vector<float> cell = products(memory.cell, inputs);
      const std::vector<float> input = products(memory.input, inputs);
      const std::vector<float> forget = products(memory.forget, inputs);
      const std::vector<float> output = products(memory.output, inputs);
      for (std::size_t i = 0; i < cells; ++i) {
        const float kept = state[i] * logistic(forget[i]);
        const float added = tanh(cell[i]) * logistic(input[i]);
        state[i] = std::clamp(kept + added, -100.0F, 100.0F);
        before[i] = given(tanh(state[i]) * logistic(output[i]));
      }
      outputs.push_back(before);
    }
    return outputs;
  }

  const LineModel& m_model;
  const std::vector<float>& m_tanh;
  const std::vector<float>& m_logistic;
};

class ModelMaker {
 public:
  LineMatrix matrix(int outputs, int inputs, float scale) {
    LineMatrix made{outputs, inputs, {}, {}};
    for (int i = 0; i < outputs * (inputs + 1); ++i) {
      made.weights.push_back(static_cast<std::int8_t>(number(-127, 127)));
    }
    for (int i = 0; i < outputs; ++i) {
      made.scales.push_back(scale * static_cast<float>(number(1, 100)) / 100);
    }
    return made;
  }
  LineMemory memory(int cells, int inputs, bool backwards) {
    const int all = inputs + cells;
    return {matrix(cells, all, 4e-5F), matrix(cells, all, 4e-5F), matrix(cells, all, 4e-5F), matrix(cells, all, 4e-5F),
            backwards};
  }
  LineModel model() {
    return {12,
            3,
            matrix(8, 9, 1e-4F),
            memory(16, 8, false),
            {memory(32, 16, false), memory(48, 32, true)},
            matrix(21, 48, 3e-4F)};
  }
  std::vector<std::int8_t> pixels(int count) {
    std::vector<std::int8_t> made;
    for (int i = 0; i < count; ++i) {
      made.push_back(static_cast<std::int8_t>(number(-127, 127)));
    }
    return made;
  }
  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(m_random); }

 private:
  std::mt19937 m_random{20};
};

std::vector<float> curve_of(float (*function)(float)) {
  std::vector<float> values;
  for (int i = 0; i < LineCurve::size; ++i) {
    values.push_back(function(static_cast<float>(i) / LineCurve::steps));
  }
  return values;
}

const std::vector<float>& tanh_curve() {
  static const std::vector<float> curve = curve_of([](float x) { return std::tanh(x); });
  return curve;
}
const std::vector<float>& logistic_curve() {
  static const std::vector<float> curve = curve_of([](float x) { return 1 / (1 + std::exp(-x)); });
  return curve;
}

// Writes a model as Tesseract does.
class ModelFile {
 public:
  std::string bytes;

  template <typename T>
  void put(T value) {
    const auto at = bytes.size();
    bytes.resize(at + sizeof value);
    std::memcpy(bytes.data() + at, &value, sizeof value);
  }
  void put_text(const std::string& text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }
  void head(const std::string& type, int inputs, int outputs) {
    put<std::int8_t>(0);
    put_text(type);
    put<std::int16_t>(0);
    put<std::int32_t>(64);
    put<std::int32_t>(inputs);
    put<std::int32_t>(outputs);
    put<std::int32_t>(0);
    put_text("a name");
  }
  void rates(std::uint32_t count) {
    put(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      put(0.001F);
    }
  }
  void matrix(const LineMatrix& matrix, std::uint8_t mode = 129) {
    put(mode);
    put(matrix.outputs);
    put(matrix.inputs + 1);
    put<std::int8_t>(0);
    bytes.append(matrix.weights.begin(), matrix.weights.end());
    put(static_cast<std::uint32_t>(matrix.outputs));
    for (const float scale : matrix.scales) {
      put(static_cast<double>(scale) * 127);
    }
  }
  void memory(const LineMemory& memory, const std::string& type) {
    head(type, memory.cell.inputs - memory.cell.outputs, memory.cell.outputs);
    put(memory.cell.inputs);
    for (const LineMatrix* part : {&memory.cell, &memory.input, &memory.forget, &memory.output}) {
      matrix(*part);
    }
  }
  void model(const LineModel& model, std::uint8_t mode = 129) {
    head("Series", model.height, model.letters.outputs);
    put(static_cast<std::uint32_t>(5 + model.along.size()));
    head("Input", model.height, 1);
    for (const int number : {1, model.height, 0, 1, 0}) {
      put(number);
    }
    head("Series", 1, model.strokes.outputs);
    put<std::uint32_t>(2);
    head("Convolve", 1, 9);
    put(1);
    put(1);
    head("Tanh", 9, model.strokes.outputs);
    matrix(model.strokes, mode);
    rates(2);
    head("Maxpool", model.strokes.outputs, model.strokes.outputs);
    put(3);
    put(3);
    head("XYTranspose", model.strokes.outputs, model.columns.cell.outputs);
    put<std::uint32_t>(1);
    memory(model.columns, "SummLSTM");
    rates(1);
    for (const LineMemory& along : model.along) {
      if (along.backwards) {
        head("RTLReversed", along.cell.inputs - along.cell.outputs, along.cell.outputs);
        put<std::uint32_t>(1);
      }
      memory(along, "LSTM");
      if (along.backwards) {
        rates(1);
      }
    }
    head("Softmax", model.letters.inputs, model.letters.outputs);
    matrix(model.letters);
    rates(7);
  }
};

std::vector<const LineKernels*> kernels_here() {
  std::vector<const LineKernels*> found;
#if defined(__x86_64__)
  if (line_kernels() != nullptr) {
    found.push_back(&line_kernels_avx2);
  }
  if (line_kernels() == &line_kernels_vnni) {
    found.push_back(&line_kernels_vnni);
  }
#endif
  return found;
}

}  // namespace

TEST_SUITE("core.line_network") {
  TEST_CASE("a line is read to the bit as its network is defined") {
    ModelMaker maker;
    const LineModel model = maker.model();
    const Reference reference(model, tanh_curve(), logistic_curve());
    for (const LineKernels* kernels : kernels_here()) {
      std::optional<LineNetwork> network =
          LineNetwork::make(model, {tanh_curve().data(), logistic_curve().data()}, *kernels);
      REQUIRE(network);
      CHECK(network->height() == 12);
      CHECK(network->letters() == 21);
      for (const int width : {3, 5, 24, 47, 48, 49, 50, 130}) {
        CAPTURE(kernels->lanes);
        CAPTURE(width);
        const std::vector<std::int8_t> pixels = maker.pixels(12 * width);
        std::minstd_rand noise(7);
        std::minstd_rand same_noise(7);
        const std::vector<float> told = reference.read(pixels, width, noise);
        REQUIRE(told.size() == static_cast<std::size_t>(network->columns(width) * network->letters()));
        const float* read = network->read(pixels.data(), width, same_noise);
        CHECK(std::memcmp(read, told.data(), told.size() * sizeof(float)) == 0);
        const bool drew_as_much = noise == same_noise;
        CHECK(drew_as_much);
      }
    }
  }

  TEST_CASE("a model's file is read as it was written") {
    const LineModel model = ModelMaker().model();
    ModelFile file;
    file.model(model);
    const std::optional<LineModel> read = parse_line_model(file.bytes + "what follows the network");
    REQUIRE(read);
    CHECK(read->height == 12);
    CHECK(read->strokes.weights == model.strokes.weights);
    CHECK(read->columns.output.weights == model.columns.output.weights);
    REQUIRE(read->along.size() == 2);
    CHECK_FALSE(read->along[0].backwards);
    CHECK(read->along[1].backwards);
    CHECK(read->along[1].forget.weights == model.along[1].forget.weights);
    CHECK(read->letters.weights == model.letters.weights);
    CHECK(read->letters.scales == model.letters.scales);
  }

  TEST_CASE("what is cut short or of another kind is no model") {
    const LineModel model = ModelMaker().model();
    ModelFile file;
    file.model(model);
    const std::size_t whole = file.bytes.size() - 32;  // rates of training
    for (std::size_t size = 0; size < whole; size += size < 1200 ? 1 : 97) {
      CAPTURE(size);
      REQUIRE_FALSE(parse_line_model(std::string_view(file.bytes).substr(0, size)));
    }
    CHECK(parse_line_model(std::string_view(file.bytes).substr(0, whole)));
    ModelFile floats;
    floats.model(model, 128);
    CHECK_FALSE(parse_line_model(floats.bytes));
  }

  TEST_CASE("a model whose sizes do not go into lanes, or a curve that falls, is refused") {
    ModelMaker maker;
    LineModel model = maker.model();
    for (const LineKernels* kernels : kernels_here()) {
      std::vector<float> falling = tanh_curve();
      falling[100] = 0;
      CHECK_FALSE(LineNetwork::make(model, {falling.data(), logistic_curve().data()}, *kernels));
      model.columns = maker.memory(12, 8, false);
      CHECK_FALSE(LineNetwork::make(model, {tanh_curve().data(), logistic_curve().data()}, *kernels));
      model = maker.model();
    }
  }
}
