// SPDX-License-Identifier: Apache-2.0
// A name that a pen or a seal crosses reads otherwise at every look: each of its words is what the looks say together.
#pragma once

#include "core/name_beginning.hpp"
#include "core/name_search.hpp"
#include "core/ocr_result.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// The last known word and what follows it, if that is more than the line has: Văn Ý for V.
NamePart ending_of(const SeenLine& again, const SeenLine& line);

// Of several readings what they are surest of together, as it was read most surely. Nothing that one of them alone, or
// two hardly, told.
class EndingVotes {
 public:
  void add(NamePart part);
  [[nodiscard]] NamePart winner() const;

 private:
  struct Vote {
    NamePart surest;
    double sum = 0;
  };
  std::map<std::string, Vote> m_votes;  // by key
};

// Puts the parts that were found in the place of what the line has before its known words and for the last of them. A
// name's words are not chosen by their neighbours: those are learnt from laws, where no person is named.
// Gives the place of the name's first word.
std::size_t complete(SeenLine& line, std::size_t known, NamePart beginning, NamePart ending);

// Whether all the readings have the line's words from `first` on, as they are.
bool all_say(const std::vector<SeenLine>& readings, const SeenLine& line, std::size_t first);

// Chooses the words from `first` on among what the line and the readings have in their places. Words of `list` count
// more, and what is no name's word counts for the one that it is near to. Of a word that changed, `read` keeps what was
// read.
void settle(SeenLine& line, std::size_t first, const std::vector<SeenLine>& readings,
            const std::vector<std::string>& list);

// The place of the first of the words before `first` that may all be a name's.
std::size_t name_from(const SeenLine& line, std::size_t first);
// Whether one of the words from `first` on was not read surely, or one between two not at all, so that a search is
// worth its time.
bool may_be_told_otherwise(const SeenLine& line, std::size_t first);
// Puts the name that was found for sure in the place of those words, if it ends as they do; else what was guessed of
// them is doubtful, where the name is another one.
void replace_name(SeenLine& line, std::size_t first, std::optional<FoundName> found);

}  // namespace sohoa
