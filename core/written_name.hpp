// SPDX-License-Identifier: Apache-2.0
// A signer's name in a line of text, where a seal or a pen may have taken letters and words of it.
#pragma once

#include "core/extract_rules.hpp"
#include "core/page_lines.hpp"
#include "core/text_pattern.hpp"

#include <string>

namespace sohoa {

// A name's words after the first that are none of the profile's: as they were read before their neighbours were asked,
// if that is one; or if read less than surely, with the marks that one has: Thắng for Thẳng.
std::string written_as_names(const PlacedLine& line, const Span& span, const ExtractRules& rules);

// Of two words at most: one that may lack its middle.
bool is_short_name(const std::string& name);

bool begins_with_surname(const std::string& name, const ExtractRules& rules);

// Whether it is no more than what a seal or a pen has left: Hữu An of Võ Hữu An, Huỳnh Công A of Huỳnh Công An,
// Thị Bích An of Lê Thị Bích An.
bool is_rest_of_name(const std::string& name, bool may_lack_letters, const ExtractRules& rules);

}  // namespace sohoa
