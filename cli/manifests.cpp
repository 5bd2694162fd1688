// SPDX-License-Identifier: Apache-2.0
#include "cli/manifests.hpp"

#include "cli/report_page.hpp"
#include "core/atomic_file.hpp"
#include "core/digest.hpp"
#include "formats/columns.hpp"
#include "formats/csv.hpp"
#include "formats/manifest.hpp"

#include <map>
#include <utility>

namespace sohoa {
namespace {

// A file whose digest is taken as it is written.
struct NotedFile {
  explicit NotedFile(fs::path file) : path(std::move(file)), out(path) {}
  void write(const std::string& text) {
    out.write(text);
    digest.update(text);
  }

  fs::path path;
  AtomicFile out;
  Sha256 digest;
};

}  // namespace

std::vector<fs::path> write_manifests(const Archive& archive, const CatalogPlace& place, const Profile& profile,
                                      const Settings& settings, Catalog& catalog) {
  std::vector<fs::path> written;
  const Columns columns(profile.manifest_columns, profile);
  for (const std::string& batch : catalog.unmanifested_batches()) {
    NotedFile lines(archive.manifest(batch, "jsonl"));
    NotedFile table(archive.manifest(batch, "csv"));
    table.write((profile.manifest_bom ? csv_mark : "") + csv_line(columns.titles()));
    catalog.each_of_batch(batch, [&](const Json& record) {
      lines.write(manifest_line(record) + "\n");
      std::vector<Problem> warnings;  // in the column of problems
      table.write(csv_line(columns.cells(record, warnings)));
    });
    lines.out.commit();
    table.out.commit();
    write_batch_report(archive, place, batch, settings, profile);
    std::map<std::string, std::string> noted;
    for (NotedFile* file : {&lines, &table}) {
      noted[file->path.filename().string()] = file->digest.hex();
      written.push_back(file->path);
    }
    catalog.mark_manifested(batch, noted);
  }
  return written;
}

}  // namespace sohoa
