// SPDX-License-Identifier: Apache-2.0
// The path from a certificate to a trusted one (RFC 5280, 6; EN 319 102-1, 5.2.6), revocation aside.
#pragma once

#include "core/clock.hpp"
#include "formats/openssl.hpp"
#include "formats/verdict.hpp"

#include <string>

namespace sohoa {

enum class PathUse {
  signature,   // the key usage must allow signatures of content, where it is stated
  time_stamp,  // RFC 3161, 2.3: timeStamping, critical, and nothing else
};

struct PathVerdict {
  // NO_CERTIFICATE_CHAIN_FOUND, CHAIN_CONSTRAINTS_FAILURE, or OUT_OF_BOUNDS_NO_POE when only the dates forbid it.
  Verdict verdict;
  std::string path;       // trusted | untrusted | expired
  CertificatesPtr chain;  // the certificate first, the trusted one last; empty unless trusted
};

// At `when`. `known`: issuers that may be on the path; `anchors`: roots or intermediates that end it.
PathVerdict judge_path(X509* certificate, STACK_OF(X509) * known, STACK_OF(X509) * anchors, Time when, PathUse use);

bool expired_at(const X509* certificate, Time when);

}  // namespace sohoa
