// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_targets.hpp"

#include "core/fs.hpp"

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

// What the manifests of an archive say of its PDF files, the latest word on each.
std::map<std::string, Json> expectations(const fs::path& archive) {
  std::map<std::string, Json> expected;
  for (const fs::path& manifest : files_below(archive / "manifests", ".jsonl")) {
    std::ifstream in(manifest.string());
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      const Json record = parse_json(line, manifest.string() + ", line " + std::to_string(++number));
      const Json pdf = record.value("pdf", Json::object());
      const std::string path = fs::path(string_of(pdf, "path")).lexically_normal().string();
      // What was quarantined has no place among the documents.
      if (!path.empty() && string_of(record, "status") != to_string(Status::quarantined)) {
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
  return expected;
}

std::vector<Document> archive_files(const fs::path& archive) {
  std::map<std::string, Json> expected = expectations(archive);
  std::vector<Document> documents;
  for (const fs::path& file : files_below(archive / "documents", ".pdf")) {
    const std::string name = file.lexically_relative(archive).string();
    const auto found = expected.find(name);
    Document document = to_verify(file, found == expected.end() ? Json() : found->second);
    if (found == expected.end()) {
      document.fail(input_error("not-in-manifest", "no manifest of the archive names the file",
                                "run sohoa run on the archive again"));
    } else {
      expected.erase(found);
    }
    documents.push_back(std::move(document));
  }
  for (const auto& [name, pdf] : expected) {
    Document document = to_verify(archive / name, pdf);
    document.fail(*fs::path(name).begin() == "documents"
                      ? input_error("file-missing", "a manifest names the file, but no file of that name is there",
                                    "take it back from a copy")
                      : input_error("file-outside", "a manifest names the file, which is not among the documents",
                                    "look who changed the manifest"));
    documents.push_back(std::move(document));
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
    if (fs::is_directory(path / "documents") && fs::is_directory(path / "manifests")) {
      found = archive_files(path);
    } else if (fs::is_directory(path)) {
      for (const fs::path& file : files_below(path, ".pdf")) {
        found.push_back(to_verify(file, nullptr));
      }
    } else {
      found.push_back(fs::exists(path) ? to_verify(path, nullptr) : missing(path.string()));
    }
    std::move(found.begin(), found.end(), std::back_inserter(documents));
  }
  return documents;
}

}  // namespace sohoa
