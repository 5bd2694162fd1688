// SPDX-License-Identifier: Apache-2.0
// A certificate judged as EN 319 102-1, 5.2.6 does: its path to what the user trusts, and that nobody on it was
// revoked.
#pragma once

#include "formats/certificate_path.hpp"
#include "formats/validation_data.hpp"

#include <optional>
#include <string>

namespace sohoa {

// What judging goes by; nothing is owned.
struct Trust {
  STACK_OF(X509) * anchors;    // empty: nobody is trusted, and no path is checked
  const ValidationData* data;  // what there is of issuers, lists and answers
  Time now;
};

struct CertificateVerdict {
  // Also REVOKED_NO_POE, REVOKED_CA_NO_POE; TRY_LATER when the status of one that can be asked for is not known.
  Verdict verdict;
  std::string path = "not-checked";  // trusted | untrusted | expired | not-checked
  std::string revocation =
      "not-checked";                    // of it: good | revoked | unknown | not-offered (names no source) | not-checked
  std::optional<Time> revoked_at = {};  // also when that was after `when`
  std::string cause = {};               // why, when told
  CertificatesPtr chain = new_certificates();
};

CertificateVerdict judge_certificate(X509* certificate, const Trust& trust, Time when, PathUse use);

}  // namespace sohoa
