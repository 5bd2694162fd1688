// SPDX-License-Identifier: Apache-2.0
// Takes the signatures of files to a higher level; no key is needed.
#pragma once

#include "cli/level_options.hpp"
#include "core/step.hpp"

#include <chrono>

namespace sohoa {

struct UpgradeOptions {
  std::string level;           // empty: no upgrade is asked for
  unsigned renew_within = 30;  // days

  void add(CLI::App& app);
};

// For the files that the records name, seen from `folder`.
StepPtr make_upgrade_step(const UpgradeOptions& options, const LevelOptions& levels, const fs::path& folder = {});

}  // namespace sohoa
