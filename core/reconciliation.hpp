// SPDX-License-Identifier: Apache-2.0
// What register and scans say against each other, one finding each. `finding` is one of
//   missing-scan   a row without a scan            surplus-scan  a scan without a row
//   double-scan    a second scan of one row, or the same scans once more
//   ambiguous      a scan that several rows fit    keys-differ   the barcode names one row, the scan's name another
//   pages-differ   another number of pages         field-differs another value on the page or in the barcode
//   row-without-key  a row that has nothing by which a scan could be found
#pragma once

#include "core/document.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct Finding {
  std::string finding;
  std::string field;     // of field-differs
  std::string expected;  // what the register says; of ambiguous the rows
  std::string found;     // what the scan says; of double-scan the other scan
};

// A finding with its row and scan, as the list of a whole stream has it.
struct ListedFinding {
  Finding finding;
  std::size_t row = 0;  // in the register's file; 0: none
  std::string source;   // of the row, like the next three
  std::string dossier;
  std::string ordinal;
  std::string symbol;
  std::string scan;      // path of the folder or file; empty: none
  std::string document;  // id
};

// record.reconciliation.findings of a document, which says how it was joined; empty when it was not.
std::vector<Finding> findings_of(const Json& record);
// Adds one there, once. Does nothing when no register was joined.
void add_finding(Document& document, const Finding& finding);

}  // namespace sohoa
