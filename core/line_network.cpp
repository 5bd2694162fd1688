// SPDX-License-Identifier: Apache-2.0
#include "core/line_network.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace sohoa {
namespace {

constexpr int most = 127;
constexpr int bytes = 4;  // in a word

std::size_t at(int index) { return static_cast<std::size_t>(index); }

int words_for(int inputs) { return (inputs + bytes - 1) / bytes; }
int rounded_up(int count, int to) { return (count + to - 1) / to * to; }

std::int8_t weight(const LineMatrix& matrix, int output, int input) {
  return matrix.weights[at(output) * at(matrix.inputs + 1) + at(input)];
}

// Of the inputs [from, from + count), with what they are offset by taken off again.
std::int32_t bias_of(const LineMatrix& matrix, int output, int from, int count, int offset, bool with_bias) {
  std::int32_t bias = with_bias ? most * weight(matrix, output, matrix.inputs) : 0;
  for (int i = 0; i < count; ++i) {
    bias -= offset * weight(matrix, output, from + i);
  }
  return bias;
}

std::vector<float> pairs_of(const float* values) {
  std::vector<float> pairs;
  for (int i = 0; i + 1 < LineCurve::size; ++i) {
    pairs.insert(pairs.end(), {values[i], values[i + 1] - values[i]});
  }
  pairs.insert(pairs.end(), {1, 0});
  return pairs;
}

// Then the greatest of several values is the value of the greatest.
bool rises(const std::vector<float>& pairs) {
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): as Tesseract rounds
  const auto told = [](float value) { return static_cast<int>(value * most + 0.5F); };
  const float end = std::nextafter(1.0F, 0.0F);
  for (std::size_t i = 0; i + 2 < pairs.size(); i += 2) {
    if (pairs[i + 1] < 0 || told(pairs[i] + pairs[i + 1] * end) > told(pairs[i + 2])) {
      return false;
    }
  }
  return true;
}

void softmax(float* row, int count) {
  constexpr float least = -86;
  const float greatest = *std::max_element(row, row + count);
  float sum = 0;
  for (int i = 0; i < count; ++i) {
    row[i] = std::exp(std::clamp(row[i] - greatest, least, 0.0F));
    sum += row[i];
  }
  for (int i = 0; i < count; ++i) {
    row[i] /= sum;
  }
}

bool fits(const LineMemory& memory, int lanes) {
  return memory.cell.outputs % lanes == 0 && (memory.cell.inputs - memory.cell.outputs) % bytes == 0;
}

std::vector<const LineMatrix*> parts_of(const LineMemory& memory) {
  return {&memory.cell, &memory.input, &memory.forget, &memory.output};
}

}  // namespace

std::optional<LineNetwork> LineNetwork::make(const LineModel& model, const LineCurves& curves,
                                             const LineKernels& kernels) {
  LineNetwork network;
  network.m_kernels = &kernels;
  network.m_height = model.height;
  network.m_pool = model.pool;
  network.m_tanh = pairs_of(curves.tanh);
  network.m_logistic = pairs_of(curves.logistic);
  const auto fit = [&](const LineMemory& memory) { return fits(memory, kernels.lanes); };
  if (model.strokes.outputs % bytes != 0 || model.columns.cell.outputs % bytes != 0 || !fit(model.columns) ||
      !std::all_of(model.along.begin(), model.along.end(), fit) || !rises(network.m_tanh)) {
    return std::nullopt;
  }
  network.pack(network.m_strokes, {&model.strokes});
  network.pack(network.m_columns, parts_of(model.columns));
  for (const LineMemory& memory : model.along) {
    Along& along = network.m_along.emplace_back();
    along.cells = memory.cell.outputs;
    along.backwards = memory.backwards;
    const int inputs = memory.cell.inputs - along.cells;
    network.pack(along.in, parts_of(memory), 0, inputs, true);
    network.pack(along.back, parts_of(memory), inputs, along.cells, false);
    std::transform(along.back.biases.begin(), along.back.biases.end(), along.in.biases.begin(), along.in.biases.begin(),
                   std::plus<>());
  }
  network.pack(network.m_letters, {&model.letters}, 0, model.letters.inputs, true);
  return network;
}

