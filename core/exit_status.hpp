// SPDX-License-Identifier: Apache-2.0
// What the process tells its caller. man/fragments/exit-status.mdoc and README.md print the same table.
#pragma once

#include <array>
#include <string_view>

namespace sohoa {

enum class ExitStatus : int {
  done = 0,
  usage = 2,
  input = 3,
  environment = 4,
  some_failed = 5,
  all_failed = 6,
  verification_failed = 7,
  signing_unavailable = 8,
  archive_locked = 9,
  deadline = 10,
  interrupted = 130,
  terminated = 143,
};

inline constexpr std::array all_exit_statuses = {ExitStatus::done,
                                                 ExitStatus::usage,
                                                 ExitStatus::input,
                                                 ExitStatus::environment,
                                                 ExitStatus::some_failed,
                                                 ExitStatus::all_failed,
                                                 ExitStatus::verification_failed,
                                                 ExitStatus::signing_unavailable,
                                                 ExitStatus::archive_locked,
                                                 ExitStatus::deadline,
                                                 ExitStatus::interrupted,
                                                 ExitStatus::terminated};

// One line for the manual and the tests: "all done, or nothing to do".
std::string_view meaning(ExitStatus status);

}  // namespace sohoa
