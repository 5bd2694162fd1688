// SPDX-License-Identifier: Apache-2.0
#include "cli/manifests.hpp"

#include "core/atomic_file.hpp"
#include "formats/manifest.hpp"

namespace sohoa {

std::vector<fs::path> write_manifests(const Archive& archive, const Profile& profile, Catalog& catalog) {
  std::vector<fs::path> written;
  for (const std::string& batch : catalog.unmanifested_batches()) {
    AtomicFile lines(archive.manifest(batch, "jsonl"));
    AtomicFile table(archive.manifest(batch, "csv"));
    table.write(csv_line(manifest_heading(profile)));
    catalog.each_of_batch(batch, [&](const Json& record) {
      lines.write(manifest_line(record) + "\n");
      table.write(csv_line(manifest_row(profile, record)));
    });
    lines.commit();
    table.commit();
    catalog.mark_manifested(batch);
    written.push_back(archive.manifest(batch, "jsonl"));
    written.push_back(archive.manifest(batch, "csv"));
  }
  return written;
}

}  // namespace sohoa
