// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature_check.hpp"

#include "formats/pdf_date.hpp"
#include "formats/pdf_graph.hpp"

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

void judge_time_stamp(const fs::path& file, SignatureFacts& facts) {
  Timestamp stamp = check_timestamp(facts.bytes->contents,
                                    [&](const EVP_MD* method) { return digest_of(file, *facts.bytes, method); });
  facts.verdict = stamp.verdict;
  facts.cms = std::move(stamp.cms);
  facts.cms.digest_valid = facts.verdict.sub != "HASH_FAILURE" && facts.cms.digest_valid;
  facts.cms.digest_method = stamp.imprint.empty() ? facts.cms.digest_method : stamp.imprint;
  Timestamp own;
  own.time = stamp.time;
  own.imprint = stamp.imprint;
  own.verdict = stamp.verdict;
  own.cms.signer = share(facts.cms.signer.get());
  own.cms.certificates = new_certificates();
  own.cms.digest_method = facts.cms.digest_method;
  facts.stamps.push_back(std::move(own));
}

void judge_cms(const fs::path& file, SignatureFacts& facts) {
  const CmsContent content = facts.sub_filter == "adbe.pkcs7.sha1" ? CmsContent::embedded_sha1 : CmsContent::detached;
  facts.cms = check_cms(facts.bytes->contents, content, facts.sub_filter == "ETSI.CAdES.detached",
                        [&](const EVP_MD* method) { return digest_of(file, *facts.bytes, method); });
  if (!facts.cms.signature_valid) {
    facts.verdict = facts.cms.sub == "CRYPTO_CONSTRAINTS_FAILURE" ? indeterminate(facts.cms.sub, facts.cms.reason)
                                                                  : invalid(facts.cms.sub, facts.cms.reason);
  }
  for (const std::string& token : facts.cms.time_stamps) {
    facts.stamps.push_back(
        check_timestamp(token, [&](const EVP_MD* method) { return digest_of(method, facts.cms.signature); }));
  }
}

}  // namespace

SignatureFacts read_signature(const PdfReader& reader, const PdfField& field, std::uint64_t file_size) {
  SignatureFacts facts;
  facts.field = field.name;
  const PdfObject* value = reader.dictionary(field.field, "V");
  if (value == nullptr) {
    facts.verdict = invalid("FORMAT_FAILURE", "its value is no signature dictionary");
    return facts;
  }
  facts.value = reference_of(raw(field.field, "V"));
  facts.sub_filter = reader.name(value, "SubFilter");
  facts.is_time_stamp = facts.sub_filter == "ETSI.RFC3161";
  facts.claimed = time_of_pdf_date(reader.text(value, "M"));
  const bool known = facts.sub_filter == "ETSI.CAdES.detached" || facts.sub_filter == "adbe.pkcs7.detached" ||
                     facts.sub_filter == "adbe.pkcs7.sha1" || facts.is_time_stamp;
  if (!known) {
    const std::string reason =
        "a signature of the kind " + (facts.sub_filter.empty() ? "(none)" : facts.sub_filter) + " is not judged";
    facts.verdict = invalid("FORMAT_FAILURE", reason);
    return facts;
  }
  std::string reason;
  facts.bytes = signed_bytes(reader, *value, file_size, reason);
  if (!facts.bytes) {
    facts.verdict = invalid("FORMAT_FAILURE", reason);
  } else if (facts.is_time_stamp) {
    judge_time_stamp(reader.path(), facts);
  } else {
    judge_cms(reader.path(), facts);
  }
  return facts;
}

}  // namespace sohoa
