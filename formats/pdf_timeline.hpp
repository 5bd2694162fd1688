// SPDX-License-Identifier: Apache-2.0
// The signatures and time-stamps of a file judged together (EN 319 102-1, 5.5 and 5.6): from the newest to the oldest,
// because a document time-stamp proves that all it covers existed at its time, and what is proven to be old is judged
// by the certificates and revocations of that time.
//
// - A time-stamp is judged at the time that later ones prove, else now; one that does not hold proves nothing. That the
//   status of its authority is not known does not spoil it: of the newest one it can be nowhere in the file.
// - A signature is judged at the earliest time that its own time-stamps and later document time-stamps prove, else now.
//   /M is only its signer's word: it can condemn (signed after the revocation, or after the certificate's end), not
//   save.
// - SHA-1, older digests and keys of less than 112 bits count until 2014 (NIST SP 800-131A), by proven time.
// - Levels, each only on top of the one before. B-T: a time that is proven. B-LT: the path of the signer, and of the
//   authority of the signature's time-stamp, whole in the file, and good answers for all of them in the DSS. B-LTA: a
//   document time-stamp that holds and covers a DSS that is enough for that.
#pragma once

#include "formats/certificate_judge.hpp"
#include "formats/pdf_revisions.hpp"
#include "formats/pdf_signature_check.hpp"
#include "formats/pdf_verify.hpp"

#include <vector>

namespace sohoa {

// In the order of `facts`. `anchors` may be empty. `data`: what the user brought along; what the file holds is added.
std::vector<SignatureReport> judge_signatures(const PdfReader& reader, std::uint64_t file_size,
                                              const std::vector<SignatureFacts>& facts, STACK_OF(X509) * anchors,
                                              const ValidationData& data, Time now);

}  // namespace sohoa
