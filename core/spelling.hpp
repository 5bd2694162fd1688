// SPDX-License-Identifier: Apache-2.0
// How a document spells a name: a place stands in the head, in the date's line and in the text, and is not read wrong
// in all of them.
#pragma once

#include "core/extract.hpp"
#include "core/ocr_text.hpp"

#include <map>
#include <string>

namespace sohoa {

class Spelling {
 public:
  // Takes note of the names on a page: two to four words in a row that begin with capitals.
  void learn(const OcrPage& page);
  // Two and more words of the value that all of the document spells otherwise, in marks or blanks, with more certainty
  // than they were read with here, are written so, in the value's case. Adds the repair "elsewhere".
  void correct(FoundField& field) const;

 private:
  // Letters without marks and blanks: spellings in lower case, and the sum of their confidences.
  std::map<std::string, std::map<std::string, double>> m_spellings;
};

}  // namespace sohoa
