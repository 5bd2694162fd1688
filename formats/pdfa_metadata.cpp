// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_date.hpp"
#include "formats/pdfa_check.hpp"
#include "formats/xmp.hpp"

#include <algorithm>
#include <array>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::uint64_t k_max_xmp = 16U << 20U;

struct Pair {
  const char* info;
  std::string_view name_space;
  const char* property;
  bool date;
};
// ISO 19005-1, 6.7.3, table 1.
constexpr std::array<Pair, 8> k_pairs{{{"Title", xmp_dublin_core, "title", false},
                                       {"Author", xmp_dublin_core, "creator", false},
                                       {"Subject", xmp_dublin_core, "description", false},
                                       {"Keywords", xmp_pdf, "Keywords", false},
                                       {"Creator", xmp_basic, "CreatorTool", false},
                                       {"Producer", xmp_pdf, "Producer", false},
                                       {"CreationDate", xmp_basic, "CreateDate", true},
                                       {"ModDate", xmp_basic, "ModifyDate", true}}};

// Schemas that need no description (ISO 19005-2, 6.6.2.3.1: XMP 2005; part 1 knows those of XMP 2004).
constexpr std::array<std::string_view, 19> k_known{
    "http://ns.adobe.com/xap/1.0/",           "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/pdf/1.3/",           "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/", "http://www.aiim.org/pdfa/ns/schema#",
    "http://www.aiim.org/pdfa/ns/property#",  "http://www.aiim.org/pdfa/ns/type#",
    "http://www.aiim.org/pdfa/ns/field#",     "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/mm/",        "http://ns.adobe.com/xap/1.0/bj/",
    "http://ns.adobe.com/xap/1.0/t/pg/",      "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "http://ns.adobe.com/photoshop/1.0/",     "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/tiff/1.0/",          "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/"};

bool contains(const auto& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool agree(const Pair& pair, const std::string& info, const XmpPacket& xmp) {
  const std::optional<std::string> value = xmp.value(pair.name_space, pair.property);
  if (!value || xmp.item_count(pair.name_space, pair.property) != 1) {
    return value && pair.name_space == xmp_dublin_core && std::string_view(pair.property) != "creator" &&
           *value == info;
  }
  if (!pair.date) {
    return *value == info;
  }
  const std::optional<Time> stated = time_of_pdf_date(info);
  return stated && stated == time_of_xmp_date(*value);
}

void compare_with_info(const PdfReader& reader, const XmpPacket& xmp, PdfaFindings& findings) {
  const PdfObject* info = reader.dictionary(&reader.trailer(), "Info");
  for (const Pair& pair : k_pairs) {
    if (reader.get(info, pair.info) != nullptr && !agree(pair, reader.text(info, pair.info), xmp)) {
      findings.fault(std::string("Info and XMP do not say the same of ") + pair.info);
    }
  }
}

void read_claim(const XmpPacket& xmp, PdfaFindings& findings) {
  const std::string part = xmp.value(xmp_pdfa_id, "part").value_or("");
  const std::string level = xmp.value(xmp_pdfa_id, "conformance").value_or("");
  const bool known =
      part.size() == 1 && part[0] >= '1' && part[0] <= '3' && level.size() == 1 &&
      (part[0] == '1' ? std::string_view("AB") : std::string_view("ABU")).find(level[0]) != std::string_view::npos;
  if (!known) {
    findings.fault("XMP does not say which part and level of PDF/A the file follows");
    return;
  }
  findings.part = part[0] - '0';
  findings.level = static_cast<char>(level[0] - 'A' + 'a');
  findings.conformance = "PDF/A-" + part + findings.level;
}

// ISO 19005-2, 6.6.2.1: the header states neither bytes nor encoding.
bool packet_header_holds(const std::string& packet) {
  const std::size_t begin = packet.find("<?xpacket");
  const std::size_t end = begin == std::string::npos ? begin : packet.find("?>", begin);
  if (end == std::string::npos) {
    return true;
  }
  const std::string header = packet.substr(begin, end - begin);
  return header.find("bytes=") == std::string::npos && header.find("encoding=") == std::string::npos;
}

}  // namespace

void check_pdfa_metadata(const PdfReader& reader, PdfaFindings& findings) {
  const PdfObject* metadata = reader.dictionary(&reader.catalog(), "Metadata");
  if (metadata == nullptr || !metadata->HasStream()) {
    findings.fault("there is no XMP metadata");
    return;
  }
  const std::string packet = reader.stream(*metadata, k_max_xmp);
  const std::optional<XmpPacket> xmp = XmpPacket::parse(packet);
  if (!xmp) {
    findings.fault("the XMP metadata is not well-formed");
    return;
  }
  read_claim(*xmp, findings);
  if (findings.part == 1) {
    compare_with_info(reader, *xmp, findings);
  }
  if (findings.part == 1 && reader.get(metadata, "Filter") != nullptr) {
    findings.fault("the XMP metadata is compressed, which PDF/A-1 forbids");
  }
  if (!packet_header_holds(packet)) {
    findings.fault("the header of the XMP packet states bytes or encoding");
  }
  for (const std::string& used : xmp->name_spaces()) {
    if (!contains(k_known, used) && !contains(xmp->described(), used)) {
      findings.fault("XMP uses the schema " + used + " without describing it");
    }
  }
}

}  // namespace sohoa
