// SPDX-License-Identifier: Apache-2.0
// From the words on the page to the value of a field, with the repairs that a rule allows.
#pragma once

#include "core/extract_rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct FieldValue {
  std::string value;
  double certainty = 1;              // factor to the confidence: what the repairs leave of it
  std::vector<std::string> repairs;  // "digits", "d-stroke", "abbreviation", "slash", "date"

  // Notes a repair; `factor` counts once for each name.
  void repair(const std::string& name, double factor);
};

// `parts` are the groups of the match, one at least. Nothing when they are no such value.
//   number  digits and at most one letter (NĐ 30/2020, App. I, II.3)
//   symbol  number/notation, the notation's groups joined by "-": "12/QĐ-UBND" (as above)
//   kind    the abbreviation of a heading, or of a notation's first group (NĐ 30/2020, App. III)
//   date    day, month, year of a real day, as YYYY-MM-DD
//   person  a personal identification number of 12 digits: province, sex and century, year of birth (NĐ 137/2015, Art.
//   13) old-person  the number of an older identity card, 9 digits code    groups of digits and of a letter with two
//   digits, joined by dots and hyphens (agencies, dossiers) name    of a person, less sure when it begins with no
//   surname of the profile
// Any other `how` joins the parts with blanks.
std::optional<FieldValue> field_value(const std::string& how, const std::vector<std::string>& parts,
                                      const ExtractRules& rules);

// Of a personal identification number of 12 digits.
int birth_year(const std::string& number);
bool is_woman(const std::string& number);

}  // namespace sohoa
