// SPDX-License-Identifier: Apache-2.0
// What `sohoa verify` is to look at.
#pragma once

#include "core/document.hpp"

#include <string>
#include <vector>

namespace sohoa {

// One document a PDF. For files of an archive (a folder with documents/ and manifests/) `expected` holds the `pdf` of
// the newest manifest that names it; a file that no manifest names, or that is not there, has failed. A bag (a folder
// with bagit.txt) is checked at once, and is a document of its own with `report.bag`, `faults`, `notes` and `verdict`;
// its files follow like those of an archive when it has data/documents.jsonl. So is a package (a folder with METS.xml),
// with `report.package`, and each package that lies in a folder. A path that is not there has failed and has the key
// `missing`. Throws Error(ExitStatus::input) when a manifest cannot be read.
std::vector<Document> verify_targets(const std::vector<std::string>& paths);

}  // namespace sohoa
