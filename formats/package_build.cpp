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
    if (const std::optional<ClockTime> time = clock_time(issued, 0)) {
      const std::string day = written_time(*time, "yyyy-MM-dd", 0);
      m_start = m_start.empty() ? day : std::min(m_start, day);
      m_end = std::max(m_end, day);
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

// One package in the making.
class Build {
 public:
  Build(fs::path folder, std::string objid, PackageBuilder::Head head, int zone, std::set<std::string>& kept)
      : m_folder(std::move(folder)),
        m_objid(std::move(objid)),
        m_head(std::move(head)),
        m_zone(zone),
        m_made(iso_local(artefact_time(), zone)),
        m_kept(kept) {}

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

  [[nodiscard]] std::string representation() const { return m_objid + "/rep1"; }
  [[nodiscard]] MetsHead head(const std::string& objid, const std::string& label, const std::string& type) const {
    return {objid, label, type, m_head.type, m_made, m_head.agency};
  }

  // Of the documents: what they are, were made from, and what was done to them.
  MetsFile premis_of_documents(const std::vector<PackageDocument>& documents) {
    const auto write = [&](AtomicFile& file) {
      PremisWriter out(into(file));
      out.whole("representation", representation(), {}, {{"structural", "represents", {m_objid}}});
      std::vector<std::string> packed = {representation()};
      for (const PackageDocument& document : documents) {
        const std::vector<PremisFile> files = premis_files(document);
        premis_objects(out, document.record(), files, representation());
        for (const PremisFile& one : files) {
          packed.push_back(one.id);
        }
      }
      for (const PackageDocument& document : documents) {
        premis_events(out, document.record(), premis_files(document), m_zone);
      }
      tell_packing(out, packed);
      out.end();
    };
    return put(package_representation + "/metadata/preservation/PREMIS_rep1.xml", package_representation, write);
  }

  // Of the package: the METS that lists the documents' files.
  MetsFile premis_of_package(const std::string& label, const MetsFile& mets) {
    return put("metadata/preservation/PREMIS.xml", {}, [&](AtomicFile& file) {
      PremisWriter out(into(file));
      out.whole("intellectualEntity", m_objid, label, {});
      out.whole("representation", representation(), {}, {{"structural", "represents", {m_objid}}});
      PremisFile manifest;
      manifest.id = mets.href;
      manifest.digest = mets.sha256;
      manifest.bytes = mets.bytes;
      manifest.format = "METS";
      manifest.format_version = "1.12.1";
      manifest.location = mets.href;
      manifest.relations = {{"structural", "is part of", {m_objid}}, {"reference", "documents", {representation()}}};
      out.file(manifest);
      tell_packing(out, {m_objid, representation(), manifest.id});
      out.end();
    });
  }

 private:
  void tell_packing(PremisWriter& out, const std::vector<std::string>& objects) const {
    PremisEvent event;
    event.id = m_objid + "/event/" + m_head.type;
    event.type = "information package creation";
    event.time = m_made;
    event.detail = "every file was read and its SHA-256 held to the record before it was packed";
    event.outcome = "success";
    event.agents.emplace_back(out.software(std::string(version)), "executing program");
    if (!m_head.agency.empty()) {
      event.agents.emplace_back(out.organization(m_head.agency), m_head.type == "SIP" ? "producer" : "archive");
    }
    event.objects = objects;
    out.event(event);
    event.id = m_objid + "/event/fixity";
    event.type = "fixity check";
    out.event(event);
  }

  fs::path m_folder;
  std::string m_objid;
  PackageBuilder::Head m_head;
  int m_zone;
  std::string m_made;
  std::set<std::string>& m_kept;
};

// How people call the dossier: its title, else its code.
std::string label_of(const std::vector<std::string>& titles, const std::vector<std::string>& cells,
                     const std::string& dossier) {
  const auto title = std::find(titles.begin(), titles.end(), "title");
  const std::string label =
      title == titles.end() ? std::string() : cells[static_cast<std::size_t>(title - titles.begin())];
  return label.empty() ? dossier : label;
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
  Build build(folder, objid, m_head, m_profile.time_zone_minutes, kept);
  const std::string rep = package_representation;
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
    const std::string subject = string_of(member_of(member_of(record, "fields"), "subject"), "value");
    const std::string name = rep + "/metadata/descriptive/EAD_doc_File" + std::to_string(i + 1) + ".xml";
    descriptions.push_back(build.put(name, description_of(m_document.titles(), cells), rep));
    descriptions.resize(data.size() + documents[i].files.size());  // originals have that of their document
    for (const PackageData& file : documents[i].files) {
      kept.insert(package_data + "/" + file.name);
      data.push_back(
          {"data/" + file.name, "application/pdf", file.bytes, file.sha256, subject.empty() ? file.name : subject});
    }
  }
  const std::vector<std::string> titles = m_dossier.titles();
  const std::vector<std::string> cells = m_dossier.cells(whole.record(), warnings);
  const std::string label = label_of(titles, cells, dossier);
  const MetsFile rep_premis = build.premis_of_documents(documents);
  const MetsFile rep_mets = build.put(rep + "/METS.xml", {}, [&](AtomicFile& file) {
    write_representation_mets(into(file), build.head(build.representation(), label, "Representation"), descriptions,
                              rep_premis, data);
  });
  const MetsFile ead = build.put("metadata/descriptive/EAD.xml", description_of(titles, cells), {});
  const MetsFile premis = build.premis_of_package(label, rep_mets);
  std::vector<MetsFile> schemas;
  for (const fs::path& schema : m_schemas) {
    const std::string bytes = read_file(schema, std::uint64_t{16} << 20U);
    schemas.push_back(build.put("schemas/" + schema.filename().string(), bytes, {}));
  }
  build.put("METS.xml", {}, [&](AtomicFile& file) {
    write_package_mets(into(file), build.head(objid, label, m_head.type), ead, premis, schemas, rep_mets);
  });
  return kept;
}

}  // namespace sohoa
