// SPDX-License-Identifier: Apache-2.0
// The one door for tables that offices keep: registers, lists of codes.
#pragma once

#include "core/fs.hpp"
#include "core/table.hpp"

#include <string>

namespace sohoa {

// CSV (formats/csv.hpp) or XLSX (formats/xlsx_reader.hpp), told apart by the first bytes. `sheet` names a sheet of a
// workbook; empty: its first visible one.
// Throws Error(ExitStatus::input) of those two, or "table-format" for the old .xls and for protected workbooks.
Table read_table(const fs::path& file, const std::string& sheet = {});

}  // namespace sohoa
