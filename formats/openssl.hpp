// SPDX-License-Identifier: Apache-2.0
// OpenSSL's objects with owners, and its error queue as words.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

namespace sohoa {

template <auto Release>
struct OpenSslFree {
  template <class T>
  void operator()(T* object) const noexcept {
    Release(object);
  }
};

inline void free_certificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }

using BioPtr = std::unique_ptr<BIO, OpenSslFree<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using CertificatesPtr = std::unique_ptr<STACK_OF(X509), OpenSslFree<free_certificates>>;
using CmsPtr = std::unique_ptr<CMS_ContentInfo, OpenSslFree<CMS_ContentInfo_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, OpenSslFree<EVP_MD_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpenSslFree<X509_STORE_CTX_free>>;
using StorePtr = std::unique_ptr<X509_STORE, OpenSslFree<X509_STORE_free>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, OpenSslFree<PKCS12_free>>;

// What went wrong last, in OpenSSL's words, or "unknown cause". Empties the queue.
std::string openssl_reason();

// A digest of bytes that come piece by piece.
class MessageDigest {
 public:
  explicit MessageDigest(const EVP_MD* algorithm);
  void update(std::string_view bytes);
  // The raw digest; the object is spent afterwards.
  std::string finish();

 private:
  DigestContextPtr m_context;
};
std::string digest_of(const EVP_MD* algorithm, std::string_view bytes);

// A BIO that reads `bytes`, which must outlive it.
BioPtr read_only(std::string_view bytes);
// Owns one more reference to the certificate.
CertificatePtr share(X509* certificate);
CertificatesPtr new_certificates();
// Adds one more reference to `certificate`.
void append(STACK_OF(X509) * certificates, X509* certificate);

// Each of them, with one more reference; `from` may be null.
void append_all(STACK_OF(X509) * to, const STACK_OF(X509) * from);

// DER of what OpenSSL's `Encode` (i2d_…) encodes; "" when it cannot.
template <auto Encode, class T>
std::string der_of(T* object) {
  unsigned char* der = nullptr;
  const int size = Encode(object, &der);
  std::string bytes(der, der + (size > 0 ? size : 0));
  OPENSSL_free(der);
  return bytes;
}

// The name's CN in UTF-8 (NFC); without one its most telling other part.
std::string common_name(const X509_NAME* name);

inline const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
std::string bytes_of(const ASN1_STRING& string);

}  // namespace sohoa
