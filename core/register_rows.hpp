// SPDX-License-Identifier: Apache-2.0
// The rows of an office's own list, by the profile's names.
#pragma once

#include "core/profile.hpp"
#include "core/table.hpp"

#include <map>
#include <string>
#include <vector>

namespace sohoa {

struct RegisterRow {
  std::size_t number = 0;                     // in the file, from 1, as a spreadsheet shows it
  std::map<std::string, std::string> values;  // by field name, NFC, dates as YYYY-MM-DD; none is empty
  std::map<std::string, std::string> cells;   // by heading as it is written; none is empty

  [[nodiscard]] std::string value(const std::string& key) const;
  // Digits of at most six places, else 0.
  [[nodiscard]] int count(const std::string& key) const;
  // The name by which people find it: its source, else dossier and ordinal, else symbol, else "row 5".
  [[nodiscard]] std::string label() const;
  // What names the paper, as one digest; what may be corrected without making it another one (pages, note_pair) is left
  // out.
  [[nodiscard]] std::string key() const;
  // Its place in its dossier as a digest; empty without a dossier.
  [[nodiscard]] std::string place_key() const;
};

// Keys of the register that describe the place of a paper and are no fields of it.
bool is_register_field(const std::string& name);

// YYYY-MM-DD of D/M/YYYY, D-M-YYYY or D.M.YYYY; all else as it is.
std::string iso_date(const std::string& text);

struct NamedRows {
  std::vector<std::string> keys;  // of the columns; one without a heading is ""
  std::vector<RegisterRow> rows;
};
// Headings are the profile's field names, columns and aliases, whatever the case of the letters; any other heading
// names a field of its own. They stand in the first of the upper 30 rows that has the most of them, so that titles may
// stand above; a row of column numbers below is passed over.
NamedRows named_rows(const Table& table, const Profile& profile);

// The same of a register. Throws Error(ExitStatus::usage, "register-heading") when no column can find a scan: source,
// dossier, symbol, number, or a part of [register] file_pattern.
std::vector<RegisterRow> register_rows(const Table& table, const Profile& profile);

}  // namespace sohoa
