// SPDX-License-Identifier: Apache-2.0
// A document's notation: the abbreviation of its kind, of its issuer and of the unit that drew it up (NĐ 30/2020, App.
// I, II.3: "QĐ-UBND", "BC-SNV-VP"; an official letter has no kind: "UBND-NC").
#pragma once

#include "core/extract.hpp"
#include "core/extract_rules.hpp"
#include "core/field_value.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Of a kind of paper or of an agency, as the profile lists them.
bool is_abbreviation(const std::string& group, const ExtractRules& rules);

// Its groups as the profile knows them, without blanks; what is known nowhere stays as it is but for Ð, which is Đ.
std::string notation_value(const std::string& read, const ExtractRules& rules, FieldValue& field);

// A group of a found symbol that the profile does not know and that differs in one letter from what the paper says
// elsewhere, the first from the abbreviation of its kind, any from that of its issuer, is written so: UTr on a TỜ TRÌNH
// is TTr, UBNI of an ỦY BAN NHÂN DÂN is UBND. Adds the repair "abbreviation".
void agree_notation(std::vector<FoundField>& found, const ExtractRules& rules);

}  // namespace sohoa
