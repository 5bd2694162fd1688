// SPDX-License-Identifier: Apache-2.0
// The attended signing of what a run has delivered unsigned.
#pragma once

#include "cli/settings.hpp"
#include "cli/steps.hpp"
#include "core/exit_status.hpp"

namespace sohoa {

class Console;

// Signs every delivered document of the archive whose record has no signature of the role, batch by batch, and prints
// each record with its path as in the manifest. A file is signed before the catalog tells of it, and the catalog
// before the manifests, so that running again finishes after a kill at any instant: a file that the key has signed
// already is recorded and not signed twice. Throws what Archive throws when a run holds the lock, and
// Error(ExitStatus::input, "no-archive").
ExitStatus sign_archive(const fs::path& folder, const SignOptions& options, const Settings& settings,
                        const Profile& profile);

// Says of a document that it bore this key's signature already.
void tell_signed_before(Console& console, const Document& document);

}  // namespace sohoa
