// SPDX-License-Identifier: Apache-2.0
// What came behind a signature, by its own rules.
#pragma once

#include "formats/pdf_revisions.hpp"
#include "formats/pdf_signature_check.hpp"
#include "formats/pdf_verify.hpp"

namespace sohoa {

// Fills `covers`, `covers_whole_file`, `changed_after` and `changes` of the report. Only a file whose signed bytes are
// a whole revision that holds the signature itself can be told from one that was wrapped around them.
Verdict judge_later_revisions(const PdfReader& now, const PdfRevisions& revisions, const SignatureFacts& facts,
                              std::uint64_t file_size, SignatureReport& report);

}  // namespace sohoa
