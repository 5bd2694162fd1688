// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_targets.hpp"

#include "core/fs.hpp"
#include "formats/bagit_check.hpp"
#include "formats/package_check.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

namespace sohoa {
namespace {

// One PDF to look at, and what a manifest says of it.
Document to_verify(const fs::path& file, const Json& expected) {
  Document document = Document::of_source(file.string(), "file");
  if (!expected.is_null()) {
    document.record()["expected"] = expected;
  }
  return document;
}

bool has_extension(const fs::path& file, const std::string& extension) {
  const std::string own = file.extension().string();
  return std::equal(own.begin(), own.end(), extension.begin(), extension.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

std::vector<fs::path> files_below(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
    if (fs::is_regular_file(entry->symlink_status()) && has_extension(entry->path(), extension)) {
      files.push_back(entry->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

using Expectations = std::map<std::string, Json>;

// What one manifest says of PDF files, the latest word on each. `in_it` tells whether a document's files belong there.
void read_expectations(const fs::path& manifest, bool (*in_it)(const std::string& status), Expectations& expected) {
  std::ifstream in(manifest.string());
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    const Json record = parse_json(line, manifest.string() + ", line " + std::to_string(++number));
    const Json pdf = record.value("pdf", Json::object());
    const std::string path = fs::path(string_of(pdf, "path")).lexically_normal().string();
    if (!path.empty() && in_it(string_of(record, "status"))) {
      expected[path] = pdf;
      expected[path]["sidecars"] = member_of(record, "sidecars");
      for (const Json& original : record.value("originals", Json::array())) {
        Json kept = original;
        kept["carried"] = true;
        expected[fs::path(string_of(original, "path")).lexically_normal().string()] = std::move(kept);
      }
    }
  }
}

// The files below root/files against what is expected of them by their names from `root`.
std::vector<Document> listed_files(const fs::path& root, const std::string& files, Expectations expected,
                                   const Error& unlisted) {
  std::vector<Document> documents;
  for (const fs::path& file : files_below(root / files, ".pdf")) {
    const std::string name = file.lexically_relative(root).string();
    const auto found = expected.find(name);
    Document document = to_verify(file, found == expected.end() ? Json() : found->second);
    if (found == expected.end()) {
      document.fail(unlisted);
    } else {
      expected.erase(found);
    }
    documents.push_back(std::move(document));
  }
  for (const auto& [name, pdf] : expected) {
    Document document = to_verify(root / name, pdf);
    document.fail(*fs::path(name).begin() == files
                      ? input_error("file-missing", "a manifest names the file, but no file of that name is there",
                                    "take it back from a copy")
                      : input_error("file-outside", "a manifest names the file, which is not among the documents",
                                    "look who changed the manifest"));
    documents.push_back(std::move(document));
  }
  return documents;
}

std::vector<Document> archive_files(const fs::path& archive) {
  Expectations expected;
  for (const fs::path& manifest : files_below(archive / "manifests", ".jsonl")) {
    // What was quarantined has no place among the documents.
    read_expectations(
        manifest, [](const std::string& status) { return status != to_string(Status::quarantined); }, expected);
  }
  return listed_files(archive, "documents", std::move(expected),
                      input_error("not-in-manifest", "no manifest of the archive names the file",
                                  "run sohoa run on the archive again"));
}

void append(std::vector<Document>& documents, std::vector<Document> more) {
  std::move(more.begin(), more.end(), std::back_inserter(documents));
}

// The bag itself, then its PDF files.
std::vector<Document> bag_files(const fs::path& bag) {
  const BagReport report = check_bag(bag);
  Document whole = Document::of_source(bag.string(), "folder");
  whole.record()["report"]["bag"] = Json{{"version", report.version}, {"files", report.files}, {"bytes", report.bytes}};
  whole.record()["verdict"] = report.faults.empty() ? "valid" : "invalid";
  whole.record()["faults"] = report.faults;
  whole.record()["notes"] = report.notes;
  std::vector<Document> documents = {std::move(whole)};
  const fs::path list = bag / "data" / "documents.jsonl";
  std::vector<Document> files;
  if (!fs::is_directory(fs::symlink_status(bag / "data"))) {
    return documents;
  }
  if (fs::is_regular_file(fs::symlink_status(list))) {
    Expectations named;
    read_expectations(
        list,
        [](const std::string& status) {
          return status == to_string(Status::ok) || status == to_string(Status::warning);
        },
        named);
    Expectations expected;
    for (auto& [name, pdf] : named) {
      expected[(fs::path("data") / name).lexically_normal().string()] = std::move(pdf);
    }
    files = listed_files(
        bag, "data", std::move(expected),
        input_error("not-in-manifest", "documents.jsonl of the bag does not name the file", "look who put it there"));
  } else {
    for (const fs::path& file : files_below(bag / "data", ".pdf")) {
      files.push_back(to_verify(file, nullptr));
    }
  }
  append(documents, std::move(files));
  return documents;
}

// The package itself, then its PDF files, whose digests METS vouches for.
std::vector<Document> package_files(const fs::path& package) {
  const PackageReport report = check_package(package);
  Document whole = Document::of_source(package.string(), "folder");
  whole.record()["report"]["package"] = Json{{"objid", report.objid},
                                             {"type", report.type},
                                             {"files", report.files},
                                             {"bytes", report.bytes},
                                             {"mets_sha256", report.mets_sha256}};
  whole.record()["verdict"] = report.faults.empty() ? "valid" : "invalid";
  whole.record()["faults"] = report.faults;
  whole.record()["notes"] = report.notes;
  std::vector<Document> documents = {std::move(whole)};
  for (const fs::path& file : files_below(package, ".pdf")) {
    documents.push_back(to_verify(file, nullptr));
  }
  return documents;
}

// Packages that lie side by side in the folder.
std::vector<fs::path> packages_in(const fs::path& folder) {
  std::vector<fs::path> packages;
  for (fs::directory_iterator entry(folder), end; entry != end; ++entry) {
    const bool unfinished = entry->path().filename().string().front() == '.';
    if (!unfinished && fs::is_directory(entry->symlink_status()) && is_package(entry->path())) {
      packages.push_back(entry->path());
    }
  }
  std::sort(packages.begin(), packages.end());
  return packages;
}

std::vector<Document> folder_files(const fs::path& folder) {
  std::vector<Document> documents;
  const std::vector<fs::path> packages = packages_in(folder);
  for (const fs::path& package : packages) {
    append(documents, package_files(package));
  }
  for (const fs::path& file : files_below(folder, ".pdf")) {
    const bool packed = std::any_of(packages.begin(), packages.end(), [&](const fs::path& package) {
      return file.string().rfind(package.string() + "/", 0) == 0;
    });
    if (!packed) {
      documents.push_back(to_verify(file, nullptr));
    }
  }
  return documents;
}

Document missing(const std::string& path) {
  Document document = to_verify(path, nullptr);
  document.record()["missing"] = true;
  document.fail(input_error("path-missing", "there is no such file or folder", "check the path"));
  return document;
}

}  // namespace

std::vector<Document> verify_targets(const std::vector<std::string>& paths) {
  std::vector<Document> documents;
  for (const fs::path path : paths) {
    std::vector<Document> found;
    if (is_bag(path)) {
      found = bag_files(path);
    } else if (is_package(path)) {
      found = package_files(path);
    } else if (fs::is_directory(path / "documents") && fs::is_directory(path / "manifests")) {
      found = archive_files(path);
    } else if (fs::is_directory(path)) {
      found = folder_files(path);
    } else {
      found.push_back(fs::exists(path) ? to_verify(path, nullptr) : missing(path.string()));
    }
    append(documents, std::move(found));
  }
  return documents;
}

}  // namespace sohoa
