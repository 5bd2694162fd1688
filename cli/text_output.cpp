// SPDX-License-Identifier: Apache-2.0
#include "cli/text_output.hpp"

#include "cli/stream.hpp"

namespace sohoa {

TextOutput::TextOutput(const std::string& path) {
  if (!path.empty()) {
    m_file.emplace(path);
  }
}

void TextOutput::put(const std::string& lines) {
  if (m_file) {
    m_file->write(lines);
  } else if (!lines.empty()) {
    put_line(lines.ends_with('\n') ? lines.substr(0, lines.size() - 1) : lines);
  }
}

void TextOutput::commit() {
  if (m_file) {
    m_file->commit();
  }
}

}  // namespace sohoa
