// SPDX-License-Identifier: Apache-2.0
// Manifest files of whole batches.
#pragma once

#include "core/archive.hpp"
#include "core/catalog.hpp"
#include "core/profile.hpp"

#include <vector>

namespace sohoa {

// Writes manifests/<batch>.jsonl and .csv for every batch of the catalog that has documents since its manifest
// was last written: this run's, and one that was killed before it came so far. Returns the files.
std::vector<fs::path> write_manifests(const Archive& archive, const Profile& profile, Catalog& catalog);

}  // namespace sohoa
