// SPDX-License-Identifier: Apache-2.0
// An office's register of papers: CSV, and its rows joined to a document.
#include "core/register.hpp"

#include "formats/csv.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Profile profile = load_profile("vn-tthc");
  const fuzz::InputFile file(fuzz::view(data, size));
  fuzz::forgiving([&] {
    const std::vector<CsvRow> table = read_csv(file.path());
    std::vector<RegisterRow> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
      RegisterRow& row = rows.emplace_back();
      for (std::size_t cell = 0; cell < std::min(table[0].size(), table[i].size()); ++cell) {
        row[table[0][cell]] = table[i][cell];
      }
    }
    const Register registered(rows, profile, "register.csv");
    const std::vector<std::string> sources = registered.unused();
    fuzz::require(sources.size() == rows.size(), "each row has a source of its own");
    for (const std::string& source : sources) {
      Document document = Document::of_source(source, "folder");
      registered.apply(document);
      fuzz::require(Document::of_line(document.line(), "a line").line() == document.line(),
                    "what the register gave makes a record");
    }
  });
  return 0;
}
