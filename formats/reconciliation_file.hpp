// SPDX-License-Identifier: Apache-2.0
// The list of what register and scans say against each other (man/sohoa-manifest.5).
#pragma once

#include "core/fs.hpp"
#include "core/reconciliation.hpp"

#include <vector>

namespace sohoa {

// CSV with a heading; whole or not at all.
void write_reconciliation(const fs::path& file, const std::vector<ListedFinding>& findings);

}  // namespace sohoa
