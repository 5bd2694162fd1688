// SPDX-License-Identifier: Apache-2.0
// Certificates, lists of revoked certificates (RFC 5280) and OCSP answers (RFC 6960) with which signatures are judged.
// Nothing of it is trusted: it is what a file or its user brought along.
#pragma once

#include "core/fs.hpp"
#include "formats/openssl.hpp"

#include <string_view>
#include <vector>

#include <openssl/ocsp.h>

namespace sohoa {

using CrlPtr = std::shared_ptr<X509_CRL>;
using OcspPtr = std::shared_ptr<OCSP_BASICRESP>;

struct ValidationData {
  CertificatesPtr certificates = new_certificates();
  std::vector<CrlPtr> crls = {};
  std::vector<OcspPtr> ocsp = {};

  // DER. What cannot be read, and answers other than "successful", are passed over: they prove nothing.
  void add_certificate(std::string_view der);
  void add_crl(std::string_view der);
  void add_ocsp(std::string_view der);
  // The adbe-revocationInfoArchival attribute (ISO 32000-1, 12.8.3.3.2).
  void add_archival(std::string_view der);
  void add_certificates(const STACK_OF(X509) * more);
  void add(const ValidationData& more);
};

// Whether a certificate with the same bytes is among them.
bool holds(const STACK_OF(X509) * certificates, const X509* certificate);

// Certificates in PEM form. Throws Error(ExitStatus::input, "trust-unreadable") when a file holds none.
CertificatesPtr read_anchors(const std::vector<fs::path>& files);

// Adds lists (PEM or DER) and OCSP answers (DER) from files.
// Throws Error(ExitStatus::input, "revocation-unreadable") when one is neither.
void read_revocation(const std::vector<fs::path>& files, ValidationData& data);

}  // namespace sohoa
