// SPDX-License-Identifier: Apache-2.0
// Where and by whom the program runs, asked of the system once.
#pragma once

#include <string>

namespace sohoa {

// "unknown" when the system does not tell.
const std::string& host_name();
// The name of the user, or the number when that has none.
const std::string& user_name();

}  // namespace sohoa
