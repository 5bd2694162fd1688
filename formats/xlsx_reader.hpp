// SPDX-License-Identifier: Apache-2.0
// Sheets of Office Open XML workbooks (ISO/IEC 29500-1, 18), transitional and strict, as Excel, LibreOffice and Google
// write them. The cells' texts only: formulas by the value that was kept with them, never run; no entity is expanded
// and nothing outside of the file is looked at.
#pragma once

#include "core/fs.hpp"
#include "core/table.hpp"

#include <string>

namespace sohoa {

// The sheet of that name (empty: the first that is not hidden). What is more than 1,000 columns to the right is left
// out; a cell merged downwards counts for all its rows; a cell with an error (#REF!) is empty. Numbers and dates:
// formats/xlsx_value.hpp.
// Throws Error(ExitStatus::input): zip-syntax, zip-too-large and zip-encrypted (formats/zip_reader.hpp), "xlsx-syntax",
// "xlsx-too-large" with more than 4 million cells; Error(ExitStatus::usage, "xlsx-sheet") with the names there are.
Table read_xlsx(const fs::path& file, const std::string& sheet = {});

}  // namespace sohoa
