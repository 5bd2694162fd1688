// SPDX-License-Identifier: Apache-2.0
#include "core/line_model.hpp"

#include <cstring>
#include <string>

namespace sohoa {
namespace {

struct OtherShape {};

void expect(bool holds) {
  if (!holds) {
    throw OtherShape{};
  }
}

struct LayerHead {
  std::string type;
  bool has_rates = false;
  int inputs = 0;
  int outputs = 0;
};

class ModelReader {
 public:
  explicit ModelReader(std::string_view file) : m_rest(file) {}

  template <typename T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view take(std::size_t size) {
    expect(size <= m_rest.size());
    const std::string_view taken = m_rest.substr(0, size);
    m_rest.remove_prefix(size);
    return taken;
  }

  std::string text() { return std::string(take(number<std::uint32_t>())); }

  LayerHead head() {
    expect(number<std::int8_t>() == 0);  // the type follows by name
    LayerHead layer;
    layer.type = text();
    take(2);  // whether it is trained
    constexpr std::int32_t rates = 64;
    layer.has_rates = (number<std::int32_t>() & rates) != 0;
    layer.inputs = number<std::int32_t>();
    layer.outputs = number<std::int32_t>();
    number<std::int32_t>();  // how many weights
    text();                  // the layer's name
    return layer;
  }

  LayerHead head(std::string_view type) {
    LayerHead layer = head();
    expect(layer.type == type);
    return layer;
  }

  // What a layer of layers ends with: how fast each of them was trained.
  void end(const LayerHead& layer) {
    if (layer.has_rates) {
      take(number<std::uint32_t>() * sizeof(float));
    }
  }

  LineMatrix matrix(int inputs) {
    constexpr unsigned eight_bits = 1;
    constexpr unsigned doubles = 128;
    const auto mode = number<std::uint8_t>();
    expect((mode & eight_bits) != 0 && (mode & doubles) != 0);
    LineMatrix matrix;
    matrix.outputs = static_cast<int>(number<std::uint32_t>());
    const auto row = static_cast<int>(number<std::uint32_t>());
    number<std::int8_t>();  // the cell that stands for none
    constexpr int most = 1 << 15;
    expect(matrix.outputs > 0 && matrix.outputs < most && row == inputs + 1);
    matrix.inputs = inputs;
    const std::string_view weights = take(static_cast<std::size_t>(matrix.outputs) * static_cast<std::size_t>(row));
    matrix.weights.assign(weights.begin(), weights.end());
    expect(number<std::uint32_t>() >= static_cast<std::uint32_t>(matrix.outputs));
    for (int i = 0; i < matrix.outputs; ++i) {
      constexpr int steps = 127;
      const auto scale = static_cast<float>(number<double>() / steps);
      expect(scale >= 0);
      matrix.scales.push_back(scale);
    }
    return matrix;
  }

  LineMemory memory(const LayerHead& layer) {
    const int inputs = number<std::int32_t>();
    expect(layer.outputs > 0 && inputs == layer.inputs + layer.outputs);
    LineMemory memory;
    for (LineMatrix* part : {&memory.cell, &memory.input, &memory.forget, &memory.output}) {
      *part = matrix(inputs);
      expect(part->outputs == layer.outputs);
    }
    return memory;
  }

 private:
  std::string_view m_rest;
};

LineModel read(ModelReader& reader) {
  LineModel model;
  reader.head("Series");
  const auto layers = reader.number<std::uint32_t>();
  constexpr std::uint32_t before = 4;  // input, strokes, pool, columns
  expect(layers > before);
  reader.head("Input");
  expect(reader.number<std::int32_t>() == 1);
  model.height = reader.number<std::int32_t>();
  const auto width = reader.number<std::int32_t>();
  const auto depth = reader.number<std::int32_t>();
  reader.number<std::int32_t>();  // what is lost
  expect(width == 0 && depth == 1);
  const LayerHead both = reader.head("Series");
  expect(reader.number<std::uint32_t>() == 2);
  reader.head("Convolve");
  const auto half_width = reader.number<std::int32_t>();
  const auto half_height = reader.number<std::int32_t>();
  expect(half_width == 1 && half_height == 1);
  constexpr int pixels = 9;
  reader.head("Tanh");
  model.strokes = reader.matrix(pixels);
  reader.end(both);
  reader.head("Maxpool");
  model.pool = reader.number<std::int32_t>();
  expect(model.pool == 3 && reader.number<std::int32_t>() == 3 && model.height > 0 && model.height % 3 == 0);
  const LayerHead turned = reader.head("XYTranspose");
  expect(reader.number<std::uint32_t>() == 1);
  LayerHead layer = reader.head("SummLSTM");
  expect(layer.inputs == model.strokes.outputs);
  model.columns = reader.memory(layer);
  reader.end(turned);
  int outputs = layer.outputs;
  for (std::uint32_t i = before; i + 1 < layers; ++i) {
    layer = reader.head();
    const LayerHead around = layer;
    const bool backwards = layer.type == "RTLReversed";
    if (backwards) {
      expect(reader.number<std::uint32_t>() == 1);
      layer = reader.head();
    }
    expect(layer.type == "LSTM" && layer.inputs == outputs);
    model.along.push_back(reader.memory(layer));
    model.along.back().backwards = backwards;
    if (backwards) {
      reader.end(around);
    }
    outputs = layer.outputs;
  }
  layer = reader.head("Softmax");
  model.letters = reader.matrix(outputs);
  expect(model.letters.outputs == layer.outputs);
  return model;
}

}  // namespace

std::optional<LineModel> parse_line_model(std::string_view file) {
  try {
    ModelReader reader(file);
    return read(reader);
  } catch (const OtherShape&) {
    return std::nullopt;
  }
}

}  // namespace sohoa
