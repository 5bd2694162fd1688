// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_archive.hpp"

#include "core/catalog.hpp"
#include "core/digest.hpp"

namespace sohoa {

std::vector<ArchiveFault> faults_of_archive(const fs::path& archive) {
  std::vector<ArchiveFault> faults;
  Catalog catalog(catalog_of_archive(archive, "", false), Database::Access::read);
  if (!catalog.is_current()) {
    return faults;
  }
  if (const auto broken = catalog.events().check()) {
    faults.push_back({archive, broken->sentence() + "; look who changed it, and take it back from a copy"});
  }
  for (const auto& [name, sha256] : catalog.manifests_noted()) {
    const fs::path file = archive / "manifests" / fs::path(name).filename();
    if (!fs::is_regular_file(file)) {
      faults.push_back({file, "the manifest is missing; take it back from a copy"});
    } else if (sha256_of_file(file) != sha256) {
      faults.push_back({file,
                        "the manifest is not as it was written; look who changed it, and take it back from a "
                        "copy"});
    }
  }
  return faults;
}

}  // namespace sohoa
