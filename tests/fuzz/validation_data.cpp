// SPDX-License-Identifier: Apache-2.0
// Certificates, lists and OCSP answers of a DSS or of a signature's attribute.
#include "formats/validation_data.hpp"
#include "formats/revocation_check.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view der = fuzz::view(data, size);
  ValidationData found;
  found.add_archival(der);
  found.add_certificate(der);
  found.add_crl(der);
  found.add_ocsp(der);
  for (int i = 0; i < sk_X509_num(found.certificates.get()); ++i) {
    X509* certificate = sk_X509_value(found.certificates.get(), i);
    const RevocationStatus status = revocation_of(certificate, certificate, found, wall_time());
    fuzz::require(status.kind != RevocationStatus::Kind::revoked || status.revoked_at.has_value(),
                  "who is revoked was revoked at some time");
    names_revocation_source(certificate);
  }
  return 0;
}
