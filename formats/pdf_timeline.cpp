// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_timeline.hpp"

#include "formats/pdf_later_revisions.hpp"
#include "formats/pdf_validation_data.hpp"
#include "formats/revocation_check.hpp"

#include <algorithm>
#include <numeric>

namespace sohoa {
namespace {

constexpr std::chrono::seconds k_clock_tolerance{60};  // between the clocks of authorities
constexpr Time k_weak_until{std::chrono::sys_days{std::chrono::year{2014} / 1 / 1}};
constexpr int k_least_security_bits = 112;

// Since when the bytes are known to exist.
struct Existence {
  Time at;
  bool proven = false;
  std::string_view source = "claim";

  void prove(Time time, std::string_view by) {
    if (!proven || time <= at) {
      *this = {time, true, by};
    }
  }
};

Verdict strength(const std::string& digest, X509* signer, const Existence& existence) {
  const bool weak_digest = digest == "SHA-1" || digest == "MD5" || digest == "RIPEMD160";
  const bool weak_key = EVP_PKEY_get_security_bits(X509_get0_pubkey(signer)) < k_least_security_bits;
  if ((!weak_digest && !weak_key) || (existence.proven && existence.at < k_weak_until)) {
    return {};
  }
  return indeterminate("CRYPTO_CONSTRAINTS_FAILURE",
                       weak_digest ? digest + " can be forged today" : "the key is too short for today");
}

// Reasons that do not touch what was made before (RFC 3161, 4).
bool is_harmless(const std::string& cause) {
  return cause == "affiliationChanged" || cause == "superseded" || cause == "cessationOfOperation";
}

struct JudgedStamp {
  Verdict verdict;
  CertificateVerdict authority;
};

JudgedStamp judge_stamp(const Timestamp& stamp, const Trust& trust, const Existence& existence) {
  JudgedStamp judged{stamp.verdict, {}};
  if (!judged.verdict.holds()) {
    return judged;
  }
  if (stamp.time > existence.at + k_clock_tolerance) {
    judged.verdict = indeterminate("TIMESTAMP_ORDER_FAILURE", "the time-stamp is of a later time than what covers it");
    return judged;
  }
  judged.authority = judge_certificate(stamp.cms.signer.get(), trust, existence.at, PathUse::time_stamp);
  const CertificateVerdict& authority = judged.authority;
  const bool before_its_end =
      authority.verdict.sub == "REVOKED_NO_POE" && authority.revoked_at > stamp.time && is_harmless(authority.cause);
  if (authority.verdict.sub != "TRY_LATER" && !before_its_end) {
    weigh(judged.verdict, authority.verdict);
  }
  weigh(judged.verdict, strength(stamp.imprint, stamp.cms.signer.get(), existence));
  weigh(judged.verdict, strength(stamp.cms.digest_method, stamp.cms.signer.get(), existence));
  return judged;
}

class Timeline {
 public:
  Timeline(const PdfReader& reader, std::uint64_t file_size, const std::vector<SignatureFacts>& facts,
           STACK_OF(X509) * anchors, const ValidationData& data, Time now)
      : m_reader(reader),
        m_file_size(file_size),
        m_facts(facts),
        m_revisions(reader, file_size, ends(facts)),
        m_store(read_validation_data(reader)),
        m_trust{anchors, &m_data, now},
        m_existence{now} {
    gather(data);
  }

  std::vector<SignatureReport> judge() {
    std::vector<SignatureReport> reports(m_facts.size());
    std::vector<std::size_t> order(m_facts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return end_of(a) > end_of(b); });
    for (const std::size_t index : order) {
      reports[index] = judge(m_facts[index]);
    }
    return reports;
  }

 private:
  static std::vector<std::uint64_t> ends(const std::vector<SignatureFacts>& facts) {
    std::vector<std::uint64_t> ends;
    for (const SignatureFacts& one : facts) {
      if (one.bytes && one.verdict.holds()) {
        ends.push_back(one.bytes->end);
      }
    }
    return ends;
  }

  [[nodiscard]] std::uint64_t end_of(std::size_t index) const {
    return m_facts[index].bytes ? m_facts[index].bytes->end : 0;
  }

