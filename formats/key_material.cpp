// SPDX-License-Identifier: Apache-2.0
#include "formats/key_material.hpp"

#include "formats/cms.hpp"

#include <openssl/x509v3.h>

namespace sohoa {

std::optional<Error> why_not(const std::string& place, X509* certificate, Time now) {
  const auto refused = [&place](const char* id, const std::string& what, const std::string& remedy) {
    return Error(ExitStatus::signing_unavailable, id, place + " " + what, remedy);
  };
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  const int type = key == nullptr ? EVP_PKEY_NONE : EVP_PKEY_get_base_id(key);
  if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC) {
    return refused("key-type", "holds a key that is neither RSA nor ECDSA", "use an RSA or ECDSA key");
  }
  if (!valid_at(certificate, now)) {
    return refused("key-expired", "has a certificate that is not valid at " + iso_utc(now),
                   "ask the certification authority for a new one");
  }
  const std::uint32_t usage = X509_get_key_usage(certificate);  // all bits set when the extension is missing
  if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
    return refused("key-usage", "has a certificate that is not meant for signing",
                   "use the key whose certificate allows digitalSignature or nonRepudiation");
  }
  return std::nullopt;
}

}  // namespace sohoa
