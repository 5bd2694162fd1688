// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_verify.hpp"

#include "core/digest.hpp"
#include "formats/pdf_timeline.hpp"
#include "formats/pdfa_check.hpp"

namespace sohoa {
namespace {

void put_verdict(const Verdict& verdict, Json& json) {
  json["verdict"] = to_string(verdict.indication);
  json["sub_indication"] = verdict.sub;
}

Json json_of(const StampReport& stamp);
Json json_of(const ChangeReport& change);
Json json_of(const SignatureReport& signature);

template <class T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) {
    list.push_back(json_of(item));
  }
  return list;
}

Json json_of(const StampReport& stamp) {
  Json json{{"time", stamp.time}, {"issuer", stamp.issuer}, {"proves", stamp.proves}, {"reason", stamp.verdict.reason}};
  put_verdict(stamp.verdict, json);
  return json;
}

Json json_of(const ChangeReport& change) {
  return {{"revision", change.revision}, {"kind", change.kind}, {"what", change.what}, {"judgement", change.judgement}};
}

Json json_of(const SignatureReport& signature) {
  Json json{{"field", signature.field},
            {"kind", signature.kind},
            {"signer", signature.signer},
            {"issuer", signature.issuer},
            {"time", signature.time},
            {"proven_time", signature.proven_time},
            {"time_source", signature.time_source},
            {"sub_filter", signature.sub_filter},
            {"digest_method", signature.digest_method},
            {"digest_valid", signature.digest_valid},
            {"signature_valid", signature.signature_valid},
            {"covers", signature.covers},
            {"covers_whole_file", signature.covers_whole_file},
            {"changed_after", signature.changed_after},
            {"changes", list_of(signature.changes)},
            {"path", signature.path},
            {"revocation", signature.revocation},
            {"revoked_at", signature.revoked_at},
            {"stamps", list_of(signature.stamps)},
            {"level", signature.level},
            {"reason", signature.reason}};
  put_verdict(signature.verdict, json);
  return json;
}

}  // namespace

Json to_json(const PdfReport& report) {
  return {{"pages", report.pages},
          {"sha256", report.sha256},
          {"bytes", report.bytes},
          {"conformance", report.conformance},
          {"pdfa_faults", report.pdfa_faults},
          {"signatures", list_of(report.signatures)}};
}

struct PdfInspector::Known {
  CertificatesPtr anchors;
  ValidationData data;
};

PdfInspector::PdfInspector(std::vector<fs::path> trust, std::vector<fs::path> revocation)
    : m_trust(std::move(trust)), m_revocation(std::move(revocation)) {}

PdfInspector::~PdfInspector() = default;

void PdfInspector::prepare() {
  if (!m_known) {
    auto known = std::make_unique<Known>();
    known->anchors = read_anchors(m_trust);
    read_revocation(m_revocation, known->data);
    m_known = std::move(known);
  }
}

PdfReport PdfInspector::inspect(const fs::path& file) {
  prepare();
  PdfReport report;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    report.bytes = fs::file_size(file);
    report.sha256 = sha256_of_file(file);
    report.pages = reader.pages().size();
    PdfaFindings pdfa = check_pdfa(reader);
    report.conformance = std::move(pdfa.conformance);
    report.pdfa_faults = std::move(pdfa.faults);
    std::vector<SignatureFacts> facts;
    for (const PdfField& field : signed_fields(reader)) {
      facts.push_back(read_signature(reader, field, report.bytes));
    }
    report.signatures =
        judge_signatures(reader, report.bytes, facts, m_known->anchors.get(), m_known->data, wall_time());
    report.lost_signature = report.signatures.empty() && mentions_signature(file);
  });
  return report;
}

PdfReport inspect_pdf(const fs::path& file, const std::vector<fs::path>& trust,
                      const std::vector<fs::path>& revocation) {
  return PdfInspector(trust, revocation).inspect(file);
}

}  // namespace sohoa
