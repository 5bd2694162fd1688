// SPDX-License-Identifier: Apache-2.0
#include "formats/cms.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include <openssl/ess.h>
#include <openssl/rsa.h>

namespace sohoa {
namespace {

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpenSslFree<X509_ALGOR_free>>;
using PssParametersPtr = std::unique_ptr<RSA_PSS_PARAMS, OpenSslFree<RSA_PSS_PARAMS_free>>;

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

bool pads_by_pss(const CmsSigner& signer) {
  return signer.padding == SignatureScheme::Padding::pss &&
         EVP_PKEY_get_base_id(X509_get0_pubkey(signer.certificate)) == EVP_PKEY_RSA;
}

std::string sign(const CmsSigner& signer, const std::string& bytes) {
  const DigestContextPtr context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* way = nullptr;  // the context's
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), &way, signer.digest, nullptr, signer.key) != 1 ||
      (pads_by_pss(signer) && (EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING) != 1 ||
                               EVP_PKEY_CTX_set_rsa_pss_saltlen(way, RSA_PSS_SALTLEN_DIGEST) != 1)) ||
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

// RFC 4055, 3.1, as RFC 4056 wants it: digest, MGF1 with the same, salt as long; the trailer is the default.
void name_pss(X509_ALGOR* algorithm, const EVP_MD* digest) {
  const PssParametersPtr parameters(RSA_PSS_PARAMS_new());
  const auto make = [digest](X509_ALGOR*& place) {
    place = X509_ALGOR_new();
    if (place != nullptr) {
      X509_ALGOR_set_md(place, digest);
    }
    return place != nullptr;
  };
  ASN1_STRING* hash = nullptr;
  ASN1_STRING* packed = nullptr;
  X509_ALGOR* mask_hash = nullptr;
  if (!parameters || !make(parameters->hashAlgorithm) || !make(mask_hash)) {
    throw std::bad_alloc();
  }
  const AlgorithmPtr mask_owner(mask_hash);
  parameters->maskGenAlgorithm = X509_ALGOR_new();
  parameters->saltLength = ASN1_INTEGER_new();
  if (parameters->maskGenAlgorithm == nullptr || parameters->saltLength == nullptr ||
      ASN1_INTEGER_set(parameters->saltLength, EVP_MD_get_size(digest)) != 1 ||
      ASN1_item_pack(mask_hash, ASN1_ITEM_rptr(X509_ALGOR), &hash) == nullptr ||
      X509_ALGOR_set0(parameters->maskGenAlgorithm, OBJ_nid2obj(NID_mgf1), V_ASN1_SEQUENCE, hash) != 1 ||
      ASN1_item_pack(parameters.get(), ASN1_ITEM_rptr(RSA_PSS_PARAMS), &packed) == nullptr ||
      X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_rsassaPss), V_ASN1_SEQUENCE, packed) != 1) {
    throw cms_failed("naming its algorithm");
  }
}

// Everything but the signature value. The certificate's public key stands for the private one, which may be on a token.
CmsPtr prepare(const CmsSigner& signer, const std::string& digest) {
  constexpr unsigned flags =
      CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;  // CADES: signing-certificate-v2
  CmsPtr cms(CMS_sign(nullptr, nullptr, signer.chain, nullptr, flags));
  CMS_SignerInfo* info =
      cms ? CMS_add1_signer(cms.get(), signer.certificate, X509_get0_pubkey(signer.certificate), signer.digest, flags)
          : nullptr;
  if (info == nullptr ||
      CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) != 1 ||
      CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.data(),
                                  static_cast<int>(digest.size())) != 1) {
    throw cms_failed("preparing its attributes");
  }
  if (pads_by_pss(signer)) {
    X509_ALGOR* algorithm = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, nullptr, nullptr, &algorithm);
    name_pss(algorithm, signer.digest);
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
  set_signature(cms.get(), sign(signer, signed_attributes(signer_info(cms.get()))));
  return der_of(cms.get());
}

std::size_t cms_size_limit(const CmsSigner& signer) {
  const CmsPtr cms = prepare(signer, std::string(static_cast<std::size_t>(EVP_MD_get_size(signer.digest)), '\0'));
  set_signature(cms.get(),
                std::string(static_cast<std::size_t>(EVP_PKEY_get_size(X509_get0_pubkey(signer.certificate))), '\0'));
  return der_of(cms.get()).size();
}

}  // namespace sohoa
