// SPDX-License-Identifier: Apache-2.0
// Dates as people give them to options.
#pragma once

#include <string>

namespace sohoa {

// The first and last day (YYYY-MM-DD) of YYYY, YYYY-MM, YYYY-MM-DD, or DD/MM/YYYY as offices write it; "" of "".
// Throws Error(ExitStatus::usage, "date").
std::string first_day(const std::string& date);
std::string last_day(const std::string& date);

}  // namespace sohoa
