// SPDX-License-Identifier: Apache-2.0
// Vietnamese as offices typed it before Unicode: fonts .VnTime and the like, in whose places of Latin letters with
// accents stand Vietnamese ones (TCVN 5712:1993, VN3).
#pragma once

#include <string>
#include <string_view>

namespace sohoa {

// Whether a font of that name, with or without the prefix of a subset, is one of them.
bool is_tcvn3_font(std::string_view name);
// Whether it shows capitals for small letters: .VnTimeH.
bool is_tcvn3_capitals(std::string_view name);

// The letters that the font shows for the text that a reader without it sees. Both UTF-8.
std::string from_tcvn3(std::string_view text, bool capitals);

}  // namespace sohoa
