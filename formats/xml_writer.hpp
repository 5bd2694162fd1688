// SPDX-License-Identifier: Apache-2.0
// Elements of XML 1.0, indented one blank a level. Values are escaped, characters that XML forbids are dropped
// (core/text.hpp xml_escape).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {

using XmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

class XmlWriter {
 public:
  // `level`: how deep the elements lie in the file that they are written for.
  explicit XmlWriter(std::size_t level) : m_level(level) {}

  void open(std::string_view name, const XmlAttributes& attributes = {});
  void close();  // the innermost open element
  void empty(std::string_view name, const XmlAttributes& attributes);
  void text(std::string_view name, const XmlAttributes& attributes, std::string_view content);

  // What was written; every element must be closed.
  [[nodiscard]] std::string take() && { return std::move(m_out); }

 private:
  void begin(std::string_view name, const XmlAttributes& attributes);

  std::size_t m_level;
  std::vector<std::string> m_open;
  std::string m_out;
};

}  // namespace sohoa
