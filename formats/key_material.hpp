// SPDX-License-Identifier: Apache-2.0
// What a key file or a token has to sign with.
#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "formats/openssl.hpp"

#include <memory>
#include <optional>
#include <string>

namespace sohoa {

struct KeyMaterial {
  std::shared_ptr<void> token;  // keeps its session; null for files. First, so that the key goes before it
  std::string place;            // "key file k.p12"; begins a sentence
  KeyPtr key;
  CertificatePtr certificate;
  CertificatesPtr others;  // among them the issuers, in any order
};

// Why the key of that certificate may not sign: key-type (neither RSA nor ECDSA), key-expired (against `now`),
// key-usage. Nothing when it may.
std::optional<Error> why_not(const std::string& place, X509* certificate, Time now);

}  // namespace sohoa
