// SPDX-License-Identifier: Apache-2.0
// Preservation metadata (PREMIS 3.0, Library of Congress): what the objects are and were made from, what was done to
// them, and by whom. Identifiers are of type "local"; digests are SHA-256 of bytes, except where one says otherwise.
#pragma once

#include "core/json.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct PremisRelation {
  std::string type;     // "derivation", "structural"
  std::string subtype;  // "has source", "is part of" …
  std::vector<std::string> objects;
};

struct PremisFile {
  std::string id;
  std::string kind = "file";  // file | bitstream
  std::string digest;         // empty: not known
  std::string algorithm = "SHA-256";
  std::optional<std::uint64_t> bytes;
  std::string format;  // "PDF/A"
  std::string format_version;
  std::string original_name;
  std::string location;  // relative to the package or representation; empty: it is not in there
  std::vector<PremisRelation> relations;
};

struct PremisEvent {
  std::string id;
  std::string type;
  std::string time;  // ISO 8601 with the office's zone
  std::string detail;
  std::string outcome;                                      // "success", "failure"
  std::vector<std::pair<std::string, std::string>> agents;  // id and role
  std::vector<std::string> objects;
};

// Objects first, then events, then end(), which writes the agents. Nothing is kept but the agents.
class PremisWriter {
 public:
  using Put = std::function<void(std::string_view)>;
  explicit PremisWriter(Put put);

  // kind: intellectualEntity | representation.
  void whole(const std::string& kind, const std::string& id, const std::string& name,
             const std::vector<PremisRelation>& relations);
  void file(const PremisFile& file);
  void event(const PremisEvent& event);
  // Ids for events, each agent listed once at the end.
  std::string software(const std::string& version);
  std::string person(const std::string& name);
  std::string organization(const std::string& name);
  void end();

 private:
  struct Agent {
    std::string name;
    std::string type;
    std::string version;
  };
  Put m_put;
  std::map<std::string, Agent> m_agents;
};

// The objects of one document: its scans, their pages, the files made of them. `files` are those of the package that
// are the document's, the PDF first; `part_of` is the representation that they belong to.
void premis_objects(PremisWriter& out, const Json& record, const std::vector<PremisFile>& files,
                    const std::string& part_of);
// What the record's history and signatures tell, in the office's zone.
void premis_events(PremisWriter& out, const Json& record, const std::vector<PremisFile>& files, int zone_minutes);

}  // namespace sohoa
