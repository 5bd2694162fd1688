// SPDX-License-Identifier: Apache-2.0
// Tesseract keeps the picture of each line that it reads as a PNG file in memory, packed and unpacked once within the
// same call: a twentieth of a page's time. While one of these lives, pictures that Leptonica is asked to pack so are
// kept as Leptonica has them in memory (SPIX), which needs no packing.
#pragma once

namespace sohoa {

// For one call of the recognizer; calls do not overlap.
class UnpackedLines {
 public:
  UnpackedLines() noexcept;
  UnpackedLines(const UnpackedLines&) = delete;
  UnpackedLines& operator=(const UnpackedLines&) = delete;
  ~UnpackedLines();
};

}  // namespace sohoa
