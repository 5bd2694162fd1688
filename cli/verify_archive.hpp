// SPDX-License-Identifier: Apache-2.0
// What an archive has beside its documents: the chain of events in its catalog, and its manifests.
#pragma once

#include "core/fs.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct ArchiveFault {
  fs::path path;  // of the manifest, or of the archive
  std::string fault;
};

// The first break of the chain of events, and manifest files that are not what the chain says was written, or are gone.
// Throws Error when the catalog cannot be read.
std::vector<ArchiveFault> faults_of_archive(const fs::path& archive);

}  // namespace sohoa
