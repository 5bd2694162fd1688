// SPDX-License-Identifier: Apache-2.0
// What servers of authorities answer, and files bring along: time-stamp tokens, OCSP responses, lists of revoked
// certificates.
#include "formats/cms_stamp.hpp"
#include "formats/revocation.hpp"
#include "formats/timestamp.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

namespace {

// Its own issuer.
X509* certificate() {
  static const CertificatePtr made = [] {
    CertificatePtr one(X509_new());
    const KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    X509_NAME* name = X509_get_subject_name(one.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, octets("authority"), -1, -1, 0);
    X509_set_issuer_name(one.get(), name);
    ASN1_INTEGER_set(X509_get_serialNumber(one.get()), 1);
    X509_set_pubkey(one.get(), key.get());
    X509_gmtime_adj(X509_getm_notBefore(one.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(one.get()), 3600);
    X509_sign(one.get(), key.get(), EVP_sha256());
    return one;
  }();
  return made.get();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::view(data, size);
  stamp_in(bytes);
  signature_value(bytes);
  fuzz::forgiving([&] {
    const StampToken stamp = read_stamp(bytes);
    fuzz::require(stamp.authority && stamp.method != nullptr, "a sound stamp tells who gave it, and of what");
  });
  fuzz::require(!ocsp_about(certificate(), certificate(), bytes), "nobody answers for a key that was made just now");
  fuzz::forgiving([&] {
    crl_about(certificate(), certificate(), bytes);
    fuzz::require(false, "nobody lists for a key that was made just now");
  });
  return 0;
}
