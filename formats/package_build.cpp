// SPDX-License-Identifier: Apache-2.0
#include "formats/package_build.hpp"

#include "core/atomic_file.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/version.hpp"
#include "formats/mets.hpp"
#include "formats/premis.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sohoa {
namespace {

constexpr std::array<const char*, 5> schema_names = {"mets.xsd", "xlink.xsd", "premis.xsd", "ead.xsd", "EAD_doc.xsd"};

void expect_elements(const std::vector<std::string>& titles) {
  for (const std::string& title : titles) {
    const bool name =
        !title.empty() && !all_digits(title.substr(0, 1)) && std::all_of(title.begin(), title.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (!name) {
      throw usage_error("package-element", "the title " + title + " in [package] is no name of an element",
                        "write it with letters, digits and _");
    }
  }
}

std::string description_of(const std::vector<std::string>& titles, const std::vector<std::string>& cells) {
  XmlWriter xml(0);
  xml.open("simpledc");
  for (std::size_t i = 0; i < titles.size(); ++i) {
    xml.text(titles[i], {}, cells[i]);
  }
  xml.close();
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::move(xml).take();
}

// What is known of a dossier from its documents: each field as the first document has it that has one.
class DossierRecord {
 public:
  explicit DossierRecord(const std::string& code) {
    m_record = Json{{"status", "ok"}, {"dossier", {{"code", code}}}, {"fields", Json::object()}};
  }
  void add(const Json& record, std::size_t number_of_pages) {
    const Json fields = record.value("fields", Json::object());
    for (const auto& [name, field] : fields.items()) {
      if (!string_of(field, "value").empty() && !m_record["fields"].contains(name)) {
        m_record["fields"][name] = field;
      }
    }
    const std::string issued = string_of(member_of(member_of(record, "fields"), "issued_date"), "value");
    if (clock_time(issued, 0)) {
      m_start = m_start.empty() ? issued : std::min(m_start, issued);
      m_end = std::max(m_end, issued);
    }
    m_pages += number_of_pages;
    ++m_documents;
  }
  [[nodiscard]] Json record() const {
    Json all = m_record;
    all["package"] = {{"start", m_start}, {"end", m_end}, {"documents", m_documents}, {"pages", m_pages}};
    return all;
  }

 private:
  Json m_record;
  std::string m_start;
  std::string m_end;
  std::size_t m_documents = 0;
  std::size_t m_pages = 0;
};

class Build {
 public:
  Build(fs::path folder, std::set<std::string>& kept) : m_folder(std::move(folder)), m_kept(kept) {}

  // A file of the package, and how METS in `from` points to it.
  MetsFile put(const std::string& name, const std::string& bytes, const std::string& from) {
    return put(name, from, [&](AtomicFile& file) { file.write(bytes); });
  }
  template <typename Write>
  MetsFile put(const std::string& name, const std::string& from, const Write& write) {
    const fs::path path = m_folder / name;
    make_directories(path.parent_path());
    AtomicFile file(path);
    write(file);
    file.commit();
    m_kept.insert(name);
    const std::string href = from.empty() ? name : fs::path(name).lexically_relative(from).string();
    return {href, "text/xml", fs::file_size(path), sha256_of_file(path), {}};
  }

 private:
  fs::path m_folder;
  std::set<std::string>& m_kept;
};

PremisFile premis_file(const PackageData& data) {
  PremisFile file;
  file.id = "data/" + data.name;
  file.digest = data.sha256;
  file.bytes = data.bytes;
  const std::size_t dash = data.conformance.find('-');
  file.format = dash == std::string::npos ? "PDF" : "PDF/A";
  file.format_version = dash == std::string::npos ? std::string() : data.conformance.substr(dash + 1);
  file.original_name = data.name;
  file.location = "data/" + data.name;
  return file;
}

std::vector<PremisFile> premis_files(const PackageDocument& document) {
  std::vector<PremisFile> files;
  std::transform(document.files.begin(), document.files.end(), std::back_inserter(files), premis_file);
  return files;
}

PremisWriter::Put into(AtomicFile& file) {
  return [&file](std::string_view text) { file.write(text); };
}

}  // namespace

PackageBuilder::PackageBuilder(const Profile& profile, Head head)
    : m_profile(profile),
      m_head(std::move(head)),
      m_dossier(profile.package_dossier, profile),
      m_document(profile.package_document, profile) {
  expect_elements(m_dossier.titles());
  expect_elements(m_document.titles());
  for (const std::string name : schema_names) {
    m_schemas.push_back(file_beside_profiles("schemas/" + name));
    if (m_schemas.back().empty()) {
      throw usage_error("package-schema", "the schema schemas/" + name + " does not lie beside the profiles",
                        "install it there again");
    }
  }
}

std::set<std::string> PackageBuilder::build(const fs::path& folder, const std::string& dossier,
                                            const std::string& objid, const std::vector<PackageDocument>& documents,
                                            std::vector<Problem>& warnings) const {
  std::set<std::string> kept;
  Build build(folder, kept);
  const std::string rep = package_representation;
  const int zone = m_profile.time_zone_minutes;
  const std::string made = iso_local(artefact_time(), zone);
  const std::string representation = objid + "/rep1";
  DossierRecord whole(dossier);
  std::vector<MetsFile> descriptions;
  std::vector<MetsFile> data;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Json record = documents[i].record();
    std::vector<Problem> found;
    const std::vector<std::string> cells = m_document.cells(record, found);
    for (Problem& problem : found) {
      problem.message = string_of(member_of(record, "source"), "path") + ": " + problem.message;
      warnings.push_back(std::move(problem));
    }
    whole.add(record, member_of(record, "pdf").value("pages", member_of(member_of(record, "source"), "pages").size()));
    for (const PackageData& file : documents[i].files) {
      const bool first = &file == &documents[i].files.front();
      kept.insert(package_data + "/" + file.name);
      const std::string subject = string_of(member_of(member_of(record, "fields"), "subject"), "value");
      data.push_back(
          {"data/" + file.name, "application/pdf", file.bytes, file.sha256, subject.empty() ? file.name : subject});
      descriptions.push_back(
          first ? build.put(rep + "/metadata/descriptive/EAD_doc_File" + std::to_string(i + 1) + ".xml",
                            description_of(m_document.titles(), cells), rep)
                : MetsFile());
    }
  }
  const auto package_events = [&](PremisWriter& out, const std::vector<std::string>& objects) {
    PremisEvent event;
    event.id = objid + "/event/" + m_head.type;
    event.type = "information package creation";
    event.time = made;
    event.detail = "every file was read and its SHA-256 held to the record before it was packed";
    event.outcome = "success";
    event.agents.emplace_back(out.software(std::string(version)), "executing program");
    if (!m_head.agency.empty()) {
      event.agents.emplace_back(out.organization(m_head.agency), m_head.type == "SIP" ? "producer" : "archive");
    }
    event.objects = objects;
    out.event(event);
    event.id = objid + "/event/fixity";
    event.type = "fixity check";
    out.event(event);
  };
  const MetsFile rep_premis = build.put(rep + "/metadata/preservation/PREMIS_rep1.xml", rep, [&](AtomicFile& file) {
    PremisWriter out(into(file));
    out.whole("representation", representation, {}, {{"structural", "represents", {objid}}});
    std::vector<std::string> packed = {representation};
    for (const PackageDocument& document : documents) {
      premis_objects(out, document.record(), premis_files(document), representation);
      for (const PremisFile& one : premis_files(document)) {
        packed.push_back(one.id);
      }
    }
    for (const PackageDocument& document : documents) {
      premis_events(out, document.record(), premis_files(document), zone);
    }
    package_events(out, packed);
    out.end();
  });
  const Json dossier_record = whole.record();
  const std::vector<std::string> cells = m_dossier.cells(dossier_record, warnings);
  const std::vector<std::string> titles = m_dossier.titles();
  const auto title = std::find(titles.begin(), titles.end(), "title");
  const std::string label = title == titles.end() || cells[static_cast<std::size_t>(title - titles.begin())].empty()
                                ? dossier
                                : cells[static_cast<std::size_t>(title - titles.begin())];
  const MetsHead head{objid, label, m_head.type, m_head.type, made, m_head.agency};
  const MetsHead rep_head{representation, label, "Representation", m_head.type, made, m_head.agency};
  const MetsFile rep_mets = build.put(rep + "/METS.xml", {}, [&](AtomicFile& file) {
    write_representation_mets(into(file), rep_head, descriptions, rep_premis, data);
  });
  const MetsFile ead = build.put("metadata/descriptive/EAD.xml", description_of(titles, cells), {});
  const MetsFile premis = build.put("metadata/preservation/PREMIS.xml", {}, [&](AtomicFile& file) {
    PremisWriter out(into(file));
    out.whole("intellectualEntity", objid, label, {});
    out.whole("representation", representation, {}, {{"structural", "represents", {objid}}});
    PremisFile manifest;
    manifest.id = rep + "/METS.xml";
    manifest.digest = rep_mets.sha256;
    manifest.bytes = rep_mets.bytes;
    manifest.format = "METS";
    manifest.format_version = "1.12.1";
    manifest.location = manifest.id;
    manifest.relations = {{"structural", "is part of", {objid}}, {"reference", "documents", {representation}}};
    out.file(manifest);
    package_events(out, {objid, representation, manifest.id});
    out.end();
  });
  std::vector<MetsFile> schemas;
  for (const fs::path& schema : m_schemas) {
    schemas.push_back(
        build.put("schemas/" + schema.filename().string(), read_file(schema, std::uint64_t{16} << 20U), {}));
  }
  build.put("METS.xml", {},
            [&](AtomicFile& file) { write_package_mets(into(file), head, ead, premis, schemas, rep_mets); });
  return kept;
}

}  // namespace sohoa
