// SPDX-License-Identifier: Apache-2.0
#include "formats/inner_path.hpp"

#include <algorithm>
#include <vector>

namespace sohoa {

std::string inner_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) {
    return {};
  }
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part == "..") {
      if (parts.empty()) {
        return {};
      }
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string inner;
  for (const std::string_view part : parts) {
    inner.append(inner.empty() ? "" : "/").append(part);
  }
  return inner;
}

std::set<std::string> files_inside(const fs::path& folder, const std::function<void(const std::string&)>& fault) {
  std::set<std::string> files;
  for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
    const std::string name = entry->path().lexically_relative(folder).string();
    const fs::file_status status = entry->symlink_status();
    if (fs::is_regular_file(status)) {
      files.insert(name);
    } else if (!fs::is_directory(status)) {
      fault(name + (fs::is_symlink(status) ? " is a symbolic link" : " is no file"));
    }
  }
  return files;
}

}  // namespace sohoa
