// SPDX-License-Identifier: Apache-2.0
// Manifest files and the page of whole batches.
#pragma once

#include "cli/settings.hpp"
#include "core/archive.hpp"
#include "core/catalog.hpp"
#include "core/profile.hpp"

#include <vector>

namespace sohoa {

// Writes manifests/<batch>.jsonl and .csv for every batch of the catalog that has documents since its manifest
// was last written: this run's, and one that was killed before it came so far; and its page, reports/<batch>.html.
// Returns the manifests.
std::vector<fs::path> write_manifests(const Archive& archive, const CatalogPlace& place, const Profile& profile,
                                      const Settings& settings, Catalog& catalog);

}  // namespace sohoa
