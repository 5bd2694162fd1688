// SPDX-License-Identifier: Apache-2.0
// Codes beside the stream: taking in those given elsewhere, looking over all, reading single ones.
#pragma once

#include "cli/settings.hpp"
#include "core/catalog.hpp"
#include "core/exit_status.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Takes in a list (CSV, XLSX, or JSON Lines: manifests, or objects with code, document, owner, symbol). One line
// {"row", "code", "outcome", "kind", "owner", "type", "symbol", "seq", "problem"} a row; outcome is taken, known (it
// was taken before) or refused (no code in the row). All of the list or nothing of it. The status: done, or some_failed
// and all_failed by the refused rows.
ExitStatus import_codes(const fs::path& file, const std::string& sheet, const Settings& settings,
                        const Profile& profile);

// One line {"finding", "severity", …} for each Catalog::CodeFinding. verification_failed when one is an error: a code
// for two documents, a number given twice.
ExitStatus check_codes(const Settings& settings, const Profile& profile);

// One line {"code", "file_name", "kind", "owner", "type", "symbol", "seq", "prefix"} for each; codes may be given in
// their form as file names. input when one could not be read, with the line {"code", "problem"}.
ExitStatus read_codes(const std::vector<std::string>& codes, const Profile& profile);

}  // namespace sohoa
