// SPDX-License-Identifier: Apache-2.0
// The attended signing of what a run has delivered unsigned, and the upkeep of what is signed.
#pragma once

#include "cli/settings.hpp"
#include "cli/steps.hpp"
#include "cli/upgrade_step.hpp"
#include "core/exit_status.hpp"

namespace sohoa {

// Signs every delivered document of the archive whose record has no signature of the role, batch by batch, and prints
// each record with its path as in the manifest. A file is signed before the catalog tells of it, and the catalog
// before the manifests, so that running again finishes after a kill at any instant: a file that the key has signed
// already is recorded and not signed twice. Throws what Archive throws when a run holds the lock, and
// Error(ExitStatus::input, "no-archive").
ExitStatus sign_archive(const fs::path& folder, const SignOptions& options, const Settings& settings,
                        const Profile& profile);

// The same for the signed documents whose record tells of a lower level, or of a time-stamp that must be renewed.
ExitStatus upgrade_archive(const fs::path& folder, const UpgradeOptions& options, const LevelOptions& levels,
                           const Settings& settings, const Profile& profile);

}  // namespace sohoa
