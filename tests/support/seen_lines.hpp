// SPDX-License-Identifier: Apache-2.0
// Lines as the recognizer would have seen them.
#pragma once

#include "core/ocr_result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sohoa::test {

inline SeenWord seen(const std::string& text, double confidence, const Box& box) {
  return {{text, confidence, box}, {}};
}

inline SeenLine line(std::vector<SeenWord> words) {
  SeenLine made;
  made.line.box = words.front().word.box;
  for (const SeenWord& word : words) {
    made.line.box = united(made.line.box, word.word.box);
  }
  made.words = std::move(words);
  return made;
}

}  // namespace sohoa::test
