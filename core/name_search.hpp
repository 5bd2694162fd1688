// SPDX-License-Identifier: Apache-2.0
// A name of which no look reads every letter, told from what the network held possible at each of its steps along the
// line: the name of known words whose letters are likely there in all the looks together.
#pragma once

#include "core/ocr_result.hpp"
#include "core/person_name.hpp"

#include <optional>
#include <vector>

namespace sohoa {

// Two to four words, each as sure as names are that were told where a seal or a pen lies.
struct FoundName {
  SeenLine line;
  double likelihood = 0;  // 0.2 … 1: a letter's, on average, of what the clearest looks have there
  double certainty = 0;   // 0 … 1: that no other known word stands where one does, of the least certain
  bool after_rank = false;

  // Enough for more words among those that were read; where nothing was; in the place of what was read badly; and in
  // that of what was guessed.
  [[nodiscard]] bool is_possible() const { return likelihood >= 0.3 && certainty >= 0.45; }
  [[nodiscard]] bool is_likely() const { return certainty >= 0.5; }
  [[nodiscard]] bool is_sure() const { return likelihood >= 0.4 && certainty >= 0.6; }
  [[nodiscard]] bool is_certain() const { return certainty >= 0.9; }
};

// The name in the looks at one line; those without steps say no more than what words were read. Words that may be a
// name's and were read surely by three looks count as known ones. Nothing where none is likely or no look has steps.
// `width`: what the name and a rank before it must be wide (core/person_name.hpp), in em; 0: unknown.
std::optional<FoundName> find_name(const std::vector<SeenLine>& looks, const NameLists& lists, double width = 0);

}  // namespace sohoa
