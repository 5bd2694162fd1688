// SPDX-License-Identifier: Apache-2.0
#include "formats/mets.hpp"

#include "core/text.hpp"
#include "core/version.hpp"
#include "formats/xml_writer.hpp"

#include <utility>

namespace sohoa {
namespace {

std::string numbered(const char* stem, std::size_t number) { return stem + std::to_string(number + 1); }

class Writer {
 public:
  Writer(const MetsPut& put, const MetsHead& head) : m_put(put), m_head(head) {
    m_put(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<mets:mets xmlns:mets=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\"\n OBJID=\"" +
        xml_escape(head.objid) + "\" LABEL=\"" + xml_escape(head.label) + "\" TYPE=\"" + xml_escape(head.type) +
        "\"\n PROFILE=\"https://" + (head.package == "SIP" ? "earksip" : "earkaip") + ".dilcis.eu/profile/E-ARK-" +
        head.package +
        ".xml\" csip:CONTENTINFORMATIONTYPE=\"OTHER\" csip:OTHERCONTENTINFORMATIONTYPE=\"TT 05/2025/TT-BNV\">\n");
    XmlWriter xml(1);
    xml.open("mets:metsHdr", {{"CREATEDATE", head.made},
                              {"LASTMODDATE", head.made},
                              {"RECORDSTATUS", "NEW"},
                              {"csip:OAISPACKAGETYPE", head.package}});
    xml.open("mets:agent", {{"ROLE", "CREATOR"}, {"TYPE", "OTHER"}, {"OTHERTYPE", "SOFTWARE"}});
    xml.text("mets:name", {}, "sohoa");
    xml.text("mets:note", {{"csip:NOTETYPE", "SOFTWARE VERSION"}}, version);
    xml.close();
    if (!head.agency.empty()) {
      xml.open("mets:agent", {{"ROLE", head.package == "SIP" ? "CREATOR" : "ARCHIVIST"}, {"TYPE", "ORGANIZATION"}});
      xml.text("mets:name", {}, head.agency);
      xml.close();
    }
    xml.close();
    m_put(std::move(xml).take());
  }

  void description(const std::string& id, const MetsFile& file) {
    XmlWriter xml(1);
    xml.open("mets:dmdSec", {{"ID", id}, {"CREATED", m_head.made}, {"STATUS", "CURRENT"}});
    xml.empty("mets:mdRef", reference(id, "EAD", file));
    xml.close();
    m_put(std::move(xml).take());
  }

  void preservation(const MetsFile& file) {
    XmlWriter xml(1);
    xml.open("mets:amdSec", {{"ID", "amd"}});
    xml.open("mets:digiprovMD", {{"ID", "digiprov"}, {"CREATED", m_head.made}, {"STATUS", "CURRENT"}});
    xml.empty("mets:mdRef", reference("digiprov", "PREMIS", file));
    xml.close();
    xml.close();
    m_put(std::move(xml).take());
  }

  // One file of a group whose `mets:fileGrp` is open.
  void file(const std::string& id, const MetsFile& one, const std::string& descriptions) {
    XmlWriter xml(3);
    XmlAttributes attributes = {{"ID", id},
                                {"MIMETYPE", one.mime},
                                {"SIZE", std::to_string(one.bytes)},
                                {"CREATED", m_head.made},
                                {"CHECKSUM", one.sha256},
                                {"CHECKSUMTYPE", "SHA-256"}};
    if (!descriptions.empty()) {
      attributes.emplace_back("DMDID", descriptions);
    }
    xml.open("mets:file", attributes);
    xml.empty("mets:FLocat", {{"LOCTYPE", "URL"}, {"xlink:type", "simple"}, {"xlink:href", percent_encoded(one.href)}});
    xml.close();
    m_put(std::move(xml).take());
  }

  void put(std::string_view text) { m_put(text); }

 private:
  [[nodiscard]] XmlAttributes reference(const std::string& of, const char* type, const MetsFile& file) const {
    return {{"ID", "ref-" + of},
            {"LOCTYPE", "URL"},
            {"MDTYPE", type},
            {"MIMETYPE", file.mime},
            {"SIZE", std::to_string(file.bytes)},
            {"CREATED", m_head.made},
            {"CHECKSUM", file.sha256},
            {"CHECKSUMTYPE", "SHA-256"},
            {"xlink:type", "simple"},
            {"xlink:href", percent_encoded(file.href)}};
  }

