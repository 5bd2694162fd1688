// SPDX-License-Identifier: Apache-2.0
// What `sohoa run` would do.
#pragma once

#include "cli/console.hpp"
#include "cli/run_options.hpp"
#include "core/exit_status.hpp"

namespace sohoa {

// Opens every scan as ingest does and asks the catalog, when there is one, what it knows; writes nothing anywhere and
// needs no lock. A line {"path", "kind", "status", "id", "pages", "bytes", "reason"} a document on stdout, the status
// being new, known, refused or waiting; the sums with the expected time on the console. The status says how the run's
// intake would end.
ExitStatus dry_run(const RunOptions& options, const Settings& settings, const Profile& profile, Console& console);

}  // namespace sohoa
