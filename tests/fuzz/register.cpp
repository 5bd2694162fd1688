// SPDX-License-Identifier: Apache-2.0
// An office's register of papers: CSV, and its rows joined to documents.
#include "core/register_join.hpp"
#include "formats/table.hpp"
#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Profile profile = load_profile("vn-tthc");
  const fuzz::InputFile file(fuzz::view(data, size));
  fuzz::forgiving([&] {
    RegisterJoin join(Register(read_table(file.path()), profile), profile);
    const std::size_t rows = join.joined().rows().size();
    fuzz::require(join.findings().size() == rows, "a row without a scan is told");
    std::size_t ids = 0;
    for (const RegisterRow& row : join.joined().rows()) {
      const std::string source = row.value("source");
      if (source.find('\0') != std::string::npos || source.empty()) {
        continue;
      }
      Document document = Document::of_source(source, "folder");
      std::string id(64, '0');
      const std::string number = std::to_string(++ids);
      document.record()["id"] = id.replace(0, number.size(), number);
      join.join(document);
      join.join_by_page(document);
      fuzz::require(Document::of_line(document.line(), "a line").line() == document.line(),
                    "what the register gave makes a record");
    }
    fuzz::require(join.missing().size() <= rows, "no row is missing twice");
  });
  return 0;
}
