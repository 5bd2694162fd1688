// SPDX-License-Identifier: Apache-2.0
// What Tesseract found in the image it was given, as lines of words with what each glyph may be.
#pragma once

#include "core/ocr_text.hpp"
#include "core/word_choice.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tesseract {
class TessBaseAPI;
}

namespace sohoa {

// What the network held possible at one of its steps along a line. Letters are NFC; "" is none, or the last one still.
struct NetworkStep {
  std::vector<std::pair<std::string, double>> chances;  // of 0.01 and more
  double at = 0;                                        // across the upright frame
};

// As read: confidences are Tesseract's, none of the words is left out. Boxes are pixels of the upright frame.
struct SeenLine {
  OcrLine line;  // its words are in `words`
  std::vector<SeenWord> words;
  Box block;  // of the paragraph it stands in
  bool begins_block = false;
  std::vector<NetworkStep> steps;  // where they were asked for
};

// Around the words from `first` on, of which there is one at least.
Box box_of(const std::vector<SeenWord>& words, std::size_t first = 0);

struct SeenPage {
  std::vector<SeenLine> lines;  // in reading order
  std::vector<Box> pictures;    // what Tesseract took for no text and did not read
};

// After Recognize(). `scale` is the image's pixels a pixel of the upright frame. Without glyphs the words have none.
SeenPage seen_by(tesseract::TessBaseAPI& api, double scale, bool with_glyphs);

// Those of the one line that was recognized, in the words' order.
std::vector<NetworkStep> network_steps(tesseract::TessBaseAPI& api, double scale);

// The middle height of the words, of which nearly all have tall letters or marks; nothing without words.
std::optional<double> middle_height(const SeenPage& page);

// Mean of Tesseract's confidences weighted by the words' length, 0 … 1; 0 without words.
double confidence_of(const SeenPage& page);

}  // namespace sohoa
