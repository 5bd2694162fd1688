// SPDX-License-Identifier: Apache-2.0
// What can be said of a PDF that claims to be a signed PDF/A: prerequisites of ISO 19005 that
// sohoa's own files fulfil, and every signature's digest, path and coverage.
#pragma once

#include "core/fs.hpp"
#include "core/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct SignatureReport {
  std::string field;
  std::string signer;
  std::string issuer;
  std::string time;  // ISO 8601 UTC from /M, "" when missing
  std::string sub_filter;
  std::string digest_method;       // "SHA-256"
  bool digest_valid = false;       // the bytes are those that were signed
  bool signature_valid = false;    // and the key of the certificate signed them
  bool covers_whole_file = false;  // nothing was added after it
  // nothing | signatures (these, time-stamps, validation data and metadata) | bytes (that change no object) | content
  std::string changed_after;
  std::string path;    // trusted | untrusted | expired | not-checked (no --trust given)
  std::string reason;  // one sentence when something is wrong
};

struct PdfReport {
  std::size_t pages = 0;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::string conformance;               // what XMP claims: "PDF/A-2u", or ""
  std::vector<std::string> pdfa_faults;  // sentences; empty when every prerequisite holds
  std::vector<SignatureReport> signatures;
};

Json to_json(const PdfReport& report);

// `trust`: PEM files of root and intermediate certificates.
// Throws Error(ExitStatus::input) when the file is not a readable PDF.
PdfReport inspect_pdf(const fs::path& file, const std::vector<fs::path>& trust);

}  // namespace sohoa
