// SPDX-License-Identifier: Apache-2.0
// Whether a certificate was revoked, by OCSP answers (RFC 6960) and lists (RFC 5280, 6.3) that somebody brought along.
#pragma once

#include "core/clock.hpp"
#include "formats/validation_data.hpp"

#include <optional>
#include <string>

namespace sohoa {

struct RevocationStatus {
  enum class Kind { good, revoked, unknown };
  Kind kind = Kind::unknown;
  std::optional<Time> revoked_at = {};  // also when it was revoked only after `when`, and the kind is good
  std::string cause = {};               // CRLReason in words, "" when not told
  std::string why_unknown = {};         // a clause
};

// The status at `when`. Only what `issuer`, or a responder that it delegated, signed counts; the responder's
// certificate must be valid when the answer was made, its own revocation is not asked. Evidence speaks for `when` if it
// was issued later, or earlier and its next issue comes later; one issued after the certificate's end does not, because
// lists may drop what has expired. One that names a revocation before `when` outweighs any that says good.
RevocationStatus revocation_of(X509* certificate, X509* issuer, const ValidationData& data, Time when);

// The certificate says where its status can be asked for: a list or a responder.
bool names_revocation_source(const X509* certificate);

}  // namespace sohoa
