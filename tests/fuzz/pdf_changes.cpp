// SPDX-License-Identifier: Apache-2.0
// What each revision of a PDF changed after the ones before, as if they were signed.
#include "formats/pdf_changes.hpp"
#include "formats/pdf_permissions.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::view(data, size);
  const fuzz::InputFile file(bytes);
  constexpr std::string_view marker = "%%EOF";
  int revisions = 0;
  for (std::size_t at = bytes.find(marker); at != std::string_view::npos && ++revisions < 4;
       at = bytes.find(marker, at + 1)) {
    const std::uint64_t end = at + marker.size();
    fuzz::forgiving([&] {
      with_podofo(file.path(), [&] {
        const PdfReader before(file.path(), end);
        const PdfReader now(file.path());
        const Permissions permissions = permissions_of(before);
        double covered = 0;
        for (const Change& change : changes_between(before, now, end)) {
          fuzz::require(!change.what.empty(), "every change is described");
          fuzz::require(
              change.kind != Change::Kind::other || judge_change(change, permissions, covered) == Judgement::forbidden,
              "what is not explained is forbidden");
        }
      });
    });
  }
  return 0;
}
