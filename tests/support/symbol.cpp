// SPDX-License-Identifier: Apache-2.0
// Writes a barcode as a PBM picture, for pages that are made on purpose: sohoa_symbol FORMAT TEXT PIXELS-A-MODULE
#include "core/barcode.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** words) {
  if (count != 4) {
    return 2;
  }
  try {
    const sohoa::Symbol symbol = sohoa::make_symbol(words[1], words[2]);
    const int scale = std::atoi(words[3]);
    const int rows = symbol.height == 1 ? symbol.width / 4 : symbol.height;
    std::printf("P1\n%d %d\n", symbol.width * scale, rows * scale);
    for (int y = 0; y < rows * scale; ++y) {
      const int row = symbol.height == 1 ? 0 : y / scale;
      for (int x = 0; x < symbol.width * scale; ++x) {
        std::putchar(symbol.modules[static_cast<std::size_t>(row * symbol.width + x / scale)] ? '1' : '0');
      }
      std::putchar('\n');
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
