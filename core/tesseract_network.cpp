// SPDX-License-Identifier: Apache-2.0
#include "core/tesseract_network.hpp"

#include "core/line_network.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <dlfcn.h>

namespace {

// As libtesseract 5 has them; what it does not say itself is asked before it is believed (is_line()).
template <typename T>
struct Table {
  void* methods;
  T* cells;
  T none;
  int rows;
  int columns;
  int room;
};
struct Shape {
  std::array<int, 3> size;  // pictures, rows, columns
  std::array<int, 3> steps;
  std::vector<int> heights;
  std::vector<int> widths;
};
struct Signals {
  Table<float> floats{};
  Table<std::int8_t> bytes{};
  bool are_bytes = false;
  Shape shape;
};

struct Network {
  std::optional<sohoa::LineNetwork> own;
  std::minstd_rand* noise = nullptr;
  bool proven = false;
};

constexpr const char* create_name = "_ZN9tesseract7Network14CreateFromFileEPNS_5TFileE";
constexpr const char* noise_name = "_ZN9tesseract8Plumbing13SetRandomizerEPNS_5TRandE";
constexpr const char* forward_name =
    "_ZN9tesseract6Series7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchEPS1_";

using Create = void*(void* file);
using Read = std::size_t(void* file, void* to, std::size_t size, std::size_t count);
using Rewind = void(void* file);
using Scale = void(Signals* to, const Signals* from, int columns, int rows, int depth);
using Resize = void(Signals* to, bool as_bytes, const Shape* shape, int depth);
using SetNoise = void(void* network, std::minstd_rand* noise);
using Forward = void(void* network, bool debug, const Signals* input, const void* transposed, void* scratch,
                     Signals* output);

// Of libtesseract; nothing where it has none of that name.
template <typename Function>
Function* theirs(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct Theirs {
  Create* create = theirs<Create>(create_name);
  SetNoise* set_noise = theirs<SetNoise>(noise_name);
  Forward* forward = theirs<Forward>(forward_name);
  Read* read = theirs<Read>("_ZN9tesseract5TFile5FReadEPvmm");
  Rewind* rewind = theirs<Rewind>("_ZN9tesseract5TFile6RewindEv");
  Scale* scale = theirs<Scale>("_ZN9tesseract9NetworkIO12ResizeScaledERKS0_iii");
  Resize* resize = theirs<Resize>("_ZN9tesseract9NetworkIO11ResizeToMapEbRKNS_9StrideMapEi");
  const float* tanh = static_cast<const float*>(::dlsym(RTLD_NEXT, "_ZN9tesseract9TanhTableE"));
  const float* logistic = static_cast<const float*>(::dlsym(RTLD_NEXT, "_ZN9tesseract13LogisticTableE"));

  bool all() const {
    return read != nullptr && rewind != nullptr && scale != nullptr && resize != nullptr && tanh != nullptr &&
           logistic != nullptr;
  }
};

struct Reading {
  Theirs theirs;
  std::map<const void*, Network> networks;
  sohoa::LinesRead lines;
  bool here = false;
  int depth = 0;
};

Reading& reading() {
  static Reading reading;
  return reading;
}

// Marks that Tesseract's own function runs, whose layers are networks, too.
class Inside {
 public:
  Inside() { ++reading().depth; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() { --reading().depth; }
};

// The model's file, which stands at its beginning, and does so again afterwards.
std::string bytes_of(void* file) {
  std::string bytes;
  std::string part(1 << 20, '\0');
  while (const std::size_t count = reading().theirs.read(file, part.data(), 1, part.size())) {
    bytes.append(part, 0, count);
  }
  reading().theirs.rewind(file);
  return bytes;
}

std::optional<sohoa::LineNetwork> network_of(void* file) {
  const sohoa::LineKernels* kernels = sohoa::line_kernels();
  const Theirs& theirs = reading().theirs;
  if (!reading().here || kernels == nullptr || !theirs.all()) {
    return std::nullopt;
  }
  const std::optional<sohoa::LineModel> model = sohoa::parse_line_model(bytes_of(file));
  return model ? sohoa::LineNetwork::make(*model, {theirs.tanh, theirs.logistic}, *kernels) : std::nullopt;
}

bool is_line(const Signals& input, int height) {
  const Shape& shape = input.shape;
  const int width = shape.size[2];
  return input.are_bytes && shape.size[0] == 1 && shape.size[1] == height && width >= 3 && shape.steps[2] == 1 &&
         shape.steps[1] == width && input.bytes.columns == 1 && input.bytes.rows == height * width &&
         shape.heights.size() == 1 && shape.heights[0] == height && shape.widths.size() == 1 &&
         shape.widths[0] == width;
}

// Gives the output the size that the network's own layers would give it.
void make_room(const Signals& input, const sohoa::LineNetwork& network, Signals& output) {
  reading().theirs.scale(&output, &input, network.pool(), network.height(), network.letters());
  reading().theirs.resize(&output, false, &output.shape, network.letters());
}

std::size_t size_of(const Signals& output) {
  return static_cast<std::size_t>(output.floats.rows) * static_cast<std::size_t>(output.floats.columns) * sizeof(float);
}

// Whether both give the same for the same line; `noise` as it was before.
bool same(sohoa::LineNetwork& own, const Signals& input, std::minstd_rand noise, const Signals& output) {
  const int width = input.shape.size[2];
  return !output.are_bytes && output.floats.rows == own.columns(width) && output.floats.columns == own.letters() &&
         std::memcmp(own.read(input.bytes.cells, width, noise), output.floats.cells, size_of(output)) == 0;
}

Network* known(const void* network, bool debug, const Signals& input) {
  const auto found = reading().networks.find(network);
  const bool can = reading().depth == 0 && !debug && found != reading().networks.end() && found->second.own &&
                   found->second.noise != nullptr && is_line(input, found->second.own->height());
  return can ? &found->second : nullptr;
}

}  // namespace

extern "C" {

void* sohoa_create_network(void* file) __asm__("_ZN9tesseract7Network14CreateFromFileEPNS_5TFileE");
void sohoa_set_noise(void* network,
                     std::minstd_rand* noise) __asm__("_ZN9tesseract8Plumbing13SetRandomizerEPNS_5TRandE");
void sohoa_forward(void* network, bool debug, const Signals* input, const void* transposed, void* scratch, Signals* output) __asm__(
    "_ZN9tesseract6Series7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchEPS1_");

void* sohoa_create_network(void* file) {
  if (reading().depth > 0) {
    return reading().theirs.create(file);
  }
  std::optional<sohoa::LineNetwork> own = network_of(file);
  const Inside inside;
  void* network = reading().theirs.create(file);
  reading().networks.insert_or_assign(network, Network{std::move(own)});
  return network;
}

void sohoa_set_noise(void* network, std::minstd_rand* noise) {
  if (const auto found = reading().networks.find(network); found != reading().networks.end()) {
    found->second.noise = noise;
  }
  reading().theirs.set_noise(network, noise);
}

void sohoa_forward(void* network, bool debug, const Signals* input, const void* transposed, void* scratch,
                   Signals* output) {
  Network* const own = known(network, debug, *input);
  if (own != nullptr && own->proven) {
    make_room(*input, *own->own, *output);
    std::memcpy(output->floats.cells, own->own->read(input->bytes.cells, input->shape.size[2], *own->noise),
                size_of(*output));
    ++reading().lines.here;
    return;
  }
  if (reading().depth == 0) {
    ++reading().lines.by_tesseract;
  }
  const std::minstd_rand noise = own != nullptr ? *own->noise : std::minstd_rand();
  {
    const Inside inside;
    reading().theirs.forward(network, debug, input, transposed, scratch, output);
  }
  if (own != nullptr) {
    own->proven = same(*own->own, *input, noise, *output);
    if (!own->proven) {
      own->own.reset();
    }
  }
}

}  // extern "C"

namespace sohoa {

void read_lines_here(bool here) { reading().here = here; }

LinesRead lines_read() { return reading().lines; }

}  // namespace sohoa
