// SPDX-License-Identifier: Apache-2.0
#include "formats/verdict.hpp"

#include <utility>

namespace sohoa {

std::string_view to_string(Indication indication) {
  return indication == Indication::valid           ? "valid"
         : indication == Indication::indeterminate ? "indeterminate"
                                                   : "invalid";
}

Verdict invalid(std::string sub, std::string reason) {
  return {Indication::invalid, std::move(sub), std::move(reason)};
}

Verdict indeterminate(std::string sub, std::string reason) {
  return {Indication::indeterminate, std::move(sub), std::move(reason)};
}

void weigh(Verdict& verdict, const Verdict& other) {
  if (other.indication > verdict.indication) {
    verdict = other;
  }
}

}  // namespace sohoa
