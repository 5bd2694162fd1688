// SPDX-License-Identifier: Apache-2.0
// Detached CMS signatures (RFC 5652) with the signed attributes of CAdES baseline
// (ETSI EN 319 122-1): made, and judged.
#pragma once

#include "core/clock.hpp"
#include "formats/openssl.hpp"
#include "formats/signature_scheme.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Who signs; none is owned. `key` may live in a file or in a token.
struct CmsSigner {
  EVP_PKEY* key;
  X509* certificate;
  STACK_OF(X509) * chain;  // issuers to embed
  const EVP_MD* digest;
  SignatureScheme::Padding padding;  // of an RSA key
};

// DER with exactly one SignerInfo (ISO 19005-2, 6.4.3). `digest`: of the signed bytes, by the signer's algorithm.
// Throws Error(ExitStatus::signing_unavailable).
std::string make_cms(const CmsSigner& signer, const std::string& digest);

// No signature of that signer is longer (bytes of DER). The key is not used.
std::size_t cms_size_limit(const CmsSigner& signer);

enum class CmsContent {
  detached,       // adbe.pkcs7.detached, ETSI.CAdES.detached
  embedded_sha1,  // adbe.pkcs7.sha1: the content is the SHA-1 of the signed bytes
  time_stamp,     // the content is a TSTInfo (RFC 3161), and the digest is of it
};

// What a CMS signature proves. Pointers are null when it could not be read that far.
struct CmsVerdict {
  std::string digest_method;  // "SHA-256"
  bool digest_valid = false;
  bool signature_valid = false;
  CertificatePtr signer;
  CertificatesPtr certificates;  // all that it embeds
  std::string sub;               // the sub-indication of EN 319 102-1, "" when both hold
  std::string reason;            // "" when both hold
  std::string content;           // of a time-stamp
  std::string signature;         // the value, which a signature time-stamp is of
  // DER of what it brings along, believed by nobody yet.
  std::vector<std::string> time_stamps;  // signature-time-stamp (EN 319 122-1, 5.3)
  std::vector<std::string> crls;
  std::vector<std::string> archivals;  // adbe-revocationInfoArchival
};

// Computes the digest of the signed bytes with the given algorithm.
using BytesDigest = std::function<std::string(const EVP_MD*)>;

// `der` may have padding behind it. `needs_signing_certificate`: CAdES demands the attribute
// signing-certificate or -v2; where it is present it must always name the signer.
CmsVerdict check_cms(std::string_view der, CmsContent content, bool needs_signing_certificate,
                     const BytesDigest& digest);

// RFC 5035 and RFC 2634: an attribute names the certificate, so that no other with the same key can take its place.
// A clause when signing-certificate or -v2 is unreadable, names another, or is `needed` and missing; else "".
std::string signing_certificate_fault(CMS_SignerInfo* info, X509* signer, const STACK_OF(X509) * certificates,
                                      bool needed);

// The certificate of the only signer; null when there is none.
CertificatePtr cms_signer(std::string_view der);

// Whether `when` lies within the certificate's validity.
bool valid_at(const X509* certificate, Time when);

// "SHA-256"
std::string digest_name(const EVP_MD* algorithm);

}  // namespace sohoa
