// SPDX-License-Identifier: Apache-2.0
// A name of which no look reads every letter, told from what the network held possible at each of its steps along the
// line: the name of known words whose letters are likely there in all the looks together.
#pragma once

#include "core/ocr_result.hpp"
#include "core/person_name.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// One to five words, each as sure as names are that were told where a seal or a pen lies.
struct FoundName {
  SeenLine line;
  double likelihood = 0;  // 0 … 1: a letter's, on average, of what the clearest looks have there
  double certainty = 0;   // 0 … 1: that no other known word stands where one does, of the least certain

  // Enough for more words among those that were read; where nothing was; in the place of what was read badly.
  [[nodiscard]] bool is_possible() const { return likelihood >= 0.3 && certainty >= 0.5; }
  [[nodiscard]] bool is_likely() const { return likelihood >= 0.3 && certainty >= 0.6; }
  [[nodiscard]] bool is_sure() const { return likelihood >= 0.4 && certainty >= 0.6; }
};

class NameSearch {
 public:
  // `lists` outlive it.
  explicit NameSearch(const NameLists& lists) : m_lists(lists) {}

  // A look at the line. Words that may be a name's and were read surely by three looks count as known ones.
  void add(const SeenLine& look);

  // Nothing where nothing was added.
  [[nodiscard]] std::optional<FoundName> winner() const;

 private:
  const NameLists& m_lists;
  std::map<std::string, int> m_read;  // by how many looks
  std::vector<SeenLine> m_looks;
};

}  // namespace sohoa
