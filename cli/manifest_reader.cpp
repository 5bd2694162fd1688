// SPDX-License-Identifier: Apache-2.0
#include "cli/manifest_reader.hpp"

#include "core/error.hpp"

#include <cstdio>

namespace sohoa {
namespace {

constexpr std::size_t max_line = std::size_t{64} << 20U;

}  // namespace

ManifestReader::ManifestReader(const fs::path& file) : m_name(file.string()), m_in(m_name, std::ios::binary) {
  if (!m_in || !fs::is_regular_file(file)) {
    throw input_error("manifest-unreadable", "cannot read the manifest " + m_name,
                      "give a manifest of sohoa, a JSON Lines file, or an archive");
  }
}

std::optional<Document> ManifestReader::next() {
  std::streambuf& bytes = *m_in.rdbuf();
  while (true) {
    std::string line;
    bool overlong = false;
    int c = bytes.sbumpc();
    if (c == EOF) {
      return std::nullopt;
    }
    for (; c != EOF && c != '\n'; c = bytes.sbumpc()) {
      overlong = overlong || line.size() >= max_line;
      if (!overlong) {
        line += static_cast<char>(c);
      }
    }
    ++m_row;
    const std::string place = "row " + std::to_string(m_row) + " of " + m_name;
    if (overlong) {
      Document document = Document::of_source(place, "line");
      document.fail(input_error("line-too-long", place + " is longer than 64 MiB", "give one document a row"));
      return document;
    }
    if (line.find_first_not_of(" \t\r") != std::string::npos) {
      return Document::of_line(std::move(line), place);
    }
  }
}

}  // namespace sohoa
