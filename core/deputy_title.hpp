// SPDX-License-Identifier: Apache-2.0
// Who signs "KT. GIÁM ĐỐC" is the head's deputy, and writes so below (NĐ 30/2020, App. I, II.7): PHÓ GIÁM ĐỐC.
#pragma once

#include "core/extract.hpp"
#include "core/extract_rules.hpp"

#include <vector>

namespace sohoa {

// Writes the deputy's title as the authority has it, where no more than parts of it were read, as below a seal: HÓ
// GIÁM ĐỐC, TRƯỞNG TRƯỞNG: as sure as it was, or nearly as the authority. Adds one that was not read at all, less sure
// than the authority. Either has the repair "deputy". A title with the head's before it, CHỦ TỊCH TỊCH, is parted into
// both fields. Other titles, such as PHÓ CHỦ TỊCH THƯỜNG TRỰC, stay.
void agree_deputy(std::vector<FoundField>& found, const ExtractRules& rules);

}  // namespace sohoa
