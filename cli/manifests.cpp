// SPDX-License-Identifier: Apache-2.0
#include "cli/manifests.hpp"

#include "cli/report_page.hpp"
#include "core/atomic_file.hpp"
#include "formats/columns.hpp"
#include "formats/csv.hpp"
#include "formats/manifest.hpp"

namespace sohoa {

std::vector<fs::path> write_manifests(const Archive& archive, const CatalogPlace& place, const Profile& profile,
                                      const Settings& settings, Catalog& catalog) {
  std::vector<fs::path> written;
  const Columns columns(profile.manifest_columns, profile);
  for (const std::string& batch : catalog.unmanifested_batches()) {
    AtomicFile lines(archive.manifest(batch, "jsonl"));
    AtomicFile table(archive.manifest(batch, "csv"));
    table.write((profile.manifest_bom ? csv_mark : "") + csv_line(columns.titles()));
    catalog.each_of_batch(batch, [&](const Json& record) {
      lines.write(manifest_line(record) + "\n");
      std::vector<Problem> warnings;  // in the column of problems
      table.write(csv_line(columns.cells(record, warnings)));
    });
    lines.commit();
    table.commit();
    write_batch_report(archive, place, batch, settings, profile);
    std::map<std::string, std::string> noted;
    for (const char* format : {"jsonl", "csv"}) {
      const fs::path file = archive.manifest(batch, format);
      noted[file.filename().string()] = sha256_of_file(file);
      written.push_back(file);
    }
    catalog.mark_manifested(batch, noted);
  }
  return written;
}

}  // namespace sohoa
