// SPDX-License-Identifier: Apache-2.0
#include "formats/ocsp_answer.hpp"

#include <openssl/err.h>

namespace sohoa {

bool is_about(const OCSP_SINGLERESP* statement, X509* certificate, X509* issuer) {
  ASN1_OBJECT* algorithm = nullptr;
  auto* asked = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(statement));  // OpenSSL 3.0 wants it so and only reads
  OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, asked);
  const EVP_MD* method = EVP_get_digestbyobj(algorithm);
  const CertIdPtr own(method != nullptr ? OCSP_cert_to_id(method, certificate, issuer) : nullptr);
  ERR_clear_error();
  return own && OCSP_id_cmp(own.get(), asked) == 0;
}

}  // namespace sohoa
