// SPDX-License-Identifier: Apache-2.0
// What a batch surely says, for the words that it does not: an office's papers say the same thing, and name the same
// places, page after page. A word that the recognizer was unsure of becomes another of its readings where the pages
// read so far have that reading, and none of its others, beside the same neighbours.
#pragma once

#include "core/ocr_text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace sohoa {

class BatchWords {
 public:
  // Takes note of the pairs of sure words on a page, each once: what a page says often may be misread often.
  void learn(const OcrPage& page);
  // Chooses among OcrWord::others, and notes in OcrWord::read what was read. Gives the number of words that changed.
  std::size_t correct(OcrPage& page) const;

 private:
  // The word's other reading that the pages have there; null where its own is as good.
  [[nodiscard]] const std::string* better(const std::vector<OcrWord>& words, std::size_t i) const;
  [[nodiscard]] std::uint32_t pages_with(const std::string& first, const std::string& second) const;

  std::unordered_map<std::string, std::uint32_t> m_tokens;        // numbers from 1
  std::unordered_map<std::uint64_t, std::uint32_t> m_pages_with;  // by the pair's two numbers
};

}  // namespace sohoa
