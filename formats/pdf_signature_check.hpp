// SPDX-License-Identifier: Apache-2.0
// One signature or document time-stamp of a PDF, as far as its bytes alone tell: form, digest, cryptography.
#pragma once

#include "core/clock.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_signed_bytes.hpp"
#include "formats/timestamp_check.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct SignatureFacts {
  std::string field;
  std::string sub_filter;
  PoDoFo::PdfReference value;        // of its dictionary, 0 0 when that is direct
  bool is_time_stamp = false;        // a document time-stamp (EN 319 142-1, 5.4.3)
  std::optional<Time> claimed;       // /M, which nobody proves
  std::optional<SignedBytes> bytes;  // nothing: `verdict` says why
  CmsVerdict cms;                    // of a time-stamp: the token's
  std::vector<Timestamp> stamps;     // a signature's own time-stamps; a document time-stamp is its only one
  Verdict verdict;
};

// Of one of signed_fields().
SignatureFacts read_signature(const PdfReader& reader, const PdfField& field, std::uint64_t file_size);

}  // namespace sohoa
