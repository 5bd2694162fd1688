// SPDX-License-Identifier: Apache-2.0
// Names of signers that begin under a seal or a pen's stroke. Of such a name the recognizer gives the last words; the
// first are read again, in the place that they must have below the signer's title (NĐ 30/2020, App. I, box 7).
#pragma once

#include "core/ocr_result.hpp"
#include "core/person_name.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {

struct HiddenName {
  std::size_t line = 0;        // in page.lines
  std::size_t known = 0;       // the word of the line from which on the name is read surely
  Box box;                     // that the whole name may have, in the upright frame
  std::optional<double> left;  // where it begins if it stands in the middle below its title
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

// What the readings of a name's box have before its known words: a family name that all of them together are most like
// and that is as wide as its place, and what follows it. `read` of a word keeps what was read. A rank or a degree may
// stand before it.
class NameBeginnings {
 public:
  // `lists` outlive it.
  NameBeginnings(const HiddenName& name, const SeenLine& line, const NameLists& lists);
  void add(const SeenLine& again);
  // Several readings that leave no doubt: others need not be asked.
  [[nodiscard]] bool agree() const;
  // None where one reading alone tells it, or two names are nearly as likely.
  [[nodiscard]] NamePart winner() const;

 private:
  // Each way to take one of a reading's words for the family name, and how likely each name is so at best.
  struct Reading {
    std::vector<std::pair<std::vector<SeenWord>, std::size_t>> ways;
    std::vector<std::pair<double, std::size_t>> surest;  // by name: likeness and way
    void take(const std::vector<double>& like, const std::vector<SeenWord>& words, std::size_t i);
  };
  struct Told {
    std::size_t surname = 0;
    double certainty = 0;  // mean of the readings'
    double margin = 0;     // to the next name of other letters
  };
  [[nodiscard]] Told told() const;

  const NameLists& m_lists;
  std::span<const std::string> m_surnames;
  std::size_t m_most;  // words before the known ones
  double m_right = 0;  // where those begin
  double m_em = 0;     // of their print; 0: the room is unknown
  double m_room = 0;   // in em
  std::vector<Reading> m_readings;
};

// The last known word and what follows it, if that is more than the line has: Văn Ý for V.
NamePart ending_of(const SeenLine& again, const SeenLine& line);

// Of several readings what they are surest of together, as it was read most surely. Nothing that one of them alone, or
// two hardly, told.
class NameVotes {
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

// Takes out lines that hold no more than words of such a name, in its place: it was read in two parts.
void drop_parts_of_names(SeenPage& page, const std::vector<HiddenName>& names);

}  // namespace sohoa
