// SPDX-License-Identifier: Apache-2.0
#include "formats/cms_stamp.hpp"

#include "core/error.hpp"
#include "formats/openssl.hpp"

namespace sohoa {
namespace {

CmsPtr cms_of(std::string_view der) {
  const unsigned char* at = octets(der);
  CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  openssl_reason();
  return cms && OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed ? std::move(cms) : nullptr;
}

CMS_SignerInfo* only_signer(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* infos = cms != nullptr ? CMS_get0_SignerInfos(cms) : nullptr;
  return sk_CMS_SignerInfo_num(infos) == 1 ? sk_CMS_SignerInfo_value(infos, 0) : nullptr;
}

}  // namespace

std::string signature_value(std::string_view cms) {
  const CmsPtr parsed = cms_of(cms);
  CMS_SignerInfo* info = only_signer(parsed.get());
  return info != nullptr ? bytes_of(*CMS_SignerInfo_get0_signature(info)) : "";
}

std::string with_stamp(const std::string& cms, const std::string& token) {
  const CmsPtr parsed = cms_of(cms);
  CMS_SignerInfo* info = only_signer(parsed.get());
  if (info == nullptr || CMS_unsigned_add1_attr_by_NID(info, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                                       token.data(), static_cast<int>(token.size())) != 1) {
    throw Error(ExitStatus::signing_unavailable, "cms-failed",
                "cannot put a time-stamp into a signature: " + openssl_reason(), "look at the key's certificate");
  }
  return der_of<i2d_CMS_ContentInfo>(parsed.get());
}

std::string stamp_in(std::string_view cms) {
  const CmsPtr parsed = cms_of(cms);
  CMS_SignerInfo* info = only_signer(parsed.get());
  const auto* token = info == nullptr ? nullptr
                                      : static_cast<const ASN1_STRING*>(CMS_unsigned_get0_data_by_OBJ(
                                            info, OBJ_nid2obj(NID_id_smime_aa_timeStampToken), -3, V_ASN1_SEQUENCE));
  return token != nullptr ? bytes_of(*token) : "";
}

}  // namespace sohoa
