// SPDX-License-Identifier: Apache-2.0
// Tesseract behind one door. One Recognizer a worker; the model is loaded once.
#pragma once

#include "core/fs.hpp"
#include "core/ocr_text.hpp"
#include "core/person_name.hpp"
#include "core/pix.hpp"
#include "core/prepare.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct RecognizerOptions {
  std::string language = "vie";  // Tesseract's names, joined with "+"
  fs::path tessdata;             // folder of *.traineddata; empty: Tesseract's own
  NameLists names = {};          // of signers (core/hidden_names.hpp); none: half hidden names stay so
};

class Recognizer {
 public:
  // Throws Error(ExitStatus::environment, "language-missing") that names the package to install.
  explicit Recognizer(const RecognizerOptions& options);
  Recognizer(const Recognizer&) = delete;
  Recognizer& operator=(const Recognizer&) = delete;
  ~Recognizer();

  // Reads a scan, but for one that `geometry` says is blank. `dpi` is the scan's, 0 when unknown. A page that reads
  // well only when turned has orientation and skew put right in `geometry`, in whose upright frame boxes come back. A
  // page with nothing on it gives an OcrPage without blocks. `picture` gets what was looked at.
  OcrPage read(const Pix& scan, double dpi, PageGeometry& geometry, ReadingImage* picture = nullptr);

  // One line of text alone in an 8-bit picture, as it was read, words joined by blanks.
  std::string read_line(const Pix& picture);

  // Whether the language has the word; without a list of its words it has any.
  [[nodiscard]] bool knows(std::string_view word) const;

  // "Tesseract 5.3.0, Leptonica 1.82.0": part of what the result depends on.
  [[nodiscard]] static std::string version();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace sohoa
