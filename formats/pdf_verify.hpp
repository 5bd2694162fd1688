// SPDX-License-Identifier: Apache-2.0
// What can be said of a PDF that claims to be a signed PDF/A: prerequisites of ISO 19005 that
// sohoa's own files fulfil, and a verdict on every signature and document time-stamp.
#pragma once

#include "core/fs.hpp"
#include "core/json.hpp"
#include "formats/verdict.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

struct StampReport {
  std::string time;     // genTime, ISO 8601 UTC; "" when it says none
  std::string issuer;   // the time-stamping authority
  bool proves = false;  // it holds, and comes from somebody trusted
  Verdict verdict;
};

struct ChangeReport {
  std::uint64_t revision = 0;  // where its bytes end
  std::string kind;            // of formats/pdf_changes.hpp, "metadata"
  std::string what;
  std::string judgement;  // allowed | suspect | forbidden
};

struct SignatureReport {
  std::string field;
  std::string kind = "signature";  // or time-stamp
  std::string signer;
  std::string issuer;
  std::string time;         // what the signer claims (/M), "" when missing; of a document time-stamp its time
  std::string proven_time;  // when it existed at the latest, by a time-stamp that proves it; else ""
  std::string time_source;  // claim | signature-time-stamp | document-time-stamp; what `verdict` goes by
  std::string sub_filter;
  std::string digest_method;       // "SHA-256"
  bool digest_valid = false;       // the bytes are those that were signed
  bool signature_valid = false;    // and the key of the certificate signed them
  std::uint64_t covers = 0;        // bytes from the file's first on, without its Contents
  bool covers_whole_file = false;  // nothing was added after it
  // nothing | bytes (that change no object) | signatures (these, time-stamps, validation data and metadata) |
  // permitted (what a certification lets be filled in) | suspect | content; "" when it does not hold
  std::string changed_after;
  std::vector<ChangeReport> changes;
  std::string path;                 // trusted | untrusted | expired | not-checked (no trusted certificate was given)
  std::string revocation;           // good | revoked | unknown | not-offered | not-checked
  std::string revoked_at;           // also when that was after its proven time; else ""
  std::vector<StampReport> stamps;  // in it
  // What it really reached of EN 319 142-1: B-B, B-T, B-LT, B-LTA; "" when it is none of them or a time-stamp.
  std::string level;
  Verdict verdict;
  std::string reason;  // of the verdict, or of what would be one; "" when all is well
};

struct PdfReport {
  std::size_t pages = 0;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::string conformance;               // what XMP claims: "PDF/A-2u", or ""
  std::vector<std::string> pdfa_faults;  // sentences; empty when every prerequisite holds
  std::vector<SignatureReport> signatures;
  bool lost_signature = false;  // there is none, but the bytes of one are in the file
};

Json to_json(const PdfReport& report);

// Judges many files by the same certificates and lists, which are read for the first of them.
class PdfInspector {
 public:
  // `trust`: PEM files of root and intermediate certificates. `revocation`: files of lists and OCSP answers beside
  // those in the PDF. Nothing is fetched.
  explicit PdfInspector(std::vector<fs::path> trust, std::vector<fs::path> revocation = {});
  ~PdfInspector();
  PdfInspector(const PdfInspector&) = delete;
  PdfInspector& operator=(const PdfInspector&) = delete;

  // Reads the certificates and lists now. Throws Error(ExitStatus::input) when one of them is none.
  void prepare();

  // Throws Error(ExitStatus::input) when the file is not a readable PDF, or one of the others is none of these.
  PdfReport inspect(const fs::path& file);

 private:
  struct Known;

  std::vector<fs::path> m_trust;
  std::vector<fs::path> m_revocation;
  std::unique_ptr<Known> m_known;
};

// One file alone.
PdfReport inspect_pdf(const fs::path& file, const std::vector<fs::path>& trust,
                      const std::vector<fs::path>& revocation = {});

}  // namespace sohoa
