// SPDX-License-Identifier: Apache-2.0
// What `sohoa verify` makes of the verdicts on a file's signatures.
//
// A fault ends the command with status 7: an invalid signature always; an indeterminate one where --trust asked whom to
// trust and the path does not lead there or somebody on it was revoked, where a later revision may cover what was
// signed, and where --require-level asks for more than is proven. What only time or later evidence could prove (no
// --trust, a status that is not known, an old certificate without a time-stamp, SHA-1) is a note.
#pragma once

#include "formats/pdf_verify.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct SignatureFindings {
  std::vector<std::string> faults = {};
  std::vector<std::string> notes = {};
  Verdict verdict = {};      // the worst of the signatures
  std::string summary = {};  // one clause for all of them
};

// `level`: B-B, B-T, B-LT or B-LTA, which every signature must be valid at; "" asks for none.
SignatureFindings judge_findings(const PdfReport& report, bool must_be_signed, const std::string& level);

}  // namespace sohoa
