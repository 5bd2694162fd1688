// SPDX-License-Identifier: Apache-2.0
// The digitization result code (mã số kết quả số hóa; TT 01/2023/TT-VPCP, Art. 10).
#pragma once

#include "core/catalog.hpp"
#include "core/document.hpp"
#include "core/profile.hpp"

namespace sohoa {

// Allots and writes record.code = {value, prefix, owner, type, symbol, seq, template, given}. A document
// that has a code in the catalog gets the same one again. An unknown owner leaves its part empty
// (Art. 10.2). A required field that is missing is a warning, "code-incomplete", and no code; so is a part that was
// read from the page with less than [code] min_confidence, "code-unsure".
void give_code(Document& document, const Profile& profile, Catalog& catalog);

}  // namespace sohoa
