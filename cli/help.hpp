// SPDX-License-Identifier: Apache-2.0
// Help texts, laid out for 80 columns.
#pragma once

#include "cli/declarations.hpp"

#include <string>

namespace sohoa {

// All commands, and the options that each of them has.
std::string overview(const Declarations& declarations);
std::string help_on(const VerbInfo& verb, const Declarations& declarations);

}  // namespace sohoa
