// SPDX-License-Identifier: Apache-2.0
// Completion scripts for the shells, made from the declarations.
#pragma once

#include "cli/declarations.hpp"

#include <string>

namespace sohoa {

// `shell`: bash | zsh | fish.
std::string completion_for(const std::string& shell, const Declarations& declarations);

}  // namespace sohoa
