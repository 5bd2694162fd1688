// SPDX-License-Identifier: Apache-2.0
// A line of a stream of document records, and what every step asks of it.
#include "core/document.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Document document = Document::of_line(std::string(fuzz::view(data, size)), "a line");
  const std::string line = document.line();
  fuzz::require(line.find('\n') == std::string::npos || document.passes_by(), "a record is one line");
  fuzz::require(Document::of_line(line, "a line").line() == line,
                "what was read and written is read and written alike");
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    const SourcePage source = document.source_page(page);
    fuzz::require(!source.file.empty() && source.sha256.size() == 64, "a page has a file and a digest");
  }
  for (std::size_t page = 0; document.alive() && page < document.page_count(); ++page) {
    document.page(page)["seen"] = true;
  }
  document.set_field("subject", document.field("subject"), 1, "register");
  document.add_problem({Severity::warning, "seen", "it was seen", "none", std::nullopt});
  fuzz::require(Document::of_line(document.line(), "a line").status() == document.status(),
                "a changed record is a record");
  return 0;
}
