// SPDX-License-Identifier: Apache-2.0
// Takes signatures that stand to the levels T, LT and LTA (ETSI EN 319 142-1, 6), by incremental updates alone.
#pragma once

#include "formats/evidence.hpp"
#include "formats/growing_file.hpp"
#include "formats/pdf_signature.hpp"
#include "formats/signature_level.hpp"
#include "formats/timestamp_client.hpp"

#include <chrono>
#include <vector>

namespace sohoa {

// Whom to ask; both remember what they learnt from document to document.
struct SignatureServices {
  TimestampClient stamps;
  EvidenceSource evidence;
};

struct LevelWish {
  SignatureLevel level = SignatureLevel::b;
  // LTA: another round when the certificate of the newest time-stamp ends sooner than that.
  std::chrono::hours renew_within{0};
};

struct LeveledFile {
  std::vector<SignatureInfo> signatures;  // oldest first, with the levels that they have now
  std::vector<Problem> problems;          // what kept them from the wished level: warnings
};

// Adds what each signature of the file lacks: a document time-stamp to one without any, then the store (formats/
// pdf_dss.hpp), then another time-stamp over it. A round of renewal first adds the evidence of the time-stamp before.
// Does not commit; nothing is appended when the level is reached. What a step that throws comes
// after stays appended. The levels are what the file has then, which may be more than was wished.
// Errors of the file are Error(ExitStatus::input), "pdf-unsigned" among them; where a time-stamp is wanted and no
// authority gives one, Error(ExitStatus::signing_unavailable, "timestamp-unavailable").
LeveledFile raise_levels(GrowingFile& file, SignatureServices& services, const LevelWish& wish);

// The same for a file, in place, with one rename.
LeveledFile upgrade_pdf(const fs::path& file, SignatureServices& services, const LevelWish& wish);

// What the signatures of a file have, as they stand; nobody is asked and nothing changed.
LeveledFile levels_of(const fs::path& file, SignatureServices& services);

}  // namespace sohoa
