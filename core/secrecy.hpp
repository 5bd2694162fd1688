// SPDX-License-Identifier: Apache-2.0
// Secrecy marks in read text, and what becomes of a record with one. A secret paper is not digitized: its document is
// stopped, and nothing of it is kept but where its scans lie.
#pragma once

#include "core/document.hpp"
#include "core/ocr_text.hpp"
#include "core/secrecy_rules.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

inline constexpr std::string_view secret_mark_id = "secret-mark";

// What stands for the mark of a page with a stamp across its print that cannot be read.
inline constexpr std::string_view unread_mark = "?";
// "the secrecy mark MẬT"
std::string described(const std::string& mark);

// Whether the text has more capitals than small letters.
bool mostly_capitals(std::string_view text);

// The mark that stands alone on a line of the page, or in a line's part with wide gaps around it. In capitals, whatever
// marks on its letters were lost; words in a sentence, a heading or a name are none.
std::optional<std::string> mark_in_text(const OcrPage& page, const SecrecyRules& rules);

// What is around the words: a frame, what may be one, nothing but they stand apart by colour or tilt, nothing.
enum class StampShape { framed, unclear, apart, bare };
// The mark that `text`, all that was read in one place, is. In a frame one letter a word may be another, and a line of
// print may run through it: who is not sure stops. Without one it is the mark in capitals, or, of words that
// stand apart, the first of a mark's, or none.
std::optional<std::string> mark_in_stamp(std::string_view text, StampShape shape, const SecrecyRules& rules);

// Whether the text is all of a stamp of another kind that the rules name, but for so many letters.
bool is_another_stamp(std::string_view text, const SecrecyRules& rules, std::size_t letters_off = 0);

// What results depend on.
Json to_json(const SecrecyRules& rules);

// Whether the record is one that make_secret() left.
bool is_secret(const Json& record);

// Takes everything out of the record but its id, where its scans lie and what was done, and marks it quarantined with
// the problem "secret-mark". `page` counts from 1.
void make_secret(Document& document, std::size_t page, const std::string& mark);

// The beginning of a document's id by which people name it: `sohoa run --not-secret`.
std::string short_id(const std::string& id);

}  // namespace sohoa
