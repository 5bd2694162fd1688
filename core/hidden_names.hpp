// SPDX-License-Identifier: Apache-2.0
// Names of signers that begin under a seal or a pen's stroke. Of such a name the recognizer gives the last words; the
// first are read again, in the place that they must have below the signer's title (NĐ 30/2020, App. I, box 7).
#pragma once

#include "core/ocr_result.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace sohoa {

struct HiddenName {
  std::size_t line = 0;   // in page.lines
  std::size_t known = 0;  // the word of the line from which on the name is read surely
  Box box;                // that the whole name has, in the upright frame
  bool whole = false;     // nothing is missing: it begins with a family name
};

// Of lines that a seal or a signature touches. `surnames`: the family names that a name begins with, the commonest
// first.
std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks,
                                     const std::vector<std::string>& surnames);

struct NameBeginning {
  std::vector<SeenWord> words;
  std::string surname;
  double certainty = 0;  // 0 … 1; 0: none was found
};

// The words before the known ones in another reading of the name's box, from one that is a family name or near one on;
// its `read` keeps what was read. A rank or a degree may stand before it.
NameBeginning beginning_of(const SeenLine& again, const SeenLine& line, std::size_t known,
                           const std::vector<std::string>& surnames);

// Of several readings the family name that they are surest of together, as it was read most surely.
class BeginningVotes {
 public:
  void add(NameBeginning beginning);
  [[nodiscard]] NameBeginning winner() const;

 private:
  struct Vote {
    NameBeginning surest;
    double sum = 0;
  };
  std::map<std::string, Vote> m_votes;  // by family name
};

// Puts the beginning in the place of what the line has before its known words. A name's words are not chosen by their
// neighbours: those are learnt from laws, where no person is named.
void complete(SeenLine& line, std::size_t known, NameBeginning beginning);

}  // namespace sohoa
