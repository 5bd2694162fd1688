// SPDX-License-Identifier: Apache-2.0
#include "cli/signature_faults.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

constexpr std::array k_levels{"", "B-B", "B-T", "B-LT", "B-LTA"};

std::ptrdiff_t rank(const std::string& level) {
  return std::find(k_levels.begin(), k_levels.end(), level) - k_levels.begin();
}

std::string name_of(const SignatureReport& signature) {
  return signature.kind + " " + signature.field + (signature.signer.empty() ? "" : " of ") + signature.signer;
}

bool is_only_unproven(const SignatureReport& signature) {
  constexpr std::array unproven{"TRY_LATER", "OUT_OF_BOUNDS_NO_POE", "CRYPTO_CONSTRAINTS_FAILURE",
                                "TIMESTAMP_ORDER_FAILURE"};
  const std::string& sub = signature.verdict.sub;
  return signature.signature_valid && (std::find(unproven.begin(), unproven.end(), sub) != unproven.end() ||
                                       (sub == "NO_CERTIFICATE_CHAIN_FOUND" && signature.path == "not-checked"));
}

std::string sentence(const SignatureReport& signature) {
  const std::string& sub = signature.verdict.sub;
  const std::string who = name_of(signature);
  if (sub == "MODIFIED_AFTER_SIGNING") {
    return who + " does not hold for the file as it is: " + signature.reason;
  }
  if (sub == "SUSPECT_MODIFICATION") {
    return who + " may not be of what the file shows: " + signature.reason;
  }
  if (signature.verdict.indication == Indication::invalid) {
    return who + " is not valid: " + signature.reason;
  }
  if (sub == "NO_CERTIFICATE_CHAIN_FOUND" && signature.path == "not-checked") {
    return who + " has a path that was not checked, because no --trust was given";
  }
  if (signature.path == "untrusted") {
    return who + " has no path to a trusted root: " + signature.reason +
           "; give its authority's root with --trust if you trust it";
  }
  return who + " is not proven: " + signature.reason;
}

std::string short_of(const SignatureReport& signature, const std::string& level) {
  if (!signature.verdict.holds()) {
    return name_of(signature) + " does not reach " + level + ": " + signature.reason;
  }
  if (rank(signature.level) >= rank(level)) {
    return {};
  }
  return name_of(signature) + " reaches " +
         (signature.level.empty() ? "no level of PAdES, being " + signature.sub_filter : signature.level) + ", not " +
         level;
}

std::string summary_of(const SignatureReport& signature) {
  std::string text = name_of(signature) + ": " + std::string(to_string(signature.verdict.indication));
  text += signature.verdict.holds() ? "" : " (" + signature.verdict.sub + ")";
  text += signature.level.empty() ? "" : ", " + signature.level;
  if (!signature.proven_time.empty()) {
    return text + ", proven " + signature.proven_time;
  }
  return text + (signature.time.empty() ? "" : ", claimed " + signature.time);
}

// What only time could prove, and time-stamps of authorities that nobody said to trust, leave a file as good as it is.
bool is_only_a_note(const SignatureReport& signature) {
  const bool unknown_authority = signature.kind == "time-stamp" && signature.signature_valid &&
                                 signature.verdict.indication == Indication::indeterminate &&
                                 signature.verdict.sub != "SUSPECT_MODIFICATION";
  return unknown_authority || is_only_unproven(signature);
}

void judge(const SignatureReport& signature, const std::string& level, SignatureFindings& findings) {
  const bool stamp = signature.kind == "time-stamp";
  const bool noted = !signature.verdict.holds() && is_only_a_note(signature);
  if (!stamp || !noted) {
    weigh(findings.verdict, signature.verdict);
  }
  const std::string missing = stamp || level.empty() ? "" : short_of(signature, level);
  if (!missing.empty() && (signature.verdict.holds() || noted)) {
    findings.faults.push_back(missing);
  } else if (!signature.verdict.holds()) {
    (noted ? findings.notes : findings.faults).push_back(sentence(signature));
  }
  for (const StampReport& own : signature.stamps) {
    if (!own.verdict.holds() && signature.path != "not-checked") {
      findings.notes.push_back("the time-stamp of " + name_of(signature) + " proves nothing: " + own.verdict.reason);
    }
  }
  findings.summary += (findings.summary.empty() ? "" : "; ") + summary_of(signature);
}

}  // namespace

SignatureFindings judge_findings(const PdfReport& report, bool must_be_signed, const std::string& level) {
  SignatureFindings findings;
  bool last_bytes_are_known = report.signatures.empty();
  bool is_signed = false;
  for (const SignatureReport& signature : report.signatures) {
    judge(signature, level, findings);
    is_signed = is_signed || signature.kind != "time-stamp";
    last_bytes_are_known = last_bytes_are_known || signature.changed_after != "bytes";
  }
  if (!is_signed && !report.signatures.empty()) {
    weigh(findings.verdict, report.signatures.front().verdict);
  }
  if (!last_bytes_are_known) {
    findings.faults.emplace_back("bytes were added after the last signature");
    weigh(findings.verdict, invalid("MODIFIED_AFTER_SIGNING", findings.faults.back()));
  }
  if (report.lost_signature) {
    findings.notes.emplace_back("the bytes of a signature are in the file, but nothing leads to them");
  }
  if (!is_signed && (must_be_signed || !level.empty())) {
    findings.faults.emplace_back("the file is not signed");
  }
  return findings;
}

}  // namespace sohoa
