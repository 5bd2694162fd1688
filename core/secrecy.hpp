// SPDX-License-Identifier: Apache-2.0
// Secrecy marks in read text, and what becomes of a record with one. A secret paper is not digitized: its document is
// stopped, and nothing of it is kept but where its scans lie.
#pragma once

#include "core/document.hpp"
#include "core/ocr_text.hpp"
#include "core/secrecy_words.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

inline constexpr std::string_view secret_mark_id = "secret-mark";

// What stands for the mark of a page with a stamp across its print that cannot be read.
inline constexpr std::string_view unread_mark = "?";
// "the secrecy mark MẬT"
std::string described(const std::string& mark);

// The mark that stands alone on a line of the page, or in a line's part with wide gaps around it. In capitals, whatever
// marks on its letters were lost; words in a sentence, a heading or a name are none.
std::optional<std::string> mark_in_text(const OcrPage& page, const SecrecyRules& rules);

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
