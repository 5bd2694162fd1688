// SPDX-License-Identifier: Apache-2.0
// From a document's record to PREMIS: scan, page, PDF and what was done to them.
#include "core/document.hpp"
#include "core/fs.hpp"
#include "formats/columns.hpp"
#include "formats/premis.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace sohoa {
namespace {

// Words of the Library of Congress' list of event types; what has none goes by the step's own name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> event_types = {{
    {"ingest", "capture"},
    {"register", "metadata modification"},
    {"deskew", "metadata extraction"},
    {"ocr", "metadata extraction"},
    {"extract", "metadata extraction"},
    {"code", "metadata modification"},
    {"pdf", "creation"},
    {"sign", "digital signature generation"},
}};

std::string event_type(const std::string& step) {
  const auto* found =
      std::find_if(event_types.begin(), event_types.end(), [&](const auto& one) { return one.first == step; });
  return found == event_types.end() ? step : std::string(found->second);
}

std::string id_of(const Json& record) { return string_of(record, "id"); }

std::string format_of(const Json& page) {
  const std::string format = string_of(page, "format").substr(0, string_of(page, "format").find('-'));
  return format == "tiff" ? "TIFF" : format == "jpeg" ? "JPEG" : format == "png" ? "PNG" : "PDF";
}

// The files of whose pages the digest is of the file's digest and the place in it, not of the bytes.
std::set<std::string> files_of_several(const Json& record, const Json& pages) {
  const Json& source = member_of(record, "source");
  const bool stack = string_of(source, "kind") == "file" && source.contains("stack");
  std::set<std::string> files;
  for (const Json& page : pages) {
    if (stack || page.value("index", std::size_t{0}) > 0) {
      files.insert(string_of(page, "file"));
    }
  }
  return files;
}

std::vector<std::string> page_ids(const Json& record) {
  std::vector<std::string> ids;
  for (std::size_t i = 1; i <= member_of(member_of(record, "source"), "pages").size(); ++i) {
    ids.push_back(id_of(record) + "/page/" + std::to_string(i));
  }
  return ids;
}

std::string local_time(const std::string& time, int zone_minutes) {
  const std::optional<ClockTime> clock = clock_time(time, zone_minutes);
  return clock ? written_time(*clock, "yyyy-MM-ddTHH:mm:ssXXX", zone_minutes) : time;
}

}  // namespace

void premis_objects(PremisWriter& out, const Json& record, const std::vector<PremisFile>& files,
                    const std::string& part_of) {
  const Json& pages = member_of(member_of(record, "source"), "pages");
  const std::vector<std::string> ids = page_ids(record);
  const std::set<std::string> several = files_of_several(record, pages);
  std::set<std::string> scans;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string name = string_of(pages[i], "file");
    PremisFile page;
    page.id = ids[i];
    page.digest = string_of(pages[i], "sha256");
    page.format = format_of(pages[i]);
    page.original_name = name;
    if (several.contains(name)) {
      PremisFile scan;
      scan.id = id_of(record) + "/scan/" + name;
      scan.format = page.format;
      scan.original_name = name;
      page.kind = "bitstream";
      page.algorithm = "SHA-256 of the file's SHA-256 in hexadecimal, # and the page's index";
      page.relations = {{"structural", "is part of", {scan.id}}};
      if (scans.insert(name).second) {
        out.file(scan);
      }
    }
    out.file(page);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    PremisFile file = files[i];
    file.relations = {{"structural", "is part of", {part_of, id_of(record)}}};
    if (i == 0) {
      file.relations.push_back({"derivation", "has source", ids});
    }
    out.file(file);
  }
  out.whole("intellectualEntity", id_of(record), string_of(member_of(record, "source"), "path"),
            {{"structural", "is part of", {part_of}}});
}

void premis_events(PremisWriter& out, const Json& record, const std::vector<PremisFile>& files, int zone_minutes) {
  std::size_t number = 0;
  const auto next = [&] { return id_of(record) + "/event/" + std::to_string(++number); };
  for (const Json& entry : record.value("history", Json::array())) {
    PremisEvent event;
    event.id = next();
    const std::string step = string_of(entry, "step");
    event.type = event_type(step);
    event.time = local_time(string_of(entry, "ended"), zone_minutes);
    event.detail = "sohoa " + step;
    for (const auto& [key, word] :
         {std::pair("started", "begun"), std::pair("host", "on"), std::pair("options", "options")}) {
      if (const std::string value = string_of(entry, key); !value.empty()) {
        event.detail +=
            std::string("; ") + word + " " + (key == std::string("started") ? local_time(value, zone_minutes) : value);
      }
    }
    event.outcome = string_of(entry, "outcome") == "failed" ? "failure" : "success";
    event.agents.emplace_back(out.software(string_of(entry, "version")), "executing program");
    if (const std::string name = string_of(entry, "operator"); !name.empty()) {
      event.agents.emplace_back(out.person(name), "operator");
    }
    if (step == "ingest") {
      event.objects = page_ids(record);
      if (const std::string name = string_of(member_of(record, "source"), "operator"); !name.empty()) {
        event.agents.emplace_back(out.person(name), "scanned by");
      }
    } else if ((step == "pdf" || step == "sign") && !files.empty()) {
      event.objects = {files.front().id};
    } else {
      event.objects = {id_of(record)};
    }
    out.event(event);
  }
  for (const Json& signature : record.value("signatures", Json::array())) {
    PremisEvent event;
    event.id = next();
    event.type = "digital signature generation";
    event.time = local_time(string_of(signature, "time"), zone_minutes);
    event.detail = "level " + string_of(signature, "level") + ", field " + string_of(signature, "field");
    event.outcome = "success";
    if (const std::string signer = string_of(signature, "signer"); !signer.empty()) {
      event.agents.emplace_back(out.person(signer), "signer");
    }
    if (!files.empty()) {
      event.objects = {files.front().id};
    }
    out.event(event);
  }
}

}  // namespace sohoa