void LineNetwork::pack(Wide& wide, const std::vector<const LineMatrix*>& parts, int from, int inputs,
                       bool with_bias) const {
  const int lanes = m_kernels->lanes;
  wide.outputs = parts[0]->outputs;
  wide.words = words_for(inputs);
  for (int first = 0; first < wide.outputs; first += lanes) {
    for (const LineMatrix* part : parts) {
      ++wide.blocks;
      for (int word = 0; word < wide.words; ++word) {
        for (int lane = 0; lane < lanes; ++lane) {
          for (int i = bytes * word; i < bytes * (word + 1); ++i) {
            const bool any = first + lane < wide.outputs && i < inputs;
            wide.weights.push_back(any ? weight(*part, first + lane, from + i) : std::int8_t{0});
          }
        }
      }
      for (int output = first; output < first + lanes; ++output) {
        const bool any = output < wide.outputs;
        wide.biases.push_back(any ? bias_of(*part, output, from, inputs, m_kernels->offset, with_bias) : 0);
        wide.scales.push_back(any ? part->scales[at(output)] : 0);
      }
    }
  }
}

void LineNetwork::pack(Narrow& narrow, const std::vector<const LineMatrix*>& parts) const {
  // Pixels lie by columns of three, a word each.
  const int inputs = parts[0]->inputs;
  const int together = inputs % bytes == 0 ? bytes : bytes - 1;
  narrow.outputs = parts[0]->outputs;
  narrow.words = inputs / together;
  for (int output = 0; output < narrow.outputs; ++output) {
    for (const LineMatrix* part : parts) {
      for (int i = 0; i < inputs; i += together) {
        const auto of = [&](int byte) { return byte < together ? weight(*part, output, i + byte) : 0; };
        narrow.weights.push_back(word_of(of(0), of(1), of(2), of(3)));
      }
      narrow.biases.push_back(bias_of(*part, output, 0, inputs, m_kernels->offset, true));
      narrow.scales.push_back(part->scales[at(output)]);
    }
  }
}

void LineNetwork::see(const LinePicture& picture, std::minstd_rand& noise, int columns) {
  const LineCurve tanh{m_tanh.data()};
  const std::size_t row = at(m_strokes.outputs / bytes) * at(columns);
  m_pooled.resize(at(m_height / m_pool) * row);
  LinePixels pixels(picture, m_kernels->offset, columns, noise, m_pixels);
  for (int y = 0; y < m_height / m_pool; ++y) {
    m_kernels->strokes(m_strokes.view(), tanh, pixels.next(), columns, m_pooled.data() + at(y) * row);
  }
}

void LineNetwork::letters_of(const std::int32_t* rows, int count) {
  const std::size_t padded = m_letters.biases.size();
  m_sums.resize(at(count) * padded);
  m_kernels->products({m_letters.view(), m_letters.biases.data()}, rows, count, m_sums.data());
  m_told.resize(at(count) * at(m_letters.outputs));
  for (int t = 0; t < count; ++t) {
    float* told = m_told.data() + at(t) * at(m_letters.outputs);
    const std::int32_t* sums = m_sums.data() + at(t) * padded;
    for (int i = 0; i < m_letters.outputs; ++i) {
      told[i] = static_cast<float>(sums[i]) * m_letters.scales[at(i)];
    }
    softmax(told, m_letters.outputs);
  }
}

const float* LineNetwork::read(const std::int8_t* pixels, int width, std::minstd_rand& noise) {
  const LineCurve tanh{m_tanh.data()};
  const LineCurve logistic{m_logistic.data()};
  const int count = columns(width);
  const int lanes = m_kernels->lanes;
  const int padded = rounded_up(count, lanes);
  const std::int32_t zero = word_of(m_kernels->offset, m_kernels->offset, m_kernels->offset, m_kernels->offset);
  see({pixels, width, m_height}, noise, padded);

  int words = m_columns.outputs / bytes;
  m_state.resize(at(m_columns.outputs) * at(lanes));
  m_given.resize(at(2 * words) * at(lanes));
  m_rows.resize(at(padded + 2) * at(words));
  m_kernels->columns(m_columns.view(), m_strokes.outputs / bytes, tanh, logistic, m_pooled.data(), m_height / m_pool,
                     padded, m_state.data(), m_given.data(), m_rows.data() + words);
  for (const Along& along : m_along) {
    m_sums.resize(at(count) * along.in.biases.size());
    m_kernels->products({along.in.view(), along.in.biases.data()}, m_rows.data() + words, count, m_sums.data());
    words = along.cells / bytes;
    m_state.resize(at(along.cells));
    m_next.assign(at(count + 2) * at(words), zero);
    m_kernels->along({along.cells, along.back.view(), along.in.scales.data(), along.backwards}, tanh, logistic,
                     m_sums.data(), count, m_state.data(), m_next.data());
    m_rows.swap(m_next);
  }
  letters_of(m_rows.data() + words, count);
  return m_told.data();
}

const LineKernels* line_kernels() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return &line_kernels_vnni;
  }
  if (__builtin_cpu_supports("avx2")) {
    return &line_kernels_avx2;
  }
#endif
  return nullptr;
}

}  // namespace sohoa
