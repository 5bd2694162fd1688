// SPDX-License-Identifier: Apache-2.0
// What was read on a page, independent of the engine: blocks of lines of words in reading
// order. Boxes are pixels of the upright frame (core/page_geometry.hpp). Text is NFC.
#pragma once

#include "core/json.hpp"
#include "core/page_geometry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct OcrWord {
  std::string text;
  double confidence = 0;  // 0 … 1
  Box box;
  std::string read = {};                 // what the recognizer gave when another reading was chosen; else empty
  std::vector<std::string> others = {};  // of an unsure, uncommon word: what else it may be
};

// Mean over words, weighted by their length; 0 without words.
class WordMean {
 public:
  void add(const OcrWord& word, double value);
  [[nodiscard]] double value() const { return m_weight > 0 ? m_sum / m_weight : 0; }

 private:
  double m_sum = 0;
  double m_weight = 0;
};

struct OcrLine {
  Box box;
  double baseline_left = 0;  // y of the baseline at box.left and at box.right
  double baseline_right = 0;
  std::vector<OcrWord> words;

  // The box, and the baseline under it.
  void fit_to(const Box& part);
  // The same of the words that are left, of which there must be one.
  void fit_to_words();
};

struct OcrBlock {
  Box box;
  std::vector<OcrLine> lines;
};

// What was put on the paper by hand; nothing is read there but print that is sure.
struct OcrMark {
  enum class Kind { seal, stamp, signature, handwriting };
  Kind kind = Kind::seal;
  Box box;
};
// "seal"
std::string name_of(OcrMark::Kind kind);

struct OcrPage {
  int width = 0;  // pixels of the upright frame
  int height = 0;
  std::string language;
  std::vector<OcrBlock> blocks;
  std::vector<OcrMark> marks;

  // Mean of the words' confidences weighted by their length; 0 when nothing was read.
  [[nodiscard]] double confidence() const;
  [[nodiscard]] std::size_t word_count() const;
  // Words joined by blanks, lines by \n, blocks by an empty line.
  [[nodiscard]] std::string text() const;
};

Json to_json(const OcrPage& page);
OcrPage ocr_page_from(const Json& json);
// [left, top, right, bottom] to a tenth of a pixel.
Json to_json(const Box& box);
// The tree that `pages[].ocr` of a record points to; parsed anew only when the file is another. Throws
// Error(ExitStatus::input): "ocr-tree-gone" when the work folder was removed meanwhile.
OcrPage load_ocr_page(const std::string& path);
// That of a page's record; nothing where it was not read, or its tree is gone or damaged: extract tells of those.
std::optional<OcrPage> find_ocr_page(const Json& page);

}  // namespace sohoa
