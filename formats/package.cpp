// SPDX-License-Identifier: Apache-2.0
#include "formats/package.hpp"

#include "core/atomic_file.hpp"
#include "core/template.hpp"
#include "core/text.hpp"
#include "formats/checked_copy.hpp"
#include "formats/package_build.hpp"
#include "formats/package_check.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <utility>

namespace sohoa {
namespace {

// A UUID of version 8 (RFC 9562, 5.8), from a digest of what the package is of: the same dossier is the same package.
std::string uuid_of(const std::string& name) {
  std::string hex = sha256_hex(name).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') % 4];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    hex.insert(at, 1, '-');
  }
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return hex;
}

}  // namespace

struct PackageWriter::Parts {
  struct Item {
    int ordinal = 0;
    std::uint64_t begin = 0;  // of the record in the spool
    std::size_t length = 0;
    std::vector<PackageData> files;
  };
  struct Dossier {
    std::string code;
    std::string objid;
    fs::path folder;     // the final name
    bool there = false;  // something lies there already; its data are not copied again
    std::vector<Item> items;
    std::vector<Error> missing;

    [[nodiscard]] fs::path part() const { return folder.parent_path() / ("." + folder.filename().string() + ".part"); }
  };

  Parts(const fs::path& target, fs::path root_of_paths, Options given, const Profile& rules)
      : folder(target),
        root(std::move(root_of_paths)),
        options(std::move(given)),
        profile(rules),
        builder(rules, {options.type, options.agency}) {
    make_directories(folder);
    spool = std::make_unique<AtomicFile>(folder / "records");
  }

  Dossier& dossier(const std::string& code) {
    const auto [at, fresh] = index.emplace(code, dossiers.size());
    if (fresh) {
      Dossier& one = dossiers.emplace_back();
      one.code = code;
      one.objid = "urn:" + (options.fonds.empty() ? "" : options.fonds + ":") +
                  "uuid:" + uuid_of("sohoa package\n" + options.type + "\n" + options.fonds + "\n" + code);
      std::string name = one.objid;
      std::replace(name.begin(), name.end(), ':', '_');
      one.folder = folder / file_safe(name);
      boost::system::error_code absent;
      one.there = fs::exists(fs::symlink_status(one.folder, absent)) &&
                  !(fs::is_directory(one.folder) && fs::is_empty(one.folder));
    }
    return dossiers[at->second];
  }

  [[nodiscard]] Json record(const Item& item) const {
    std::ifstream in(spool->temporary().string(), std::ios::binary);
    std::string line(item.length, '\0');
    in.seekg(static_cast<std::streamoff>(item.begin));
    if (!in.read(line.data(), static_cast<std::streamsize>(line.size()))) {
      throw not_written("cannot read back " + spool->temporary().string(), errno);
    }
    return parse_json(line, spool->temporary().string());
  }

  // The register of a dossier may have papers that are not of this stream; only its keeper knows.
  static void warn_of_gaps(const Dossier& sorted, std::vector<Problem>& warnings) {
    std::string missing;
    int next = 1;
    std::size_t told = 0;
    for (const Item& item : sorted.items) {
      for (; next < item.ordinal && told < 5; ++next, ++told) {
        missing += (missing.empty() ? "" : ", ") + std::to_string(next);
      }
      next = item.ordinal + 1;
    }
    if (!missing.empty()) {
      warnings.push_back({Severity::warning, "package-gap",
                          "no document of the dossier has the place " + missing + (told == 5 ? " …" : ""),
                          "look whether papers of it are missing", std::nullopt});
    }
  }

  void make(Dossier& one, PackageResult& result) {
    std::sort(one.items.begin(), one.items.end(), [](const Item& a, const Item& b) { return a.ordinal < b.ordinal; });
    std::vector<PackageDocument> documents;
    for (const Item& item : one.items) {
      documents.push_back({item.files, [this, &item] { return record(item); }});
      for (const PackageData& file : item.files) {
        result.bytes += file.bytes;
      }
    }
    result.documents = documents.size();
    warn_of_gaps(one, result.warnings);
    const std::set<std::string> kept = builder.build(one.part(), one.code, one.objid, documents, result.warnings);
    if (one.there) {
      result.there = same_package(one.part(), one.folder);
      fs::remove_all(one.part());
      if (!result.there) {
        throw usage_error("package-target",
                          one.folder.string() + " is there already and not the package that was to be made",
                          "name another folder, or move the old package away");
      }
    } else {
      remove_files_but(one.part(), [&kept](const std::string& name) { return kept.count(name) != 0; });
      if (std::rename(one.part().c_str(), one.folder.c_str()) != 0) {
        throw not_written("cannot give the package " + one.folder.string() + " its name", errno);
      }
    }
    sync_folder(folder);
    result.mets_sha256 = sha256_of_file(one.folder / "METS.xml");
  }

