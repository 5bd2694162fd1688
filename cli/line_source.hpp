// SPDX-License-Identifier: Apache-2.0
// Documents from JSON Lines: one record a line.
#pragma once

#include "core/runner.hpp"

#include <cstddef>
#include <string>

namespace sohoa {

// A line that is no record, or is longer than 64 MiB, becomes a failed document with the problem, in its place.
// Empty lines are passed over. Holds one block and one line at a time.
class LineSource : public DocumentSource {
 public:
  explicit LineSource(int descriptor);
  // Throws Error(ExitStatus::input, "input-unreadable").
  Pull pull(std::optional<Document>& document) override;
  [[nodiscard]] int descriptor() const override { return m_descriptor; }

 private:
  bool read_block();
  [[nodiscard]] Document document_of(std::string line);

  int m_descriptor;
  std::string m_buffer;
  std::size_t m_begin = 0;    // of the line at hand
  std::size_t m_scanned = 0;  // up to here it has no end
  std::size_t m_line = 0;
  bool m_overlong = false;  // the line at hand is being thrown away
  bool m_ended = false;
};

}  // namespace sohoa
