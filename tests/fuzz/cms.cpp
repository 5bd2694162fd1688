// SPDX-License-Identifier: Apache-2.0
// The CMS in a signature's Contents, its certificates and their path; a time-stamp token is one, too.
#include "formats/cms.hpp"
#include "formats/certificate_path.hpp"
#include "formats/timestamp_check.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const CmsContent content : {CmsContent::detached, CmsContent::embedded_sha1}) {
    const CmsVerdict verdict = check_cms(fuzz::view(data, size), content, true, [](const EVP_MD* algorithm) {
      return digest_of(algorithm, "the bytes of a file\n");
    });
    fuzz::require(verdict.digest_valid || !verdict.signature_valid, "no signature holds without its digest");
    fuzz::require(verdict.signature_valid || !verdict.reason.empty(), "it is said why a signature does not hold");
    if (verdict.signer) {
      common_name(X509_get_issuer_name(verdict.signer.get()));
      valid_at(verdict.signer.get(), wall_time());
      judge_path(verdict.signer.get(), verdict.certificates.get(), verdict.certificates.get(), wall_time(),
                 PathUse::signature);
    }
  }
  const Timestamp stamp = check_timestamp(fuzz::view(data, size), [](const EVP_MD* algorithm) {
    return digest_of(algorithm, "the bytes of a signature\n");
  });
  fuzz::require(stamp.cms.signature_valid || !stamp.verdict.holds(), "no time-stamp holds without its signature");
  fuzz::require(stamp.cms.signer || !stamp.verdict.holds(), "no time-stamp holds without its signer");
  return 0;
}
