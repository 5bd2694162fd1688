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
  Box box;                // that the whole name may have, in the upright frame
  bool begins_hidden = false;
  bool ends_hidden = false;  // a pen goes over its end
};

// Of lines that a seal or a signature touches, whole ones among them. `surnames`: the family names that a name begins
// with, the commonest first.
std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks,
                                     const std::vector<std::string>& surnames);

// How a name is looked at again: the darkest ink, all there is, what is not thin, what is bold.
enum class NameLook { ink, all, without_thin, bold };
// In the order that is worth trying; less for one of which only the end may be hidden.
std::vector<NameLook> name_looks(const HiddenName& name);

// What another reading of the name's box has of it.
struct NamePart {
  std::vector<SeenWord> words;
  std::string key;       // what readings of the same have in common
  double certainty = 0;  // 0 … 1; 0: none was found
};

// The words before the known ones, from one that is a family name or near one on (the key); its `read` keeps what was
// read. A rank or a degree may stand before it.
NamePart beginning_of(const SeenLine& again, const SeenLine& line, std::size_t known,
                      const std::vector<std::string>& surnames);

// The last known word and what follows it, if that is more than the line has: Văn Ý for V.
NamePart ending_of(const SeenLine& again, const SeenLine& line);

// Of several readings what they are surest of together, as it was read most surely. Nothing that one of them alone, or
// two hardly, told.
class NameVotes {
 public:
  void add(NamePart part);
  [[nodiscard]] NamePart winner() const;
  // Two and more, and none told anything else: others need not be asked.
  [[nodiscard]] bool agree() const;

 private:
  struct Vote {
    NamePart surest;
    double sum = 0;
  };
  std::map<std::string, Vote> m_votes;  // by key
};

// Puts the parts that were found in the place of what the line has before its known words and for the last of them. A
// name's words are not chosen by their neighbours: those are learnt from laws, where no person is named.
void complete(SeenLine& line, std::size_t known, NamePart beginning, NamePart ending);

}  // namespace sohoa
