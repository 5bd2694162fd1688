// SPDX-License-Identifier: Apache-2.0
// A decoder that breaks on purpose, for the tests alone (SOHOA_FAULTS in CMakeLists.txt).
#pragma once

#include <string>

namespace sohoa {

// Breaks the process when the name of the scan says how: fault-crash, fault-abort, fault-sleep, fault-loop, fault-eat.
void break_on_purpose(const std::string& file);

}  // namespace sohoa
