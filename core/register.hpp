// SPDX-License-Identifier: Apache-2.0
// The office's own list of papers, joined to documents by folder or file name.
#pragma once

#include "core/document.hpp"
#include "core/profile.hpp"

#include <map>
#include <string>
#include <vector>

namespace sohoa {

// One row: heading -> cell.
using RegisterRow = std::map<std::string, std::string>;

// What the headings of an office's register mean: the profile's field names, columns and aliases, without regard to
// case.
class RegisterHeadings {
 public:
  explicit RegisterHeadings(const Profile& profile);
  // Field (or source, dossier, ordinal, kind, pages) -> value, NFC; dates as YYYY-MM-DD, empty cells left out. A
  // heading that the profile does not know is its own name.
  [[nodiscard]] std::map<std::string, std::string> values_of(const RegisterRow& row) const;

 private:
  std::map<std::string, std::string> m_names;
};

class Register {
 public:
  Register() = default;
  // Rows as formats/csv.hpp reads them. Throws Error(ExitStatus::usage, "register-heading") when a row has neither a
  // source nor a dossier code, and "register-row" when two rows name one source.
  Register(const std::vector<RegisterRow>& rows, const Profile& profile, const std::string& name);

  // Writes fields (origin "register", confidence 1) and dossier {code, row, ordinal, kind} into the
  // document whose folder name, file name or file stem the row's source is; of those that were cut off a stack, into
  // the one whose separator sheet names the row's source, or its dossier code (and ordinal) alone. False when there is
  // none.
  bool apply(Document& document) const;
  // Marks the document's row as used and changes nothing else: its scan is there, whatever became of it.
  void see(const Document& document) const { static_cast<void>(row_of(document)); }
  // Sources of rows that no document was seen of, in the register's order.
  [[nodiscard]] std::vector<std::string> unused() const;

 private:
  struct Entry {
    std::size_t row = 0;  // line in the file, from 1, heading included
    std::map<std::string, std::string> values;
    mutable bool used = false;
    [[nodiscard]] std::string value(const char* key) const;
  };
  [[nodiscard]] const Entry* row_of(const Document& document) const;
  [[nodiscard]] const Entry* row_of_sheet(const Json& values) const;
  [[nodiscard]] const Entry* row_of_source(const std::string& source) const;

  std::vector<Entry> m_entries;
  std::map<std::string, std::size_t> m_by_source;
  std::multimap<std::string, std::size_t> m_by_dossier;
};

}  // namespace sohoa
