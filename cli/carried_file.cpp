// SPDX-License-Identifier: Apache-2.0
#include "cli/carried_file.hpp"

#include "cli/signature_faults.hpp"
#include "core/digest.hpp"
#include "formats/pdf_carry.hpp"

#include <algorithm>
#include <optional>

namespace sohoa {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  }
  return text;
}

void tell_signatures(Document& document, const PdfReport& report) {
  const SignatureFindings findings = judge_findings(report, false, "");
  const bool invalid = findings.verdict.indication == Indication::invalid;
  for (const std::string& fault : findings.faults) {
    document.add_problem({Severity::warning, invalid ? "signature-invalid" : "signature-unproven", fault,
                          "ask who sent it for a sound copy; it is kept as it came", std::nullopt});
  }
  for (const std::string& note : findings.notes) {
    document.add_problem({Severity::info, "signature-unproven", note,
                          "name the roots with --trust, or look again with sohoa verify", std::nullopt});
  }
}

void tell_conformance(Document& document, const PdfReport& report, bool scans, bool is_signed) {
  const std::string remedy = scans ? "make a PDF/A of its images with --redo, which keeps the original beside it"
                                   : "ask who made it for a PDF/A";
  // A signed file cannot be another one and stay signed.
  const Severity severity = is_signed ? Severity::info : Severity::warning;
  if (report.conformance.empty()) {
    document.add_problem({severity, "pdf-not-archival", "the file is no PDF/A", remedy, std::nullopt});
  } else if (!report.pdfa_faults.empty()) {
    document.add_problem({severity, "pdf-not-archival",
                          "the file claims to be " + report.conformance + " and is not: " + report.pdfa_faults.front(),
                          remedy, std::nullopt});
  }
}

void tell_pages(Document& document, const CarriedPdf& file) {
  for (std::size_t i = 0; i < file.pages.size(); ++i) {
    const CarriedPage& page = file.pages[i];
    if (page.source.format == "pdf-none" && !page.blank) {
      document.add_problem({Severity::warning, "page-without-text",
                            "page " + std::to_string(i + 1) + " has no text, nor a scan that could be read",
                            "give its fields in the register", i + 1});
    }
  }
}

}  // namespace

Json received_signatures(const PdfReport& report) {
  Json signatures = Json::array();
  for (const SignatureReport& signature : report.signatures) {
    Json entry{{"signer", signature.signer.empty() ? signature.issuer : signature.signer},
               {"level", signature.level},
               {"time", signature.proven_time.empty() ? signature.time : signature.proven_time},
               {"time_source", signature.time_source},
               {"field", signature.field},
               {"status", to_string(signature.verdict.indication)},
               {"received", true}};
    if (signature.kind != "signature") {
      entry["kind"] = signature.kind;
    }
    if (!signature.verdict.holds()) {
      entry["sub_indication"] = signature.verdict.sub;
      entry["reason"] = signature.verdict.reason;
    }
    signatures.push_back(std::move(entry));
  }
  return signatures;
}

void carry_file(Document& document, const fs::path& file, const ScanLimits& limits, PdfInspector& inspector) {
  const CarriedPdf carried = probe_carried(file, limits);
  const PdfReport report = inspector.inspect(file);
  if (report.sha256 != carried.sha256) {
    throw input_error("scan-changed", file.string() + " changed while it was taken in",
                      "take it in again when it is finished");
  }
  std::vector<SourcePage> pages;
  for (const CarriedPage& page : carried.pages) {
    pages.push_back(page.source);
  }
  document.set_source_pages(pages);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (carried.pages[i].blank) {
      document.page(i)["blank"] = true;
    }
  }
  const bool archival = !report.conformance.empty() && report.pdfa_faults.empty();
  document.record()["source"]["carried"] = Json{{"sha256", carried.sha256},
                                                {"bytes", carried.bytes},
                                                {"conformance", archival ? report.conformance : std::string()},
                                                {"claims", report.conformance}};
  if (!report.signatures.empty()) {
    document.record()["signatures"] = received_signatures(report);
  }
  document.add_problem({Severity::info, "pdf-carried",
                        "the file goes into the archive as it is, because it " +
                            std::string(carried.is_signed ? "is signed" : "is no mere scan"),
                        "", std::nullopt});
  const bool scans =
      std::none_of(pages.begin(), pages.end(), [](const SourcePage& page) { return page.format != "pdf-image"; });
  tell_signatures(document, report);
  tell_conformance(document, report, scans, carried.is_signed);
  tell_pages(document, carried);
  if (!carried.extras.empty()) {
    document.add_problem({Severity::info, "pdf-extras", "the file has " + joined(carried.extras), "", std::nullopt});
  }
}

void keep_original(Document& document, const fs::path& file, PdfInspector& inspector) {
  const PdfReport report = inspector.inspect(file);
  document.record()["source"]["originals"].push_back(Json{{"file", file.string()},
                                                          {"sha256", report.sha256},
                                                          {"bytes", report.bytes},
                                                          {"pages", report.pages},
                                                          {"signatures", received_signatures(report)}});
}

}  // namespace sohoa
