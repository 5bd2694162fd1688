// SPDX-License-Identifier: Apache-2.0
// A sheet as people see it: rows of texts. formats/table.hpp reads one from a file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sohoa {

struct TableRow {
  std::size_t number = 0;  // as a spreadsheet counts them, from 1, empty ones too
  std::vector<std::string> cells;
};

struct Table {
  std::string name;            // of the file, for messages
  std::vector<TableRow> rows;  // those that are not empty, in order
};

}  // namespace sohoa
