// SPDX-License-Identifier: Apache-2.0
// PDF/A prerequisites and signatures of a PDF, as sohoa verify reads it.
#include "formats/pdf_verify.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::InputFile file(fuzz::view(data, size));
  fuzz::forgiving([&] {
    const PdfReport report = inspect_pdf(file.path(), {});
    for (const SignatureReport& signature : report.signatures) {
      fuzz::require(!signature.verdict.holds(), "nothing is valid by nobody's word");
      fuzz::require(!signature.verdict.reason.empty() && !signature.verdict.sub.empty(), "it is said why");
      fuzz::require(signature.digest_valid || !signature.signature_valid, "no signature holds without its digest");
      fuzz::require(signature.signature_valid || !signature.reason.empty(), "it is said why a signature does not hold");
    }
    fuzz::require(!to_line(to_json(report)).empty(), "a report can be written");
  });
  return 0;
}
