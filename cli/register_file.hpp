// SPDX-License-Identifier: Apache-2.0
// The office's register as a file.
#pragma once

#include "core/register.hpp"

#include <string>
#include <vector>

namespace sohoa {

// The rows below the heading. Throws what the format's reader throws.
std::vector<RegisterRow> read_register(const std::string& file);

}  // namespace sohoa
