// SPDX-License-Identifier: Apache-2.0
// ZIP files without compression, for readers of what lies in them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sohoa::test {

inline std::uint32_t crc_of(const std::string& bytes) {
  std::uint32_t crc = 0xffffffffU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~crc;
}

inline std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int at = 0; at < bytes; ++at) {
    out += static_cast<char>(value >> (8U * static_cast<unsigned>(at)) & 0xffU);
  }
  return out;
}

inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string file;
  std::string directory;
  for (const auto& [name, bytes] : parts) {
    const std::string sizes = little(crc_of(bytes), 4) + little(bytes.size(), 4) + little(bytes.size(), 4) +
                              little(name.size(), 2) + little(0, 2);
    const std::string common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + sizes;
    directory += "PK\x01\x02" + little(20, 2) + common + little(0, 6) + little(0, 4) + little(file.size(), 4) + name;
    file += "PK\x03\x04" + common + name + bytes;
  }
  return file + directory + "PK\x05\x06" + little(0, 4) + little(parts.size(), 2) + little(parts.size(), 2) +
         little(directory.size(), 4) + little(file.size(), 4) + little(0, 2);
}

// The parts of a workbook with one sheet.
inline std::string workbook(const std::string& sheet, const std::string& strings = {}, const std::string& styles = {}) {
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&types](const std::string& id, const std::string& kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + types + kind + "\" Target=\"" + target + "\"/>";
  };
  return stored_zip(
      {{"_rels/.rels", "<Relationships>" + relation("a", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
       {"xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"H\" state=\"hidden\" r:id=\"z\"/>"
        "<sheet name=\"Sổ\" r:id=\"b\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", "<Relationships>" + relation("b", "worksheet", "worksheets/sheet1.xml") +
                                          relation("c", "sharedStrings", "sharedStrings.xml") +
                                          relation("d", "styles", "styles.xml") + "</Relationships>"},
       {"xl/worksheets/sheet1.xml", sheet},
       {"xl/sharedStrings.xml", strings.empty() ? "<sst/>" : strings},
       {"xl/styles.xml", styles.empty() ? "<styleSheet/>" : styles}});
}

}  // namespace sohoa::test
