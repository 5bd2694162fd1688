// SPDX-License-Identifier: Apache-2.0
#include "formats/timestamp_check.hpp"

#include "formats/certificate_span.hpp"

#include <openssl/err.h>
#include <openssl/ts.h>

namespace sohoa {
namespace {

using TstInfoPtr = std::unique_ptr<TS_TST_INFO, OpenSslFree<TS_TST_INFO_free>>;

TstInfoPtr parsed(const std::string& content) {
  const unsigned char* at = octets(content);
  TstInfoPtr info(d2i_TS_TST_INFO(nullptr, &at, static_cast<long>(content.size())));
  ERR_clear_error();
  return info;
}

Verdict imprint_verdict(TS_TST_INFO* info, const BytesDigest& covered, std::string& algorithm) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const EVP_MD* method = EVP_get_digestbyobj(object);
  const DigestContextPtr usable(EVP_MD_CTX_new());
  if (method == nullptr || EVP_DigestInit_ex(usable.get(), method, nullptr) != 1) {
    ERR_clear_error();
    return indeterminate("CRYPTO_CONSTRAINTS_FAILURE", "the time-stamp's digest algorithm is unknown");
  }
  algorithm = digest_name(method);
  return bytes_of(*TS_MSG_IMPRINT_get_msg(imprint)) == covered(method)
             ? Verdict{}
             : invalid("HASH_FAILURE", "the time-stamp is of other bytes");
}

}  // namespace

Timestamp check_timestamp(std::string_view token, const BytesDigest& covered) {
  Timestamp stamp;
  stamp.cms = check_cms(token, CmsContent::time_stamp, true, [](const EVP_MD*) { return std::string(); });
  const TstInfoPtr info = parsed(stamp.cms.content);
  if (!info) {
    stamp.verdict = invalid(
        "FORMAT_FAILURE", stamp.cms.reason.empty() ? "the time-stamp says no time" : "time-stamp: " + stamp.cms.reason);
    return stamp;
  }
  stamp.time = time_of(TS_TST_INFO_get_time(info.get()));
  stamp.verdict = imprint_verdict(info.get(), covered, stamp.imprint);
  if (stamp.verdict.holds() && !stamp.cms.signature_valid) {
    stamp.verdict = invalid(stamp.cms.sub, "time-stamp: " + stamp.cms.reason);
  }
  return stamp;
}

}  // namespace sohoa
