// SPDX-License-Identifier: Apache-2.0
// Barcodes, read from page images and made for printing. ZXing-C++ does both and is known to this file only.
#pragma once

#include "core/pix.hpp"
#include "core/skew.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct Barcode {
  std::string format;    // QRCode, DataMatrix, Code128, Code39: ZXing's names
  std::string text;      // UTF-8; empty when the symbol is damaged
  Box box;               // scan frame
  bool damaged = false;  // a symbol was there and its checksum failed
};

// All QR codes (ISO/IEC 18004), Data Matrix symbols (ISO/IEC 16022), Code 128 (ISO/IEC 15417) and Code 39
// (ISO/IEC 16388) of the page, from top to bottom. The linear ones are looked for where something has bars
// (core/bars.hpp), the square ones in the ink of the page's copy where the page is twice as fine: a symbol that was
// seen but not read is looked at once more in the page's own resolution. ZXing finds a Data Matrix only near the page's
// middle.
std::vector<Barcode> read_barcodes(const Pix& page, const ReducedPage& copy);

// A symbol's modules without a quiet zone: row by row, true is dark. A linear one has a single row.
struct Symbol {
  int width = 0;
  int height = 0;
  std::vector<bool> modules;
};

// `format` as above; a QR code withstands the loss of 25 % of its area (level Q). Throws Error(ExitStatus::usage,
// "barcode-text") when the format cannot hold the text.
Symbol make_symbol(std::string_view format, const std::string& text);

}  // namespace sohoa
