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

}  // namespace sohoa
