// SPDX-License-Identifier: Apache-2.0
// A workbook: its sheet, shared strings and styles, parted by NUL, in a ZIP file of our own; or a whole file.
#include "formats/table.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/stored_zip.hpp"

#include <array>

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(fuzz::view(data, size));
  std::array<std::string, 3> parts;
  std::size_t at = 0;
  for (std::string& part : parts) {
    const std::size_t end = std::min(bytes.find('\0', at), bytes.size());
    part = at < bytes.size() ? bytes.substr(at, end - at) : std::string();
    at = end + 1;
  }
  const bool whole = bytes.rfind("PK", 0) == 0;
  const fuzz::InputFile file(whole ? bytes : test::workbook(parts[0], parts[1], parts[2]));
  fuzz::forgiving([&] {
    const Table table = read_table(file.path());
    std::size_t last = 0;
    for (const TableRow& row : table.rows) {
      fuzz::require(row.number > last && !row.cells.empty(), "rows have numbers that grow, and cells");
      last = row.number;
    }
  });
  return 0;
}
