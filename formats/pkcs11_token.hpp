// SPDX-License-Identifier: Apache-2.0
// Keys on tokens (PKCS#11), through libp11. A module is loaded into the process that calls; a token gets one login.
#pragma once

#include "core/clock.hpp"
#include "core/fs.hpp"
#include "formats/key_material.hpp"
#include "formats/secret.hpp"

#include <functional>
#include <string>

namespace sohoa {

// Which key; what is empty is not asked.
struct TokenChoice {
  std::string uri;     // RFC 7512
  fs::path module;     // when the URI names none; neither: p11-kit's proxy
  std::string issuer;  // part of the name of the certificate's issuer
  std::string serial;  // of the certificate, hexadecimal
};

// The PIN of that token. `last_try`: one more wrong PIN locks it. Not asked when the token has its own keypad.
using AskPin = std::function<Secret(const std::string& token, bool last_try)>;

// Logs in, once, with what `ask` gives; a wrong PIN is not tried again. Throws Error(ExitStatus::usage, "pkcs11-uri"),
// and Error(ExitStatus::signing_unavailable):
//   module-missing, module-failed   no PKCS#11 module, or one that does not load
//   token-missing, token-ambiguous  the message lists the tokens that are there
//   pin-wrong, pin-locked
//   key-missing, key-ambiguous      the message lists the certificates: label, id, subject, issuer, serial, valid until
// Of several certificates that fit, those that may not sign at `now` are left out.
KeyMaterial open_token(const TokenChoice& choice, const AskPin& ask, Time now);

}  // namespace sohoa