  void gather(const ValidationData& data) {
    m_data.add(data);
    m_data.add(m_store);
    for (const SignatureFacts& one : m_facts) {
      m_data.add_certificates(one.cms.certificates.get());
      for (const std::string& crl : one.cms.crls) {
        m_data.add_crl(crl);
      }
      for (const std::string& archival : one.cms.archivals) {
        m_data.add_archival(archival);
      }
      for (const Timestamp& stamp : one.stamps) {
        m_data.add_certificates(stamp.cms.certificates.get());
      }
    }
  }

  SignatureReport judge(const SignatureFacts& facts) {
    SignatureReport report = described(facts);
    if (!facts.verdict.holds() || !facts.bytes) {
      report.verdict = facts.verdict;
      report.reason = facts.verdict.reason;
      return report;
    }
    weigh(report.verdict, judge_later_revisions(m_reader, m_revisions, facts, m_file_size, report));
    if (facts.is_time_stamp) {
      judge_document_stamp(facts, report);
    } else {
      judge_signature(facts, report);
    }
    report.reason = report.verdict.reason;
    report.level = report.verdict.indication == Indication::invalid ? "" : report.level;
    return report;
  }

  static SignatureReport described(const SignatureFacts& facts) {
    SignatureReport report;
    report.field = facts.field;
    report.kind = facts.is_time_stamp ? "time-stamp" : "signature";
    report.sub_filter = facts.sub_filter;
    report.time = facts.claimed ? iso_utc(*facts.claimed) : "";
    report.time_source = "claim";
    report.path = report.revocation = "not-checked";
    report.digest_method = facts.cms.digest_method;
    report.digest_valid = facts.cms.digest_valid;
    report.signature_valid = facts.cms.signature_valid && facts.cms.digest_valid;
    if (facts.cms.signer) {
      report.signer = common_name(X509_get_subject_name(facts.cms.signer.get()));
      report.issuer = common_name(X509_get_issuer_name(facts.cms.signer.get()));
    }
    return report;
  }

  static void take(const CertificateVerdict& certificate, SignatureReport& report) {
    report.path = certificate.path;
    report.revocation = certificate.revocation;
    report.revoked_at = certificate.revoked_at ? iso_utc(*certificate.revoked_at) : "";
  }

  void judge_document_stamp(const SignatureFacts& facts, SignatureReport& report) {
    const Timestamp& stamp = facts.stamps.front();
    const JudgedStamp judged = judge_stamp(stamp, m_trust, m_existence);
    take(judged.authority, report);
    weigh(report.verdict, judged.verdict);
    report.time = iso_utc(stamp.time);
    report.time_source = "document-time-stamp";
    if (judged.verdict.holds()) {
      report.proven_time = report.time;
      m_existence.prove(stamp.time, "document-time-stamp");
      m_proofs.push_back(facts.bytes->end);
    }
  }

  void judge_signature(const SignatureFacts& facts, SignatureReport& report) {
    Existence existence = m_existence;
    const CertificateVerdict* authority = nullptr;
    std::vector<JudgedStamp> judged;
    judged.reserve(facts.stamps.size());
    for (const Timestamp& stamp : facts.stamps) {
      judged.push_back(judge_stamp(stamp, m_trust, m_existence));
      const JudgedStamp& one = judged.back();
      report.stamps.push_back({stamp.time == Time{} ? "" : iso_utc(stamp.time),
                               stamp.cms.signer ? common_name(X509_get_subject_name(stamp.cms.signer.get())) : "",
                               one.verdict.holds(), one.verdict});
      if (one.verdict.holds()) {
        authority = !existence.proven || stamp.time <= existence.at ? &one.authority : authority;
        existence.prove(stamp.time, "signature-time-stamp");
      }
    }
    report.time_source = existence.source;
    report.proven_time = existence.proven ? iso_utc(existence.at) : "";
    CertificateVerdict signer = judge_certificate(facts.cms.signer.get(), m_trust, existence.at, PathUse::signature);
    condemn(facts, existence, signer);
    take(signer, report);
    weigh(report.verdict, signer.verdict);
    weigh(report.verdict, strength(report.digest_method, facts.cms.signer.get(), existence));
    if (facts.sub_filter == "ETSI.CAdES.detached") {
      report.level = level(facts, existence, signer, authority);
    }
  }

