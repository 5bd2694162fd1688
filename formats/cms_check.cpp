// SPDX-License-Identifier: Apache-2.0
#include "formats/cms.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/ess.h>

namespace sohoa {
namespace {

using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, OpenSslFree<EVP_PKEY_CTX_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpenSslFree<ASN1_OBJECT_free>>;
using EssPtr = std::unique_ptr<ESS_SIGNING_CERT, OpenSslFree<ESS_SIGNING_CERT_free>>;
using EssV2Ptr = std::unique_ptr<ESS_SIGNING_CERT_V2, OpenSslFree<ESS_SIGNING_CERT_V2_free>>;

constexpr const char* k_changed = "the signed bytes were changed";

// Null for an algorithm that OpenSSL does not know, or knows by name but no longer computes.
const EVP_MD* digest_algorithm(CMS_SignerInfo* info) {
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &algorithm, nullptr);
  const EVP_MD* method = EVP_get_digestbyobj(algorithm->algorithm);
  const DigestContextPtr context(EVP_MD_CTX_new());
  return method != nullptr && EVP_DigestInit_ex(context.get(), method, nullptr) == 1 ? method : nullptr;
}

const ASN1_STRING* attribute(CMS_SignerInfo* info, int nid, int type) {
  return static_cast<const ASN1_STRING*>(CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(nid), -3, type));
}

// A signature without signed attributes is over the content's digest itself (RFC 5652, 5.4).
bool verify_plain(CMS_SignerInfo* info, X509* signer, const EVP_MD* algorithm, const std::string& digest) {
  const PkeyContextPtr context(EVP_PKEY_CTX_new(X509_get0_pubkey(signer), nullptr));
  const std::string signature = bytes_of(*CMS_SignerInfo_get0_signature(info));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), algorithm) == 1 &&
         EVP_PKEY_verify(context.get(), octets(signature), signature.size(), octets(digest), digest.size()) == 1;
}

// The digest that the message-digest attribute or the signature must hold, or "" with a reason.
std::string content_digest(CMS_ContentInfo* cms, CmsContent content, const EVP_MD* algorithm, const BytesDigest& digest,
                           std::string& reason) {
  ASN1_OCTET_STRING** embedded = CMS_get0_content(cms);
  const bool has_content = embedded != nullptr && *embedded != nullptr && ASN1_STRING_length(*embedded) > 0;
  if (content == CmsContent::time_stamp) {
    reason = has_content ? "" : "it embeds nothing";
    return has_content ? digest_of(algorithm, bytes_of(**embedded)) : "";
  }
  if (content == CmsContent::detached) {
    reason = has_content ? "it embeds content where it should be detached" : "";
    return has_content ? "" : digest(algorithm);
  }
  if (!has_content || bytes_of(**embedded) != digest(EVP_sha1())) {
    reason = has_content ? k_changed : "it does not embed the SHA-1 of the signed bytes";
    return {};
  }
  return digest_of(algorithm, bytes_of(**embedded));
}

// RFC 5652, 11.1: the attribute content-type says what was signed; without it a signature could be moved onto another
// kind.
bool names_its_content(CMS_ContentInfo* cms, CMS_SignerInfo* info) {
  const void* stated = CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
  return stated != nullptr && OBJ_cmp(static_cast<const ASN1_OBJECT*>(stated), CMS_get0_eContentType(cms)) == 0;
}

void judge(CMS_ContentInfo* cms, CMS_SignerInfo* info, CmsContent content, bool needs_signing_certificate,
           const BytesDigest& digest, CmsVerdict& verdict) {
  const EVP_MD* algorithm = digest_algorithm(info);
  if (algorithm == nullptr) {
    verdict.reason = "its digest algorithm is unknown";
    verdict.sub = "CRYPTO_CONSTRAINTS_FAILURE";
    return;
  }
  verdict.digest_method = digest_name(content == CmsContent::embedded_sha1 ? EVP_sha1() : algorithm);
  const std::string actual = content_digest(cms, content, algorithm, digest, verdict.reason);
  if (actual.empty()) {
    verdict.sub = verdict.reason == k_changed ? "HASH_FAILURE" : "FORMAT_FAILURE";
    return;
  }
  if (CMS_signed_get_attr_count(info) > 0) {
    const ASN1_STRING* stated = attribute(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
    verdict.digest_valid = stated != nullptr && bytes_of(*stated) == actual;
    verdict.signature_valid = verdict.digest_valid && CMS_SignerInfo_verify(info) == 1;
  } else {
    verdict.digest_valid = verdict.signature_valid = verify_plain(info, verdict.signer.get(), algorithm, actual);
  }
  if (!verdict.digest_valid) {
    verdict.reason = k_changed;
    verdict.sub = "HASH_FAILURE";
  } else if (!verdict.signature_valid) {
    verdict.reason = "the certificate's key did not make this signature: " + openssl_reason();
    verdict.sub = "SIG_CRYPTO_FAILURE";
  } else if (CMS_signed_get_attr_count(info) > 0 && !names_its_content(cms, info)) {
    verdict.reason = "its attribute content-type does not name what was signed";
    verdict.sub = "FORMAT_FAILURE";
  } else {
    verdict.reason =
        signing_certificate_fault(info, verdict.signer.get(), verdict.certificates.get(), needs_signing_certificate);
    verdict.sub = verdict.reason.empty() ? "" : "SIG_CONSTRAINTS_FAILURE";
  }
  verdict.signature_valid = verdict.sub.empty();
}

inline void free_crls(STACK_OF(X509_CRL) * crls) { sk_X509_CRL_pop_free(crls, X509_CRL_free); }
using CrlsPtr = std::unique_ptr<STACK_OF(X509_CRL), OpenSslFree<free_crls>>;

void take_values(X509_ATTRIBUTE* found, std::vector<std::string>& values) {
  for (int i = 0; i < X509_ATTRIBUTE_count(found); ++i) {
    const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(found, i);
    if (value != nullptr && value->type == V_ASN1_SEQUENCE) {
      values.push_back(bytes_of(*value->value.sequence));
    }
  }
}

void take_along(CMS_ContentInfo* cms, CMS_SignerInfo* info, CmsVerdict& verdict) {
  ASN1_OCTET_STRING** content = CMS_get0_content(cms);
  if (OBJ_obj2nid(CMS_get0_eContentType(cms)) == NID_id_smime_ct_TSTInfo && content != nullptr && *content != nullptr) {
    verdict.content = bytes_of(**content);
  }
  verdict.signature = bytes_of(*CMS_SignerInfo_get0_signature(info));
  const CrlsPtr crls(CMS_get1_crls(cms));
  for (int i = 0; i < sk_X509_CRL_num(crls.get()); ++i) {
    verdict.crls.push_back(der_of<i2d_X509_CRL>(sk_X509_CRL_value(crls.get(), i)));
  }
  for (int at = -1; (at = CMS_unsigned_get_attr_by_NID(info, NID_id_smime_aa_timeStampToken, at)) >= 0;) {
    take_values(CMS_unsigned_get_attr(info, at), verdict.time_stamps);
  }
  const ObjectPtr archival(OBJ_txt2obj("1.2.840.113583.1.1.8", 1));
  for (int at = -1; (at = CMS_signed_get_attr_by_OBJ(info, archival.get(), at)) >= 0;) {
    take_values(CMS_signed_get_attr(info, at), verdict.archivals);
  }
  ERR_clear_error();
}

}  // namespace

