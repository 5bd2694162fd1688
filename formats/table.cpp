// SPDX-License-Identifier: Apache-2.0
#include "formats/table.hpp"

#include "core/error.hpp"
#include "formats/csv.hpp"
#include "formats/xlsx_reader.hpp"

#include <algorithm>
#include <fstream>

namespace sohoa {
namespace {

std::string first_bytes(const fs::path& file, std::size_t count) {
  std::ifstream stream(file.string(), std::ios::binary);
  std::string bytes(count, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

}  // namespace

Table read_table(const fs::path& file, const std::string& sheet) {
  const std::string head = first_bytes(file, 8);
  if (head.rfind("PK\x03\x04", 0) == 0) {
    return read_xlsx(file, sheet);
  }
  if (head.rfind("\xD0\xCF\x11\xE0", 0) == 0) {
    throw input_error("table-format", file.string() + " is an old .xls file, or a workbook with a password",
                      "save it as .xlsx without a password, or as CSV UTF-8");
  }
  if (!sheet.empty()) {
    throw usage_error("table-sheet", file.string() + " is no workbook, so it has no sheet " + sheet,
                      "leave out the name of the sheet");
  }
  return {file.string(), read_csv_rows(file)};
}

}  // namespace sohoa
