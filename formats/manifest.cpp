// SPDX-License-Identifier: Apache-2.0
#include "formats/manifest.hpp"

#include <algorithm>

namespace sohoa {

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
