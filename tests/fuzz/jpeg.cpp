// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/scan.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sohoa::fuzz::read_scan("jpeg", sohoa::fuzz::view(data, size));
  return 0;
}