  const MetsPut& m_put;
  const MetsHead& m_head;
};

}  // namespace

void write_package_mets(const MetsPut& put, const MetsHead& head, const MetsFile& description,
                        const MetsFile& preservation, const std::vector<MetsFile>& schemas,
                        const MetsFile& representation) {
  Writer out(put, head);
  out.description("dmd", description);
  out.preservation(preservation);
  out.put(" <mets:fileSec ID=\"files\">\n  <mets:fileGrp ID=\"group-schemas\" USE=\"Schemas\">\n");
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    out.file(numbered("schema-", i), schemas[i], {});
  }
  out.put("  </mets:fileGrp>\n  <mets:fileGrp ID=\"group-rep1\" USE=\"Representations/rep1\">\n");
  out.file("rep1-mets", representation, {});
  out.put("  </mets:fileGrp>\n </mets:fileSec>\n");
  XmlWriter xml(1);
  xml.open("mets:structMap", {{"ID", "map"}, {"TYPE", "PHYSICAL"}, {"LABEL", "CSIP"}});
  xml.open("mets:div", {{"ID", "div"}, {"LABEL", head.objid}});
  xml.empty("mets:div", {{"ID", "div-metadata"}, {"LABEL", "Metadata"}, {"DMDID", "dmd"}, {"ADMID", "amd"}});
  xml.open("mets:div", {{"ID", "div-schemas"}, {"LABEL", "Schemas"}});
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    xml.empty("mets:fptr", {{"FILEID", numbered("schema-", i)}});
  }
  xml.close();
  xml.open("mets:div", {{"ID", "div-rep1"}, {"LABEL", "Representations/rep1"}});
  xml.empty("mets:mptr", {{"LOCTYPE", "URL"},
                          {"xlink:type", "simple"},
                          {"xlink:href", percent_encoded(representation.href)},
                          {"xlink:title", "rep1-mets"}});
  xml.close();
  xml.close();
  xml.close();
  out.put(std::move(xml).take() + "</mets:mets>\n");
}

void write_representation_mets(const MetsPut& put, const MetsHead& head, const std::vector<MetsFile>& descriptions,
                               const MetsFile& preservation, const std::vector<MetsFile>& data) {
  Writer out(put, head);
  std::vector<std::string> described;  // by the index of the data
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool own = !descriptions[i].href.empty();
    described.push_back(own ? numbered("dmd-", i) : described.empty() ? std::string() : described.back());
    if (own) {
      out.description(described.back(), descriptions[i]);
    }
  }
  out.preservation(preservation);
  out.put(" <mets:fileSec ID=\"files\">\n  <mets:fileGrp ID=\"group-data\" USE=\"Data\" ADMID=\"amd\">\n");
  for (std::size_t i = 0; i < data.size(); ++i) {
    out.file(numbered("file-", i), data[i], described[i]);
  }
  out.put("  </mets:fileGrp>\n </mets:fileSec>\n");
  XmlWriter xml(1);
  xml.open("mets:structMap", {{"ID", "map"}, {"TYPE", "PHYSICAL"}, {"LABEL", "CSIP"}});
  xml.open("mets:div", {{"ID", "div"}, {"LABEL", head.objid}});
  xml.empty("mets:div", {{"ID", "div-metadata"}, {"LABEL", "Metadata"}, {"ADMID", "amd"}});
  xml.open("mets:div", {{"ID", "div-data"}, {"LABEL", "Data"}});
  for (std::size_t i = 0; i < data.size(); ++i) {
    XmlAttributes attributes = {
        {"ID", numbered("div-", i)}, {"ORDER", std::to_string(i + 1)}, {"LABEL", data[i].label}};
    if (!described[i].empty()) {
      attributes.emplace_back("DMDID", described[i]);
    }
    xml.open("mets:div", attributes);
    xml.empty("mets:fptr", {{"FILEID", numbered("file-", i)}});
    xml.close();
  }
  xml.close();
  xml.close();
  xml.close();
  out.put(std::move(xml).take() + "</mets:mets>\n");
}

}  // namespace sohoa