std::string digest_name(const EVP_MD* algorithm) {
  const std::string name = OBJ_nid2sn(EVP_MD_get_type(algorithm));  // "SHA256"
  const bool plain = name.starts_with("SHA") && name.find('-') == std::string::npos;
  return plain ? "SHA-" + name.substr(3) : name;
}

std::string signing_certificate_fault(CMS_SignerInfo* info, X509* signer, const STACK_OF(X509) * certificates,
                                      bool needed) {
  const ASN1_STRING* v1 = attribute(info, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
  const ASN1_STRING* v2 = attribute(info, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  const unsigned char* at = v1 != nullptr ? ASN1_STRING_get0_data(v1) : nullptr;
  const EssPtr ess(v1 != nullptr ? d2i_ESS_SIGNING_CERT(nullptr, &at, ASN1_STRING_length(v1)) : nullptr);
  at = v2 != nullptr ? ASN1_STRING_get0_data(v2) : nullptr;
  const EssV2Ptr ess_v2(v2 != nullptr ? d2i_ESS_SIGNING_CERT_V2(nullptr, &at, ASN1_STRING_length(v2)) : nullptr);
  if ((v1 != nullptr && !ess) || (v2 != nullptr && !ess_v2)) {
    return "its signing-certificate attribute cannot be read";
  }
  if (!ess && !ess_v2) {
    return needed ? "its signing-certificate attribute is missing" : "";
  }
  const CertificatesPtr chain = new_certificates();
  append(chain.get(), signer);
  append_all(chain.get(), certificates);
  const bool named = OSSL_ESS_check_signing_certs(ess.get(), ess_v2.get(), chain.get(), needed ? 1 : 0) > 0;
  return named ? "" : "its signing-certificate attribute names another certificate: " + openssl_reason();
}

CmsVerdict check_cms(std::string_view der, CmsContent content, bool needs_signing_certificate,
                     const BytesDigest& digest) {
  CmsVerdict verdict;
  verdict.sub = "FORMAT_FAILURE";
  verdict.certificates = new_certificates();
  const BioPtr bio = read_only(der);
  const CmsPtr cms(d2i_CMS_bio(bio.get(), nullptr));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) {
    verdict.reason = "Contents holds no CMS signature: " + openssl_reason();
    return verdict;
  }
  if (CertificatesPtr embedded{CMS_get1_certs(cms.get())}) {
    verdict.certificates = std::move(embedded);
  }
  STACK_OF(CMS_SignerInfo)* infos = CMS_get0_SignerInfos(cms.get());
  if (sk_CMS_SignerInfo_num(infos) != 1) {
    verdict.reason = "the CMS holds " + std::to_string(std::max(sk_CMS_SignerInfo_num(infos), 0)) +
                     " signers where PDF wants exactly one";
    return verdict;
  }
  CMS_SignerInfo* info = sk_CMS_SignerInfo_value(infos, 0);
  CMS_set1_signers_certs(cms.get(), nullptr, 0);
  X509* signer = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, &signer, nullptr, nullptr);
  verdict.signer = share(signer);
  if (!verdict.signer) {
    verdict.reason = "the signer's certificate is not in the CMS";
    verdict.sub = "NO_SIGNING_CERTIFICATE_FOUND";
    return verdict;
  }
  verdict.sub.clear();
  take_along(cms.get(), info, verdict);
  judge(cms.get(), info, content, needs_signing_certificate, digest, verdict);
  return verdict;
}

CertificatePtr cms_signer(std::string_view der) {
  return check_cms(der, CmsContent::detached, false, [](const EVP_MD*) { return std::string(1, '\0'); }).signer;
}

bool valid_at(const X509* certificate, Time when) {
  std::time_t seconds = when.time_since_epoch().count();
  return X509_cmp_time(X509_get0_notBefore(certificate), &seconds) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate), &seconds) > 0;
}

}  // namespace sohoa
