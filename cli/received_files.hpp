// SPDX-License-Identifier: Apache-2.0
// Judges the files that came with another office's manifest.
#pragma once

#include "core/fs.hpp"
#include "core/step.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Fails a record that lacks what an import needs: "record-incomplete", or "file-outside" of a path that leaves its
// folder.
void check_received(const Document& document);

// Fails a document whose PDF below `root` is missing ("file-missing"), is not the one of the record ("fixity": SHA-256,
// pages), has an invalid signature or not those of the record ("signature-invalid"), or whose sidecars are others.
// `trust` and `revocation` as verify's.
StepPtr make_received_files_step(const fs::path& root, const std::vector<fs::path>& trust,
                                 const std::vector<fs::path>& revocation);

}  // namespace sohoa
