// SPDX-License-Identifier: Apache-2.0
// The family name of a signer, told from all the readings of a place where a seal or a pen hides it in part.
#pragma once

#include "core/hidden_names.hpp"
#include "core/ocr_result.hpp"
#include "core/person_name.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {

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
  // Of the whole name and what stands before it, in em; 0: unknown.
  [[nodiscard]] double width() const { return m_width; }

 private:
  [[nodiscard]] bool is_other_word(const OcrWord& word) const;

  // Each way to take one of a reading's words for the family name, and how likely each name is so at best.
  struct Reading {
    std::vector<std::pair<std::vector<SeenWord>, std::size_t>> ways;
    std::vector<std::pair<double, std::size_t>> surest;  // by name: likeness and way
    void take(const std::vector<double>& like, const std::vector<SeenWord>& words, std::size_t i);
  };
  struct Told {
    std::size_t surname = 0;
    double certainty = 0;  // mean of the readings'
    double lead = 0;       // over the next name of other letters
  };
  [[nodiscard]] Told told() const;

  const NameLists& m_lists;
  std::span<const std::string> m_surnames;
  std::size_t m_most;  // words before the known ones
  double m_right = 0;  // where those begin
  double m_em = 0;     // of their print; 0: the room is unknown
  double m_room = 0;   // in em
  double m_width = 0;  // of all
  std::vector<Reading> m_readings;
};

}  // namespace sohoa
