// SPDX-License-Identifier: Apache-2.0
// The digitization result code (mã số kết quả số hóa; TT 01/2023/TT-VPCP, Art. 10).
#pragma once

#include "core/catalog.hpp"
#include "core/document.hpp"
#include "core/profile.hpp"

namespace sohoa {

// Allots and writes record.code = {value, kind, prefix, owner, type, symbol, seq, template, given} by the form for the
// paper's kind (core/code_parts.hpp). A document that has a code in the catalog gets the same one again. An unknown
// owner leaves its part empty (Art. 10.2). No code and a warning: "code-incomplete" when a required field is missing,
// "code-unsure" when a part was read from the page with less than [code] min_confidence, "code-kind" for a kind that
// the profile does not know, "code-too-long". A code of the same prefix that was given elsewhere, nobody knows to what,
// is told as "code-elsewhere".
void give_code(Document& document, const Profile& profile, Catalog& catalog);

}  // namespace sohoa
