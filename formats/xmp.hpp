// SPDX-License-Identifier: Apache-2.0
// The properties of an XMP packet (ISO 16684-1).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

class XmpPacket {
 public:
  // Nothing when the bytes are not well-formed RDF/XML. Document types are refused, nothing is fetched.
  static std::optional<XmpPacket> parse(std::string_view bytes);

  // The first value of a simple property, the default one of alternatives, or the first item of a list;
  // nothing when it is not there.
  [[nodiscard]] std::optional<std::string> value(std::string_view name_space, std::string_view name) const;
  [[nodiscard]] std::size_t item_count(std::string_view name_space, std::string_view name) const;
  // Namespaces in which the packet has properties, with those that it describes itself by a PDF/A extension schema.
  [[nodiscard]] const std::vector<std::string>& name_spaces() const { return m_name_spaces; }
  [[nodiscard]] const std::vector<std::string>& described() const { return m_described; }

 private:
  std::map<std::string, std::vector<std::string>> m_values;  // "namespace name"
  std::vector<std::string> m_name_spaces;
  std::vector<std::string> m_described;
};

inline constexpr std::string_view xmp_basic = "http://ns.adobe.com/xap/1.0/";
inline constexpr std::string_view xmp_dublin_core = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view xmp_pdf = "http://ns.adobe.com/pdf/1.3/";
inline constexpr std::string_view xmp_pdfa_id = "http://www.aiim.org/pdfa/ns/id/";

}  // namespace sohoa
