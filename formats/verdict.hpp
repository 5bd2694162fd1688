// SPDX-License-Identifier: Apache-2.0
// What validation says of a signature, after ETSI EN 319 102-1: an indication, and a sub-indication that says why.
#pragma once

#include <string>
#include <string_view>

namespace sohoa {

enum class Indication { valid, indeterminate, invalid };  // TOTAL-PASSED, INDETERMINATE, TOTAL-FAILED
std::string_view to_string(Indication indication);        // "valid" …

// Sub-indications are those of EN 319 102-1, tables 5 and 6 ("HASH_FAILURE"), and two of our own:
//   MODIFIED_AFTER_SIGNING  invalid: a later revision changed what the signature's rules do not let change
//   SUSPECT_MODIFICATION    indeterminate: a later revision laid something visible over pages that it may lay there
struct Verdict {
  Indication indication = Indication::valid;
  std::string sub = {};     // "" when valid
  std::string reason = {};  // a clause; "" when valid

  [[nodiscard]] bool holds() const { return indication == Indication::valid; }
};

Verdict invalid(std::string sub, std::string reason);
Verdict indeterminate(std::string sub, std::string reason);

// Keeps the worse of both in `verdict`; of two that are as bad the first.
void weigh(Verdict& verdict, const Verdict& other);

}  // namespace sohoa
