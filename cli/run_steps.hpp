// SPDX-License-Identifier: Apache-2.0
// The row of steps that `sohoa run` is the sum of.
#pragma once

#include "cli/quarantine.hpp"
#include "cli/register_steps.hpp"
#include "cli/run_options.hpp"
#include "core/archive.hpp"
#include "core/work.hpp"

#include <vector>

namespace sohoa {

// Lets the scans that the archive or its quarantine has, or that came earlier in this run, go by as known. The others
// are counted in the keeper, which outlives the step.
StepPtr make_known_step(CatalogDoor catalog, const Quarantine& quarantine, WorkKeeper& keeper);

// `join`: the register, if there is one.
std::vector<StepPtr> steps_of_run(const RunOptions& options, const Profile& profile, const Archive& archive,
                                  const CatalogDoor& catalog, const Quarantine& quarantine, WorkKeeper& keeper,
                                  const RegisterJoinPtr& join);

}  // namespace sohoa
