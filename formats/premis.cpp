// SPDX-License-Identifier: Apache-2.0
#include "formats/premis.hpp"

#include "formats/xml_writer.hpp"

#include <utility>

namespace sohoa {
namespace {

void identifier(XmlWriter& xml, const std::string& name, const std::string& value) {
  xml.open(name);
  xml.text(name + "Type", {}, "local");
  xml.text(name + "Value", {}, value);
  xml.close();
}

void relations(XmlWriter& xml, const std::vector<PremisRelation>& all) {
  for (const PremisRelation& relation : all) {
    if (relation.objects.empty()) {
      continue;
    }
    xml.open("relationship");
    xml.text("relationshipType", {}, relation.type);
    xml.text("relationshipSubType", {}, relation.subtype);
    for (const std::string& object : relation.objects) {
      identifier(xml, "relatedObjectIdentifier", object);
    }
    xml.close();
  }
}

void characteristics(XmlWriter& xml, const PremisFile& file) {
  xml.open("objectCharacteristics");
  if (!file.digest.empty()) {
    xml.open("fixity");
    xml.text("messageDigestAlgorithm", {}, file.algorithm);
    xml.text("messageDigest", {}, file.digest);
    xml.close();
  }
  if (file.bytes) {
    xml.text("size", {}, std::to_string(*file.bytes));
  }
  xml.open("format");
  xml.open("formatDesignation");
  xml.text("formatName", {}, file.format.empty() ? "unknown" : file.format);
  if (!file.format_version.empty()) {
    xml.text("formatVersion", {}, file.format_version);
  }
  xml.close();
  xml.close();
  xml.close();
}

}  // namespace

PremisWriter::PremisWriter(Put put) : m_put(std::move(put)) {
  m_put(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<premis xmlns=\"http://www.loc.gov/premis/v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "version=\"3.0\">\n");
}

void PremisWriter::whole(const std::string& kind, const std::string& id, const std::string& name,
                         const std::vector<PremisRelation>& related) {
  XmlWriter xml(1);
  xml.open("object", {{"xsi:type", kind}});
  identifier(xml, "objectIdentifier", id);
  if (!name.empty()) {
    xml.text("originalName", {}, name);
  }
  relations(xml, related);
  xml.close();
  m_put(std::move(xml).take());
}

void PremisWriter::file(const PremisFile& file) {
  XmlWriter xml(1);
  xml.open("object", {{"xsi:type", file.kind}});
  identifier(xml, "objectIdentifier", file.id);
  characteristics(xml, file);
  if (!file.original_name.empty() && file.kind == "file") {
    xml.text("originalName", {}, file.original_name);
  }
  if (!file.location.empty()) {
    xml.open("storage");
    xml.open("contentLocation");
    xml.text("contentLocationType", {}, "relative path");
    xml.text("contentLocationValue", {}, file.location);
    xml.close();
    xml.close();
  }
  relations(xml, file.relations);
  xml.close();
  m_put(std::move(xml).take());
}

void PremisWriter::event(const PremisEvent& event) {
  XmlWriter xml(1);
  xml.open("event");
  identifier(xml, "eventIdentifier", event.id);
  xml.text("eventType", {}, event.type);
  xml.text("eventDateTime", {}, event.time.empty() ? "unknown" : event.time);
  if (!event.detail.empty()) {
    xml.open("eventDetailInformation");
    xml.text("eventDetail", {}, event.detail);
    xml.close();
  }
  if (!event.outcome.empty()) {
    xml.open("eventOutcomeInformation");
    xml.text("eventOutcome", {}, event.outcome);
    xml.close();
  }
  for (const auto& [agent, role] : event.agents) {
    xml.open("linkingAgentIdentifier");
    xml.text("linkingAgentIdentifierType", {}, "local");
    xml.text("linkingAgentIdentifierValue", {}, agent);
    xml.text("linkingAgentRole", {}, role);
    xml.close();
  }
  for (const std::string& object : event.objects) {
    identifier(xml, "linkingObjectIdentifier", object);
  }
  xml.close();
  m_put(std::move(xml).take());
}

std::string PremisWriter::software(const std::string& version) {
  const std::string id = version.empty() ? "sohoa" : "sohoa " + version;
  m_agents[id] = {"sohoa", "software", version};
  return id;
}

std::string PremisWriter::person(const std::string& name) {
  m_agents["person: " + name] = {name, "person", {}};
  return "person: " + name;
}

std::string PremisWriter::organization(const std::string& name) {
  m_agents["organization: " + name] = {name, "organization", {}};
  return "organization: " + name;
}

void PremisWriter::end() {
  XmlWriter xml(1);
  for (const auto& [id, agent] : m_agents) {
    xml.open("agent");
    identifier(xml, "agentIdentifier", id);
    xml.text("agentName", {}, agent.name);
    xml.text("agentType", {}, agent.type);
    if (!agent.version.empty()) {
      xml.text("agentVersion", {}, agent.version);
    }
    xml.close();
  }
  m_put(std::move(xml).take() + "</premis>\n");
}

}  // namespace sohoa
