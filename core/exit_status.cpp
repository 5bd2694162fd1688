// SPDX-License-Identifier: Apache-2.0
#include "core/exit_status.hpp"

namespace sohoa {

std::string_view meaning(ExitStatus status) {
  switch (status) {
    case ExitStatus::done:
      return "all done, or nothing to do";
    case ExitStatus::usage:
      return "usage or configuration";
    case ExitStatus::input:
      return "input missing or unreadable";
    case ExitStatus::environment:
      return "environment: language data, disk, permission, catalog out of reach";
    case ExitStatus::some_failed:
      return "finished, some documents failed";
    case ExitStatus::all_failed:
      return "finished, all failed";
    case ExitStatus::verification_failed:
      return "verification failed";
    case ExitStatus::signing_unavailable:
      return "signing unavailable: key, token, time-stamp server";
    case ExitStatus::archive_locked:
      return "another run holds the archive";
    case ExitStatus::deadline:
      return "stopped at the deadline, resumable";
    case ExitStatus::interrupted:
      return "interrupted (SIGINT), resumable";
    case ExitStatus::terminated:
      return "terminated (SIGTERM), resumable";
  }
  return "unknown";
}

}  // namespace sohoa
