// SPDX-License-Identifier: Apache-2.0
// The baseline levels of PAdES (ETSI EN 319 142-1, 6): what a signature has with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

enum class SignatureLevel {
  b,    // the signature alone
  t,    // a time-stamp proves that it was there
  lt,   // what proves its certificates is in the file
  lta,  // a document time-stamp keeps all of it
};

std::string to_string(SignatureLevel level);  // "B-LT"
// Of an option or a profile: "B", "T", "LT" or "LTA".
std::optional<SignatureLevel> signature_level(std::string_view word);

}  // namespace sohoa
