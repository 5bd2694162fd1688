// SPDX-License-Identifier: Apache-2.0
#include "formats/certificate_judge.hpp"

#include "formats/revocation_check.hpp"

namespace sohoa {
namespace {

Verdict revocation_verdict(const RevocationStatus& status, const X509* certificate, bool is_leaf) {
  const std::string whose =
      is_leaf ? "the certificate" : "the certificate of " + common_name(X509_get_subject_name(certificate));
  if (status.kind == RevocationStatus::Kind::revoked) {
    return indeterminate(is_leaf ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE",
                         whose + " was revoked at " + iso_utc(*status.revoked_at) +
                             (status.cause.empty() ? "" : " (" + status.cause + ")"));
  }
  if (status.kind == RevocationStatus::Kind::unknown && names_revocation_source(certificate)) {
    return indeterminate("TRY_LATER", "whether " + whose + " was revoked is not known: " + status.why_unknown);
  }
  return {};
}

}  // namespace

CertificateVerdict judge_certificate(X509* certificate, const Trust& trust, Time when, PathUse use) {
  CertificateVerdict result;
  if (sk_X509_num(trust.anchors) <= 0) {
    result.verdict = indeterminate("NO_CERTIFICATE_CHAIN_FOUND", "no trusted certificate was given");
    return result;
  }
  PathVerdict path = judge_path(certificate, trust.data->certificates.get(), trust.anchors, when, use);
  result.verdict = std::move(path.verdict);
  result.path = std::move(path.path);
  result.chain = std::move(path.chain);
  for (int i = 0; i + 1 < sk_X509_num(result.chain.get()); ++i) {
    X509* one = sk_X509_value(result.chain.get(), i);
    const RevocationStatus status = revocation_of(one, sk_X509_value(result.chain.get(), i + 1), *trust.data, when);
    if (i == 0) {
      result.revoked_at = status.revoked_at;
      result.cause = status.cause;
      result.revocation = status.kind == RevocationStatus::Kind::good      ? "good"
                          : status.kind == RevocationStatus::Kind::revoked ? "revoked"
                          : names_revocation_source(one)                   ? "unknown"
                                                                           : "not-offered";
    }
    // A revocation, be it of an issuer, outweighs a status that is not known.
    const Verdict verdict = revocation_verdict(status, one, i == 0);
    if (result.verdict.holds() || (result.verdict.sub == "TRY_LATER" && verdict.sub != "TRY_LATER")) {
      result.verdict = verdict.holds() ? result.verdict : verdict;
    }
  }
  return result;
}

}  // namespace sohoa
