// SPDX-License-Identifier: Apache-2.0
// A table as a workbook (ISO/IEC 29500), row by row: memory does not grow with the rows. Cells are texts, numbers and
// days, never formulas. Equal rows and SOURCE_DATE_EPOCH give equal bytes.
#pragma once

#include "core/atomic_file.hpp"
#include "core/profile.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

class XlsxWriter {
 public:
  // A sheet has 1,048,576 rows; what is more goes on the next sheet, under the same heading.
  // Throws Error(ExitStatus::environment) when the file cannot be made.
  XlsxWriter(const fs::path& target, const std::vector<Profile::Column>& columns);
  XlsxWriter(const XlsxWriter&) = delete;
  XlsxWriter& operator=(const XlsxWriter&) = delete;
  ~XlsxWriter();

  // A text in place of a number or day that it is not, and of a number of more than 15 digits or with leading zeros.
  void row(const std::vector<std::string>& cells);
  // Texts that were longer than the 32,767 letters that a cell takes, and cut.
  [[nodiscard]] std::size_t cut() const;
  // Throws Error(ExitStatus::environment).
  void commit();

 private:
  struct Book;
  AtomicFile m_file;
  std::unique_ptr<Book> m_book;
};

}  // namespace sohoa
