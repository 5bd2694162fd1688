// SPDX-License-Identifier: Apache-2.0
#include "formats/manifest.hpp"

#include "core/quality_gates.hpp"

#include <algorithm>
#include <utility>

namespace sohoa {
namespace {

std::string cell_of(const Json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_null() ? std::string() : value.dump();
}

// A path of keys and positions: "pdf.sha256", "signatures.0.signer".
std::string value_at(const Json& record, const std::string& path) {
  const Json* at = &record;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string key = path.substr(begin, end - begin);
    if (at->is_object() && at->contains(key)) {
      at = &at->at(key);
    } else if (at->is_array() && !key.empty() && key.find_first_not_of("0123456789") == std::string::npos &&
               key.size() < 6 && std::stoul(key) < at->size()) {
      at = &at->at(std::stoul(key));
    } else {
      return {};
    }
    begin = end + 1;
  }
  return cell_of(*at);
}

std::string problems_of(const Json& record) {
  std::string text;
  for (const Json& problem : record.value("problems", Json::array())) {
    if (string_of(problem, "severity") != "info") {
      text += (text.empty() ? "" : "; ") + string_of(problem, "message");
    }
  }
  return text;
}

}  // namespace

CsvRow manifest_heading(const Profile& profile) {
  CsvRow row;
  for (const Profile::Column& column : profile.manifest_columns) {
    row.push_back(column.title);
  }
  return row;
}

CsvRow manifest_row(const Profile& profile, const Json& record) {
  CsvRow row;
  const Json fields = record.value("fields", Json::object());
  for (const Profile::Column& column : profile.manifest_columns) {
    if (column.value == "problems") {
      row.push_back(problems_of(record));
    } else if (column.value == "rescan") {
      row.push_back(rescan_text(record.value("rescan", Json())));
    } else if (fields.contains(column.value)) {
      row.push_back(string_of(fields.at(column.value), "value"));
    } else {
      row.push_back(value_at(record, column.value));
    }
  }
  return row;
}

std::string manifest_line(Json line) {
  if (line.contains("pages") && line.at("pages").is_array()) {
    for (Json& page : line.at("pages")) {
      if (page.is_object()) {
        page.erase("ocr");
        page.erase("image");
      }
    }
  }
  return to_line(line);
}

void name_pdf_from(const fs::path& folder, Json& record) {
  const fs::path root = (fs::absolute(folder) / ".").lexically_normal();
  const auto name_file = [&root](Json& file) {
    const std::string path = string_of(file, "path");
    const fs::path name =
        path.empty() ? fs::path() : fs::absolute(path).lexically_normal().lexically_relative(root.parent_path());
    if (!name.empty() && *name.begin() != "..") {
      file["path"] = name.string();
    }
  };
  if (const auto pdf = record.find("pdf"); pdf != record.end()) {
    name_file(*pdf);
  }
  for (const char* key : {"sidecars", "originals"}) {
    if (const auto files = record.find(key); files != record.end()) {
      std::for_each(files->begin(), files->end(), name_file);
    }
  }
}

}  // namespace sohoa
