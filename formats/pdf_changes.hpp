// SPDX-License-Identifier: Apache-2.0
// What a later revision of a PDF (ISO 32000-1, 7.5.6) did to the one before, named by kind. A digest alone proves only
// that the old bytes are still there, not that they are still what is shown: shadow attacks override objects behind it.
// Whether a change is allowed is the business of formats/change_rule.hpp.
//
// Every object of the earlier revision that can be reached in it must be as it was, or its change must be explained by
// one of the kinds below; what stays unexplained is `other`. An object with two roles (metadata that is a page's
// contents, too) is explained only when all of them are. New objects matter where a changed one leads to them.
#pragma once

#include "formats/pdf_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct Change {
  enum class Kind {
    validation_data,   // the catalog's DSS and what it holds (EN 319 142-1, 5.4)
    time_stamp,        // a document time-stamp without an appearance
    signature_filled,  // a field that was there and empty is signed now
    signature_added,   // a new signature field, signed or empty
    field_filled,      // a value of another field, with its appearance
    annotation,        // an annotation that is no field came, went or changed
    metadata,          // XMP, the document information
    version,           // the catalog's Version and Extensions
    other,
  };
  Kind kind = Kind::other;
  std::string what;        // a clause: "page 1 was changed"
  std::string field = {};  // fully qualified, of fields
  double share = 0;        // of its page's area that a new field's widget covers visibly
  bool shown = false;      // an annotation that may show something of its own over the page
};

std::string_view to_string(Change::Kind kind);  // "validation-data" …

// `before` reads the first `end` bytes of the file, `now` those and more.
std::vector<Change> changes_between(const PdfReader& before, const PdfReader& now, std::uint64_t end);

}  // namespace sohoa