  // Of dossiers that were left out, and of processes that were killed; whoever works here holds the spool.
  void remove_remains() const {
    std::vector<fs::path> remains;
    for (fs::directory_iterator entry(folder), end; entry != end; ++entry) {
      const std::string name = entry->path().filename().string();
      if (name.rfind(".urn_", 0) == 0 && entry->path().extension() == ".part" &&
          fs::is_directory(entry->symlink_status())) {
        remains.push_back(entry->path());
      }
    }
    for (const fs::path& remain : remains) {
      fs::remove_all(remain);
    }
  }

  fs::path folder;
  fs::path root;
  Options options;
  const Profile& profile;
  PackageBuilder builder;
  std::unique_ptr<AtomicFile> spool;
  std::uint64_t spooled = 0;
  std::vector<Dossier> dossiers;
  std::map<std::string, std::size_t> index;
};

PackageWriter::PackageWriter(const fs::path& folder, const fs::path& root, Options options, const Profile& profile)
    : m_parts(std::make_unique<Parts>(folder, root, std::move(options), profile)) {}

PackageWriter::~PackageWriter() = default;

void PackageWriter::add(const Document& document) {
  const Json& record = document.record();
  const Json& place = member_of(record, "dossier");
  const std::string code = string_of(place, "code");
  const int ordinal = place.is_object() && place.contains("ordinal") && place.at("ordinal").is_number_integer()
                          ? place.at("ordinal").get<int>()
                          : 0;
  const std::string path = string_of(member_of(record, "pdf"), "path");
  if (code.empty() || ordinal < 1) {
    throw input_error("package-dossier", "the document has no dossier code and ordinal, so no package takes it",
                      "give both in the register");
  }
  if (path.empty()) {
    throw input_error("record-incomplete", "the record has no pdf.path", "make the PDF first");
  }
  Parts::Dossier& dossier = m_parts->dossier(code);
  const std::string stem = file_safe(expand_template(
      m_parts->profile.package_file, {{"dossier", code}, {"ordinal", std::to_string(ordinal)}, {"id", document.id()}}));
  const std::string name_of_pdf = stem + ".pdf";
  Parts::Item item;
  item.ordinal = ordinal;
  for (const Parts::Item& other : dossier.items) {
    if (other.files.front().name == name_of_pdf || other.ordinal == ordinal) {
      throw input_error("package-name",
                        "the dossier " + code + " has another document at " + std::to_string(ordinal) + " already",
                        "give each document an ordinal of its own");
    }
  }
  const auto take = [&](const Json& file, const std::string& name) {
    const fs::path target = dossier.there ? fs::path() : dossier.part() / package_data / name;
    const CheckedFile copied = copy_checked(source_below(m_parts->root, string_of(file, "path")), target,
                                            string_of(file, "sha256"), Digests::sha256);
    item.files.push_back({name, copied.bytes, copied.digests.sha256, string_of(file, "conformance")});
  };
  take(member_of(record, "pdf"), name_of_pdf);
  std::size_t number = 0;
  for (const Json& original : record.value("originals", Json::array())) {
    ++number;
    take(original, stem + ".original" + (number > 1 ? std::to_string(number) : "") + ".pdf");
  }
  const std::string line = to_line(record);
  item.begin = m_parts->spooled;
  item.length = line.size();
  m_parts->spool->write(line);
  m_parts->spooled += line.size();
  dossier.items.push_back(std::move(item));
}

void PackageWriter::miss(const Document& document) {
  const std::string code = string_of(member_of(document.record(), "dossier"), "code");
  if (!code.empty()) {
    m_parts->dossier(code).missing.push_back(
        input_error("package-incomplete", "the document " + document.name() + " of the dossier is not delivered",
                    "mend or take out that document and run again"));
  }
}

bool PackageWriter::finish(const std::function<void(const PackageResult&)>& tell,
                           const std::function<bool()>& should_stop) {
  for (Parts::Dossier& dossier : m_parts->dossiers) {
    if (should_stop()) {
      return false;
    }
    PackageResult result;
    result.folder = dossier.folder;
    result.dossier = dossier.code;
    result.objid = dossier.objid;
    result.faults = dossier.missing;
    if (result.faults.empty()) {
      try {
        m_parts->make(dossier, result);
      } catch (const Error& error) {
        if (error.status() == ExitStatus::environment) {
          throw;
        }
        result.faults.push_back(error);
      }
    }
    tell(result);
    dossier.items = {};
  }
  m_parts->remove_remains();
  return true;
}

}  // namespace sohoa
