// SPDX-License-Identifier: Apache-2.0
#include "core/template.hpp"

#include "core/error.hpp"

#include <cstdlib>

namespace sohoa {
namespace {

// The text, cut to `width` characters or padded with zeros to it: "12", "03".
std::string fitted(const std::string& text, const std::string& width) {
  const auto size = static_cast<std::size_t>(std::strtoul(width.c_str(), nullptr, 10));
  if (width.front() == '0') {
    return text.size() < size ? std::string(size - text.size(), '0') + text : text;
  }
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80U;
    characters += begins ? 1U : 0U;
    if (characters > size) {
      return text.substr(0, at);
    }
  }
  return text;
}

}  // namespace

std::string expand_template(const std::string& text, const std::map<std::string, std::string>& values) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = text.find('}', open == std::string::npos ? text.size() : open);
    out += text.substr(at, open - at);
    if (open == std::string::npos || close == std::string::npos) {
      break;
    }
    const std::string inner = text.substr(open + 1, close - open - 1);
    const std::size_t colon = inner.find(':');
    const auto found = values.find(inner.substr(0, colon));
    const std::string width = colon == std::string::npos ? "" : inner.substr(colon + 1);
    if (found == values.end()) {
      throw usage_error("template-name", "the template " + text + " names " + inner + ", which is not known",
                        "see man sohoa-profile");
    }
    out += width.empty() ? found->second : fitted(found->second, width);
    at = close + 1;
  }
  return out;
}

}  // namespace sohoa
