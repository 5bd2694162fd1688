// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_writer.hpp"

#include "core/text.hpp"

namespace sohoa {

void XmlWriter::begin(std::string_view name, const XmlAttributes& attributes) {
  m_out.append(m_level + m_open.size(), ' ').append("<").append(name);
  for (const auto& [key, value] : attributes) {
    m_out.append(" ").append(key).append("=\"").append(xml_escape(value)).append("\"");
  }
}

void XmlWriter::open(std::string_view name, const XmlAttributes& attributes) {
  begin(name, attributes);
  m_out += ">\n";
  m_open.emplace_back(name);
}

void XmlWriter::close() {
  const std::string name = std::move(m_open.back());
  m_open.pop_back();
  m_out.append(m_level + m_open.size(), ' ').append("</").append(name).append(">\n");
}

void XmlWriter::empty(std::string_view name, const XmlAttributes& attributes) {
  begin(name, attributes);
  m_out += "/>\n";
}

void XmlWriter::text(std::string_view name, const XmlAttributes& attributes, std::string_view content) {
  begin(name, attributes);
  m_out.append(">").append(xml_escape(content)).append("</").append(name).append(">\n");
}

}  // namespace sohoa
