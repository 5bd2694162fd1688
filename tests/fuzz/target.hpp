// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets share. Each is one source with libFuzzer's entry point over one parser of bytes from outside;
// whatever the bytes are, the parser may answer or throw an Error, and nothing else.
#pragma once

#include "core/error.hpp"
#include "core/fs.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace sohoa::fuzz {

// Ends the process, which is a finding, when what must hold does not.
inline void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "this should hold: %s\n", what);
    std::abort();
  }
}

// What is thrown beside an Error is a finding; so is an Error without sentence or remedy.
template <typename Use>
void forgiving(Use use) {
  try {
    use();
  } catch (const Error& error) {
    require(!error.id().empty() && !error.message().empty() && !error.remedy().empty(), "an error says all it should");
  }
}

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The bytes as a file in memory, for parsers that take a path.
class InputFile {
 public:
  explicit InputFile(std::string_view bytes) : m_descriptor(::memfd_create("input", 0)) {
    require(m_descriptor >= 0, "no descriptor was leaked");
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t written = ::write(m_descriptor, bytes.data() + at, bytes.size() - at);
      require(written > 0, "memory can be written to");
      at += static_cast<std::size_t>(written);
    }
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { ::close(m_descriptor); }

  [[nodiscard]] fs::path path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

 private:
  int m_descriptor;
};

}  // namespace sohoa::fuzz
