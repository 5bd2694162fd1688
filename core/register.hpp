// SPDX-License-Identifier: Apache-2.0
// Which row of the office's own list a document is.
#pragma once

#include "core/document.hpp"
#include "core/name_pattern.hpp"
#include "core/register_rows.hpp"

#include <map>
#include <string>
#include <vector>

namespace sohoa {

// What was found. Several rows are told, never chosen from.
struct RegisterMatch {
  std::vector<std::size_t> rows;     // positions in Register::rows(), ascending
  std::string by;                    // barcode, name, pattern or page; empty when nothing was found
  std::vector<std::size_t> by_name;  // rows that the scan's name names, when a barcode names another one

  [[nodiscard]] bool one() const { return rows.size() == 1; }
};

class Register {
 public:
  // Throws what register_rows() throws, and pattern-syntax for the profile's file_pattern.
  Register(const Table& table, const Profile& profile);

  [[nodiscard]] const std::string& name() const noexcept { return m_name; }
  [[nodiscard]] const std::vector<RegisterRow>& rows() const noexcept { return m_rows; }

  // The first of these that names any row decides; where it names several, what else is known of the document narrows
  // them down:
  //   barcode  dossier code and fields that a barcode or separator gave
  //   name     the scan folder's or file's name: its source, its dossier, its dossier and ordinal, its symbol
  //   pattern  the profile's [register] file_pattern over the file's name
  //   page     symbol, number or dossier code that was read surely, and where the row has it the same date of issue;
  //   read less surely,
  //            a symbol that one row without a source has
  [[nodiscard]] RegisterMatch match(const Document& document) const;

 private:
  using Rows = std::vector<std::size_t>;
  using Values = std::map<std::string, std::string>;
  using Index = std::map<std::string, Rows>;

  [[nodiscard]] Values from_barcodes(const Document& document) const;
  [[nodiscard]] static Values from_page(const Document& document, double confidence);
  [[nodiscard]] Values from_pattern(const Document& document) const;
  [[nodiscard]] Rows named_by(const Document& document) const;
  [[nodiscard]] Rows named_by(const Values& values, const std::vector<std::string>& keys) const;
  [[nodiscard]] Rows proven(const Rows& rows, const Values& values) const;
  [[nodiscard]] Rows fitting(const Rows& rows, const Values& values) const;
  [[nodiscard]] Rows of_pattern(const Values& parts) const;
  static Rows in(const Index& index, const std::string& key);

  std::string m_name;
  double m_min_confidence;
  NamePattern m_pattern;
  std::map<std::string, std::string> m_part_keys;  // column that a part of the pattern is of
  std::vector<RegisterRow> m_rows;
  Index m_sources;                      // as written
  Index m_sources_any;                  // key_form, also without the extension of a scan
  std::map<std::string, Index> m_keys;  // dossier, symbol, number by key_form; "file" by the symbol as a file name
};

}  // namespace sohoa
