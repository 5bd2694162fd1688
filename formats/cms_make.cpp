// SPDX-License-Identifier: Apache-2.0
#include "formats/cms.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <vector>

#include <openssl/ess.h>

namespace sohoa {
namespace {

Error cms_failed(const std::string& what) {
  return {ExitStatus::signing_unavailable, "cms-failed", "cannot make a signature: " + what + ": " + openssl_reason(),
          "check the key and its certificate"};
}

// OpenSSL's own signing adds signing-time, which EN 319 142-1 leaves out of the CMS. So the CMS is
// built with CMS_PARTIAL and its attributes are signed here (RFC 5652, 5.4: as DER SET OF).
std::string signed_attributes(CMS_SignerInfo* info) {
  std::vector<std::string> attributes;
  std::size_t size = 0;
  for (int i = 0; i < CMS_signed_get_attr_count(info); ++i) {
    unsigned char* der = nullptr;
    const int length = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &der);
    if (length < 0) {
      throw cms_failed("encoding an attribute");
    }
    attributes.emplace_back(der, der + length);
    OPENSSL_free(der);
    size += attributes.back().size();
  }
  std::sort(attributes.begin(), attributes.end());
  std::string set(static_cast<std::size_t>(ASN1_object_size(1, static_cast<int>(size), V_ASN1_SET)) - size, '\0');
  auto* header = reinterpret_cast<unsigned char*>(set.data());
  ASN1_put_object(&header, 1, static_cast<int>(size), V_ASN1_SET, V_ASN1_UNIVERSAL);
  for (const std::string& attribute : attributes) {
    set += attribute;
  }
  return set;
}

std::string sign(EVP_PKEY* key, const std::string& bytes) {
  const DigestContextPtr context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, octets(bytes), bytes.size()) != 1) {
    throw cms_failed("starting");
  }
  std::string signature(size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(context.get(), out, &size, octets(bytes), bytes.size()) != 1) {
    throw cms_failed("using the private key");
  }
  signature.resize(size);
  return signature;
}

// Everything but the signature value.
CmsPtr prepare(const CmsSigner& signer, const std::string& digest) {
  constexpr unsigned flags =
      CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;  // CADES: signing-certificate-v2
  CmsPtr cms(CMS_sign(nullptr, nullptr, signer.chain, nullptr, flags));
  CMS_SignerInfo* info =
      cms ? CMS_add1_signer(cms.get(), signer.certificate, signer.key, EVP_sha256(), flags) : nullptr;
  if (info == nullptr ||
      CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) != 1 ||
      CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.data(),
                                  static_cast<int>(digest.size())) != 1) {
    throw cms_failed("preparing its attributes");
  }
  return cms;
}

CMS_SignerInfo* signer_info(CMS_ContentInfo* cms) { return sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0); }

void set_signature(CMS_ContentInfo* cms, const std::string& value) {
  if (ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer_info(cms)), octets(value),
                            static_cast<int>(value.size())) != 1) {
    throw cms_failed("storing the signature");
  }
}

std::string der_of(CMS_ContentInfo* cms) {
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &der);
  if (size <= 0) {
    throw cms_failed("encoding");
  }
  std::string bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

std::string make_cms(const CmsSigner& signer, const std::string& digest) {
  const CmsPtr cms = prepare(signer, digest);
  set_signature(cms.get(), sign(signer.key, signed_attributes(signer_info(cms.get()))));
  return der_of(cms.get());
}

std::size_t cms_size_limit(const CmsSigner& signer) {
  const CmsPtr cms = prepare(signer, std::string(32, '\0'));
  set_signature(cms.get(), std::string(static_cast<std::size_t>(EVP_PKEY_get_size(signer.key)), '\0'));
  return der_of(cms.get()).size();
}

}  // namespace sohoa
