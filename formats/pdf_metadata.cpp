// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_metadata.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

struct Flavour {
  std::string_view name;
  std::string_view part;
  std::string_view level;
};

// In the order of PdfConformance.
constexpr std::array<Flavour, 4> k_flavours{{{"1b", "1", "B"}, {"2b", "2", "B"}, {"2u", "2", "U"}, {"3u", "3", "U"}}};

const Flavour& flavour(PdfConformance conformance) { return k_flavours.at(static_cast<std::size_t>(conformance)); }

struct Property {
  const char* name;
  const char* description;
  std::string PdfMetadata::*value;
};

// A string of a PDF has at most 32767 bytes (ISO 19005-2, 6.1.13), and UTF-16 may take two for one.
constexpr std::size_t k_max_bytes = 16000;

constexpr const char* k_namespace = "urn:x-sohoa:archive:1#";
const std::array<Property, 4> k_properties{
    {{"resultCode", "Code of the digitization result", &PdfMetadata::result_code},
     {"dossier", "Code of the dossier that the document belongs to", &PdfMetadata::dossier},
     {"documentId", "SHA-256 over the digests of the scanned pages", &PdfMetadata::document_id},
     {"issuedDate", "Date that the paper document bears", &PdfMetadata::issued_date}}};

std::string element(const std::string& name, const std::string& content) {
  return "<" + name + ">" + content + "</" + name + ">\n";
}

// Nothing when there is nothing to say.
std::string text(const std::string& name, const std::string& value) {
  return value.empty() ? "" : element(name, xml_escape(value));
}

std::string list(const std::string& name, const std::string& kind, const std::string& value) {
  const std::string item = kind == "Alt" ? "<rdf:li xml:lang=\"x-default\">" : "<rdf:li>";
  return value.empty()
             ? ""
             : element(name, "<rdf:" + kind + ">" + item + xml_escape(value) + "</rdf:li></rdf:" + kind + ">");
}

// One rdf:Description; `namespaces` are pairs of prefix and URI.
std::string description(const std::vector<std::pair<const char*, const char*>>& namespaces,
                        const std::string& content) {
  std::string tag = "<rdf:Description rdf:about=\"\"";
  for (const auto& [prefix, uri] : namespaces) {
    tag += std::string("\n xmlns:") + prefix + "=\"" + uri + "\"";
  }
  return tag + ">\n" + content + "</rdf:Description>\n";
}

// Its own description, and before the properties: some validators look for it there.
std::string archive_description(const PdfMetadata& metadata) {
  std::string values;
  std::string properties;
  for (const Property& property : k_properties) {
    values += text(std::string("sohoa:") + property.name, metadata.*property.value);
    properties += "<rdf:li rdf:parseType=\"Resource\">\n" + text("pdfaProperty:name", property.name) +
                  text("pdfaProperty:valueType", "Text") + text("pdfaProperty:category", "external") +
                  text("pdfaProperty:description", property.description) + "</rdf:li>\n";
  }
  if (values.empty()) {
    return "";
  }
  const std::string schema = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n" +
                             text("pdfaSchema:schema", "Archive of digitized documents") +
                             text("pdfaSchema:namespaceURI", k_namespace) + text("pdfaSchema:prefix", "sohoa") +
                             "<pdfaSchema:property><rdf:Seq>\n" + properties +
                             "</rdf:Seq></pdfaSchema:property>\n</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";
  return description({{"pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"},
                      {"pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"},
                      {"pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"}},
                     schema) +
         description({{"sohoa", k_namespace}}, values);
}

std::string clean(const std::string& value) {
  std::string out = to_nfc(value.substr(0, k_max_bytes));
  std::replace_if(
      out.begin(), out.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }, ' ');
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {  // U+FFFE, U+FFFF
    for (std::size_t at = out.find(forbidden); at != std::string::npos; at = out.find(forbidden, at)) {
      out.erase(at, forbidden.size());
    }
  }
  return trim(out);
}

}  // namespace

PdfConformance pdf_conformance(std::string_view name) {
  const auto* const found =
      std::find_if(k_flavours.begin(), k_flavours.end(), [&](const Flavour& known) { return known.name == name; });
  if (found == k_flavours.end()) {
    throw usage_error("pdfa-unknown", "\"" + std::string(name) + "\" is no PDF/A flavour that sohoa writes",
                      "choose 1b, 2b, 2u or 3u");
  }
  return static_cast<PdfConformance>(found - k_flavours.begin());
}

std::string_view to_string(PdfConformance conformance) {
  constexpr std::array<std::string_view, 4> k_names{"PDF/A-1b", "PDF/A-2b", "PDF/A-2u", "PDF/A-3u"};
  return k_names.at(static_cast<std::size_t>(conformance));
}

PdfMetadata cleaned(PdfMetadata metadata) {
  for (std::string* value :
       {&metadata.title, &metadata.author, &metadata.subject, &metadata.language, &metadata.creator,
        &metadata.result_code, &metadata.dossier, &metadata.document_id, &metadata.issued_date}) {
    *value = clean(*value);
  }
  return metadata;
}

std::vector<std::pair<const char*, std::string>> info_entries(const PdfMetadata& metadata) {
  std::vector<std::pair<const char*, std::string>> entries{{"Title", metadata.title},
                                                           {"Author", metadata.author},
                                                           {"Subject", metadata.subject},
                                                           {"Keywords", metadata.result_code},
                                                           {"Creator", metadata.creator},
                                                           {"Producer", metadata.creator},
                                                           {"CreationDate", pdf_date(metadata.created)},
                                                           {"ModDate", pdf_date(metadata.created)}};
  std::erase_if(entries, [](const auto& entry) { return entry.second.empty(); });
  return entries;
}

std::string xmp_packet(const PdfMetadata& metadata, PdfConformance conformance) {
  const Flavour& pdfa = flavour(conformance);
  const std::string created = iso_utc(metadata.created);
  const std::string properties =
      text("pdfaid:part", std::string(pdfa.part)) + text("pdfaid:conformance", std::string(pdfa.level)) +
      text("dc:format", "application/pdf") + list("dc:title", "Alt", metadata.title) +
      list("dc:creator", "Seq", metadata.author) + list("dc:description", "Alt", metadata.subject) +
      list("dc:language", "Bag", metadata.language) + list("dc:date", "Seq", created) +
      text("xmp:CreateDate", created) + text("xmp:ModifyDate", created) + text("xmp:MetadataDate", created) +
      text("xmp:CreatorTool", metadata.creator) + text("pdf:Keywords", metadata.result_code) +
      text("pdf:Producer", metadata.creator);
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
         description({{"pdfaid", "http://www.aiim.org/pdfa/ns/id/"},
                      {"dc", "http://purl.org/dc/elements/1.1/"},
                      {"xmp", "http://ns.adobe.com/xap/1.0/"},
                      {"pdf", "http://ns.adobe.com/pdf/1.3/"}},
                     properties) +
         archive_description(metadata) + "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

}  // namespace sohoa