  // What the signer says of the time himself may make things worse, and words are for people who know no standard.
  static void condemn(const SignatureFacts& facts, const Existence& existence, CertificateVerdict& signer) {
    Verdict& verdict = signer.verdict;
    if (verdict.sub == "REVOKED_NO_POE") {
      if (facts.claimed && signer.revoked_at <= *facts.claimed) {
        verdict = invalid("REVOKED", "it was made after " + verdict.reason);
      } else {
        verdict.reason += ", and no time-stamp proves that it was made before";
      }
    } else if (verdict.sub == "OUT_OF_BOUNDS_NO_POE") {
      const X509* certificate = facts.cms.signer.get();
      if (facts.claimed && expired_at(certificate, *facts.claimed)) {
        verdict = invalid("EXPIRED", "it was made when its certificate had expired");
      } else if (existence.proven && !expired_at(certificate, existence.at) && !valid_at(certificate, existence.at)) {
        verdict = invalid("NOT_YET_VALID", "it was made before its certificate was valid");
      } else {
        verdict.reason += ", and no time-stamp proves that it was made before";
      }
    }
  }

  std::string level(const SignatureFacts& facts, const Existence& existence, const CertificateVerdict& signer,
                    const CertificateVerdict* authority) const {
    if (!existence.proven || signer.path != "trusted") {
      return existence.proven ? "B-T" : "B-B";
    }
    const auto whole = [&](const ValidationData& store) {
      return is_whole(store, facts, signer, existence.at, true) &&
             (authority == nullptr || is_whole(store, facts, *authority, existence.at, false));
    };
    if (!whole(m_store)) {
      return "B-T";
    }
    const bool archived = std::any_of(m_proofs.begin(), m_proofs.end(), [&](std::uint64_t end) {
      const PdfReader* revision = m_revisions.at(end);
      return end > facts.bytes->end && revision != nullptr && whole(read_validation_data(*revision));
    });
    return archived ? "B-LTA" : "B-LT";
  }

  // `strict`: also for certificates that name no source of their status.
  bool is_whole(const ValidationData& store, const SignatureFacts& facts, const CertificateVerdict& judged, Time when,
                bool strict) const {
    STACK_OF(X509)* chain = judged.chain.get();
    bool whole = sk_X509_num(store.certificates.get()) > 0;
    for (int i = 0; i + 1 < sk_X509_num(chain); ++i) {
      X509* one = sk_X509_value(chain, i);
      const auto in_stamp = [&](const Timestamp& stamp) { return holds(stamp.cms.certificates.get(), one); };
      const bool there = holds(store.certificates.get(), one) || holds(facts.cms.certificates.get(), one) ||
                         std::any_of(facts.stamps.begin(), facts.stamps.end(), in_stamp);
      const RevocationStatus status = revocation_of(one, sk_X509_value(chain, i + 1), store, when);
      whole =
          whole && there && (status.kind == RevocationStatus::Kind::good || (!strict && !names_revocation_source(one)));
    }
    return whole;
  }

  const PdfReader& m_reader;
  std::uint64_t m_file_size;
  const std::vector<SignatureFacts>& m_facts;
  PdfRevisions m_revisions;
  ValidationData m_store;  // the DSS as it is now
  ValidationData m_data;   // all there is
  Trust m_trust;
  Existence m_existence;                // of all that was not judged yet
  std::vector<std::uint64_t> m_proofs;  // where the bytes of time-stamps that hold end
};

}  // namespace

std::vector<SignatureReport> judge_signatures(const PdfReader& reader, std::uint64_t file_size,
                                              const std::vector<SignatureFacts>& facts, STACK_OF(X509) * anchors,
                                              const ValidationData& data, Time now) {
  return Timeline(reader, file_size, facts, anchors, data, now).judge();
}

}  // namespace sohoa
