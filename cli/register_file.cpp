// SPDX-License-Identifier: Apache-2.0
#include "cli/register_file.hpp"

#include "formats/csv.hpp"

namespace sohoa {

std::vector<RegisterRow> read_register(const std::string& file) {
  const std::vector<CsvRow> table = read_csv(file);
  std::vector<RegisterRow> rows;
  for (std::size_t i = 1; i < table.size(); ++i) {
    RegisterRow row;
    for (std::size_t cell = 0; cell < table[i].size() && cell < table[0].size(); ++cell) {
      row[table[0][cell]] = table[i][cell];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace sohoa
