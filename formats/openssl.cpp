// SPDX-License-Identifier: Apache-2.0
#include "formats/openssl.hpp"

#include "core/text.hpp"

#include <array>
#include <climits>
#include <new>

#include <openssl/err.h>

namespace sohoa {

std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return reason != nullptr ? reason : "unknown cause";
}

MessageDigest::MessageDigest(const EVP_MD* algorithm) : m_context(EVP_MD_CTX_new()) {
  if (!m_context || EVP_DigestInit_ex(m_context.get(), algorithm, nullptr) != 1) {
    throw std::bad_alloc();
  }
}

void MessageDigest::update(std::string_view bytes) { EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }

std::string MessageDigest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(m_context.get(), digest.data(), &size);
  return {digest.begin(), digest.begin() + size};
}

std::string digest_of(const EVP_MD* algorithm, std::string_view bytes) {
  MessageDigest digest(algorithm);
  digest.update(bytes);
  return digest.finish();
}

BioPtr read_only(std::string_view bytes) {
  BioPtr bio(bytes.size() > INT_MAX ? nullptr : BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  if (!bio) {
    throw std::bad_alloc();
  }
  return bio;
}

CertificatePtr share(X509* certificate) {
  if (certificate != nullptr) {
    X509_up_ref(certificate);
  }
  return CertificatePtr(certificate);
}

CertificatesPtr new_certificates() {
  CertificatesPtr certificates(sk_X509_new_null());
  if (!certificates) {
    throw std::bad_alloc();
  }
  return certificates;
}

void append(STACK_OF(X509) * certificates, X509* certificate) {
  if (X509_add_cert(certificates, certificate, X509_ADD_FLAG_UP_REF) != 1) {
    throw std::bad_alloc();
  }
}

void append_all(STACK_OF(X509) * to, const STACK_OF(X509) * from) {
  for (int i = 0; i < sk_X509_num(from); ++i) {
    append(to, sk_X509_value(from, i));
  }
}

std::string common_name(const X509_NAME* name) {
  for (const int part : {NID_commonName, NID_organizationalUnitName, NID_organizationName, NID_pkcs9_emailAddress}) {
    const int index = X509_NAME_get_index_by_NID(name, part, -1);
    if (index < 0) {
      continue;
    }
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (size >= 0) {
      const std::string text(utf8, utf8 + size);
      OPENSSL_free(utf8);
      return to_nfc(text);
    }
  }
  return {};
}

std::string bytes_of(const ASN1_STRING& string) {
  const unsigned char* data = ASN1_STRING_get0_data(&string);
  return {data, data + ASN1_STRING_length(&string)};
}

}  // namespace sohoa
