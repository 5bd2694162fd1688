// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over files, without a fuzzer: what was found once stays found. usage: replay TARGET FILE...
// A file that takes more than 20 seconds or 256 MiB is a failure, as a crash is.
#include "core/fs.hpp"
#include "tests/fuzz/target.hpp"

#include <map>

#include <sys/resource.h>

#define X(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
SOHOA_FUZZ_TARGETS
#undef X

namespace {

using Target = int (*)(const std::uint8_t*, std::size_t);
#define X(name) {#name, fuzz_##name},
const std::map<std::string_view, Target> targets{SOHOA_FUZZ_TARGETS};
#undef X

constexpr unsigned max_seconds = 20;
constexpr long max_kilobytes = 256L << 10U;

// The most that this process ever had, or who began it.
long peak_kilobytes() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  const auto target = targets.find(argc > 2 ? argv[1] : "");
  if (target == targets.end()) {
    std::fputs("usage: replay TARGET FILE...\n", stderr);
    return 2;
  }
  const long before = peak_kilobytes();
  for (int i = 2; i < argc; ++i) {
    std::fprintf(stderr, "%s\n", argv[i]);
    const std::string bytes = sohoa::read_file(argv[i]);
    ::alarm(max_seconds);
    target->second(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (const long took = peak_kilobytes() - before; took > max_kilobytes) {
      std::fprintf(stderr, "took %ld KiB of memory\n", took);
      return 1;
    }
  }
  return 0;
}
