// SPDX-License-Identifier: Apache-2.0
// RFC 4180 both ways. Written cells that a spreadsheet would run as a formula get a leading '.
#pragma once

#include "core/fs.hpp"
#include "core/table.hpp"

#include <string>
#include <vector>

namespace sohoa {

using CsvRow = std::vector<std::string>;

// What a file may begin with so that a spreadsheet takes it for UTF-8.
inline const std::string csv_mark = "\xEF\xBB\xBF";

// UTF-8 with or without BOM, comma or semicolon (whichever the heading has more of), \n or \r\n.
// Each row with its number in the file, empty rows counted.
// Throws Error(ExitStatus::input): csv-syntax with file and line, csv-encoding, csv-too-large.
std::vector<TableRow> read_csv_rows(const fs::path& file);

// One row with its line end (\r\n). A cell beginning with = + - @ tab or CR is neutralised.
std::string csv_line(const CsvRow& row);

}  // namespace sohoa
