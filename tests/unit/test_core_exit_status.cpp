// SPDX-License-Identifier: Apache-2.0
// The enum, the manual's fragment and README.md tell the same.
#include "core/exit_status.hpp"

#include "core/fs.hpp"

#include <map>
#include <regex>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

using Table = std::map<int, std::string>;

Table enum_table() {
  Table table;
  for (const ExitStatus status : all_exit_statuses) {
    table[static_cast<int>(status)] = meaning(status);
  }
  return table;
}

Table fragment_table() {
  std::istringstream lines(read_file(std::string(SOHOA_SOURCE_DIR) + "/man/fragments/exit-status.mdoc"));
  Table table;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(".It ", 0) == 0) {
      std::getline(lines, table[std::stoi(line.substr(4))]);
    }
  }
  return table;
}

Table readme_table() {
  const std::string text = read_file(std::string(SOHOA_SOURCE_DIR) + "/README.md");
  const std::size_t begin = text.find("## Exit status\n");
  REQUIRE(begin != std::string::npos);
  const std::size_t rows = text.find_first_not_of('\n', text.find('\n', begin));
  std::string section = text.substr(rows, text.find("\n\n", rows) - rows);
  section = std::regex_replace(section, std::regex("\n"), " ");
  section = std::regex_replace(section, std::regex(" *· *"), "\n");
  std::istringstream entries(section);
  Table table;
  for (std::string entry; std::getline(entries, entry);) {
    table[std::stoi(entry)] = entry.substr(entry.find(' ') + 1);
  }
  return table;
}

}  // namespace

TEST_CASE("every status has a meaning and comes once") {
  CHECK(enum_table().size() == all_exit_statuses.size());
  for (const auto& [number, text] : enum_table()) {
    CAPTURE(number);
    CHECK(text != "unknown");
  }
}

TEST_CASE("the manual's fragment has the rows of the enum") { CHECK(fragment_table() == enum_table()); }

TEST_CASE("README.md has the rows of the enum") { CHECK(readme_table() == enum_table()); }
