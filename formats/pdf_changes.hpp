// SPDX-License-Identifier: Apache-2.0
// What later revisions of a PDF (ISO 32000-1, 7.5.6) did to what a signature covers. A digest alone proves only that
// the old bytes are still there, not that they are still what is shown: shadow attacks override objects behind it.
#pragma once

#include "formats/pdf_reader.hpp"

#include <cstdint>
#include <string>

namespace sohoa {

struct LaterChanges {
  // nothing: no object differs. signatures: only signatures, time-stamps, validation data (EN 319 142-1, 5.4) and
  // metadata were added. content: anything else.
  enum class Kind { nothing, signatures, content };
  Kind kind = Kind::nothing;
  std::string what;  // a clause for content: "page 1 was changed after it was made"
};

// `before` reads the first `end` bytes of the file, `now` the whole file.
LaterChanges later_changes(const PdfReader& before, const PdfReader& now, std::uint64_t end);

}  // namespace sohoa
