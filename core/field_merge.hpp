// SPDX-License-Identifier: Apache-2.0
// What was read joins what is known: the register wins, and a difference is told.
#pragma once

#include "core/document.hpp"
#include "core/extract.hpp"
#include "core/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// Writes fields.<name> = {value, confidence, page, box, origin: "ocr"} of each field's most certain value, with
//   read         the words on the page, where the value is not just them
//   normalized   what was done to them: "date", "digits" (O as 0), "d-stroke" (QÐ as QĐ), "abbreviation" (QD as
//                QĐ), "slash" (lost, or read as a point), "marks" (of a known word), "about" (VW as V/v)
//   candidates   other values, [{value, confidence, page, box}]
// Fields of an earlier reading are replaced; a field of any other origin stays as it is. A field of the register (or
// its dossier code) that the page contradicts() is a warning, "field-differs". A value longer than the field's
// max_length is a warning, "field-too-long", and no value when it was read.
void merge_fields(Document& document, const std::vector<FoundField>& found, const Profile& profile);

// The problem "field-differs" and its finding (core/reconciliation.hpp), once: register against `who` ("the page").
void tell_difference(Document& document, const std::string& field, const std::string& known, const std::string& found,
                     const std::string& who, std::optional<std::size_t> page);

// 0 … 1: of a reading that something else speaks for. Of the values stated with 0.5 to 0.8 four of five are right.
inline constexpr double supported_confidence = 0.5;

// Whether what was read says surely that the register is wrong: as sure as [extract] min_confidence, or a symbol with
// the register's number and supported_confidence.
bool contradicts(const std::string& known, const std::string& read, double confidence, bool prose,
                 const ExtractRules& rules);

// Equal in meaning: without regard to case, blanks, marks, leading zeros and the profile's synonyms; in prose a few
// letters may differ.
bool same_value(const std::string& a, const std::string& b, bool prose, const ExtractRules& rules);

}  // namespace sohoa
