// SPDX-License-Identifier: Apache-2.0
// Whether a certificate was revoked, as its issuer says: OCSP (RFC 6960) and lists (RFC 5280, 5), checked before they
// are believed.
#pragma once

#include "core/clock.hpp"
#include "formats/openssl.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Where a certificate says that its issuer answers (RFC 5280, 4.2.1.13 and 4.2.2.1); http and https only.
std::vector<std::string> ocsp_urls(X509* certificate);
std::vector<std::string> crl_urls(X509* certificate);
std::vector<std::string> issuer_urls(X509* certificate);

enum class Revocation { good, revoked, unknown };

struct RevocationAnswer {
  enum class Kind { ocsp, crl };
  Kind kind = Kind::ocsp;
  std::string der;  // the OCSPResponse, or the CertificateList
  Revocation status = Revocation::unknown;
  Time revoked_at{};           // revoked only
  Time issued{};               // thisUpdate
  std::optional<Time> next;    // nextUpdate
  CertificatePtr responder;    // ocsp: who signed
  CertificatesPtr responders;  // ocsp: all certificates that came with it

  // thisUpdate … nextUpdate, with five minutes for clocks that differ.
  [[nodiscard]] bool current(Time now) const;
};

// A question about one certificate.
class OcspQuestion {
 public:
  OcspQuestion(X509* certificate, X509* issuer);
  OcspQuestion(OcspQuestion&&) noexcept;
  ~OcspQuestion();
  [[nodiscard]] const std::string& der() const;
  // Throws Error(ExitStatus::signing_unavailable, "revocation-wrong") with a clause unless the answer is about the
  // certificate, holds the question's nonce or none, and is signed by the issuer or by whom it delegated this to
  // (RFC 6960, 4.2.2.2). Whether it is current is not asked.
  [[nodiscard]] RevocationAnswer read(std::string_view der) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

// Nothing when the response, of whatever question, does not speak soundly of the certificate.
std::optional<RevocationAnswer> ocsp_about(X509* certificate, X509* issuer, std::string_view der);

// What a list says of a certificate. Throws Error(ExitStatus::signing_unavailable, "revocation-wrong") unless it is the
// issuer's own complete list.
RevocationAnswer crl_about(X509* certificate, X509* issuer, std::string_view der);

// Its responder's word needs no check of its own (RFC 6960, 4.2.2.2.1).
bool has_ocsp_nocheck(X509* certificate);

}  // namespace sohoa
