// SPDX-License-Identifier: Apache-2.0
// The rows of a JSON Lines manifest, one at a time.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/runner.hpp"

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>

namespace sohoa {

class ManifestReader {
 public:
  // Throws Error(ExitStatus::input, "manifest-unreadable").
  explicit ManifestReader(const fs::path& file);
  // The next row that is not blank; one that is no record has failed. Nothing at the end.
  std::optional<Document> next();
  // Line of the row that next() gave last, from 1.
  [[nodiscard]] std::size_t row() const { return m_row; }

 private:
  std::string m_name;
  std::ifstream m_in;
  std::size_t m_row = 0;
};

}  // namespace sohoa
