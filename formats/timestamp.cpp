// SPDX-License-Identifier: Apache-2.0
#include "formats/timestamp.hpp"

#include "core/error.hpp"
#include "formats/certificate_span.hpp"
#include "formats/cms.hpp"

#include <openssl/ts.h>
#include <openssl/x509v3.h>

namespace sohoa {
namespace {

using InfoPtr = std::unique_ptr<TS_TST_INFO, OpenSslFree<TS_TST_INFO_free>>;

Error wrong(const std::string& what) {
  return {ExitStatus::signing_unavailable, "timestamp-wrong", what, "ask the authority that gave it"};
}

std::string signed_content(CMS_ContentInfo* cms) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || CMS_verify(cms, nullptr, nullptr, nullptr, out.get(), CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1) {
    throw wrong("the signature of the time-stamp does not hold: " + openssl_reason());
  }
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

StampToken read_stamp(std::string_view der) {
  const unsigned char* at = octets(der);
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_id_smime_ct_TSTInfo ||
      sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms.get())) != 1) {
    openssl_reason();
    throw wrong("it is no time-stamp of one authority");
  }
  StampToken stamp;
  stamp.token.assign(der.substr(0, static_cast<std::size_t>(at - octets(der))));
  stamp.certificates.reset(CMS_get1_certs(cms.get()));
  if (!stamp.certificates) {
    stamp.certificates = new_certificates();
  }
  const std::string content = signed_content(cms.get());
  CMS_SignerInfo* info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  X509* signer = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, &signer, nullptr, nullptr);
  stamp.authority = share(signer);
  const unsigned char* statement = octets(content);
  const InfoPtr tst(d2i_TS_TST_INFO(nullptr, &statement, static_cast<long>(content.size())));
  if (!tst || !stamp.authority) {
    throw wrong("the time-stamp states nothing: " + openssl_reason());
  }
  if (!signing_certificate_fault(info, signer, stamp.certificates.get(), true).empty()) {
    openssl_reason();
    throw wrong("the time-stamp does not name the certificate that signed it");
  }
  if (X509_check_purpose(signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    throw wrong("it was signed by " + common_name(X509_get_subject_name(signer)) + ", who may not give time-stamps");
  }
  stamp.time = time_of(TS_TST_INFO_get_time(tst.get()));
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(tst.get());
  const ASN1_OBJECT* method = nullptr;
  X509_ALGOR_get0(&method, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  stamp.method = EVP_get_digestbyobj(method);
  const DigestContextPtr context(EVP_MD_CTX_new());
  if (stamp.method == nullptr || EVP_DigestInit_ex(context.get(), stamp.method, nullptr) != 1) {
    openssl_reason();
    throw wrong("the time-stamp is of a digest that is not known");
  }
  stamp.imprint = bytes_of(*TS_MSG_IMPRINT_get_msg(imprint));
  return stamp;
}

}  // namespace sohoa
