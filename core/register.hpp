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

class Register {
 public:
  Register() = default;
  // Rows as formats/csv.hpp reads them; headings are matched by the profile's field names, columns and
  // aliases, without regard to case. Throws Error(ExitStatus::usage, "register-heading") when the
  // heading "source" (or its alias) is missing, and "register-row" when two rows name one source.
  Register(const std::vector<RegisterRow>& rows, const Profile& profile, const std::string& name);

  // Writes fields (origin "register", confidence 1) and dossier {code, row, ordinal, kind} into the
  // document whose folder name, file name or file stem the row's source is. False when there is none.
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
  };
  const Entry* row_of(const Document& document) const;
  std::map<std::string, Entry> m_entries;
};

}  // namespace sohoa
