// SPDX-License-Identifier: Apache-2.0
// The office's register as steps: what `ingest`, `extract` and `run` share.
#pragma once

#include "cli/steps.hpp"
#include "core/exit_status.hpp"
#include "core/register_join.hpp"

#include <memory>
#include <string>

namespace sohoa {

class Console;

using RegisterJoinPtr = std::shared_ptr<RegisterJoin>;

// Reads the register at once, so that a fault in it is told at the start. Nothing when the options name none.
// With a catalog, rows of what an archive has count as scanned.
RegisterJoinPtr open_register(const IngestOptions& options, const Profile& profile, CatalogDoor catalog = {});

// Remembers in the catalog which dossiers the register says were received. Returns how many of them were new or
// changed.
std::size_t note_register(const fs::path& file, const std::vector<RegisterRow>& rows, const CatalogPlace& place,
                          const Profile& profile);

// Joins by what the scans say. `last`: no step for pages follows, so this one accounts and remarks.
StepPtr make_register_step(RegisterJoinPtr join, bool last);
// Joins by what was read those that are left, accounts and remarks. After extract.
StepPtr make_reconcile_step(RegisterJoinPtr join);

// "2 rows of register.csv have no scan: a, b. It and the scans differ …", or nothing.
std::string remark_of(const RegisterJoin& join);

// Writes the findings to `file` and says so.
void reconcile(const RegisterJoin& join, const fs::path& file, Console& console);
// Writes the findings to `file`, if one is named and the stream came to its end. Gives `status` on.
ExitStatus reconciled(ExitStatus status, const RegisterJoinPtr& join, const std::string& file);

}  // namespace sohoa
