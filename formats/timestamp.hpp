// SPDX-License-Identifier: Apache-2.0
// Time-stamp tokens (RFC 3161, 2.4.2): a CMS in which an authority states that it saw a digest at a time.
#pragma once

#include "core/clock.hpp"
#include "formats/openssl.hpp"

#include <string>
#include <string_view>

namespace sohoa {

struct StampToken {
  std::string token;  // DER
  Time time{};
  const EVP_MD* method = nullptr;  // of the imprint; never null
  std::string imprint;             // the digest that it is of
  CertificatePtr authority;        // of who signed it
  CertificatesPtr certificates;    // all that it embeds
};

// `der` may have padding behind it. The signature, the attribute signing-certificate (RFC 5816) and the certificate's
// purpose (extendedKeyUsage critical and timeStamping alone: RFC 3161, 2.3) must hold; the path from the certificate is
// not looked at. Throws Error(ExitStatus::signing_unavailable, "timestamp-wrong") with a clause that says what is not.
StampToken read_stamp(std::string_view der);

}  // namespace sohoa
