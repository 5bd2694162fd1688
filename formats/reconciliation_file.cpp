// SPDX-License-Identifier: Apache-2.0
#include "formats/reconciliation_file.hpp"

#include "core/atomic_file.hpp"
#include "formats/csv.hpp"

namespace sohoa {

void write_reconciliation(const fs::path& file, const std::vector<ListedFinding>& findings) {
  AtomicFile list(file);
  list.write(csv_line(
      {"finding", "row", "source", "dossier", "ordinal", "symbol", "field", "register", "found", "scan", "document"}));
  for (const ListedFinding& one : findings) {
    const Finding& what = one.finding;
    list.write(csv_line({what.finding, one.row > 0 ? std::to_string(one.row) : std::string(), one.source, one.dossier,
                         one.ordinal, one.symbol, what.field, what.expected, what.found, one.scan, one.document}));
  }
  list.commit();
}

}  // namespace sohoa
