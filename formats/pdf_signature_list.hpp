// SPDX-License-Identifier: Apache-2.0
// The signatures and document time-stamps of a file, as far as their levels depend on them. Whether the signatures hold
// is not asked: formats/pdf_signature_check.hpp does.
#pragma once

#include "formats/pdf_reader.hpp"
#include "formats/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct ListedSignature {
  std::string field;
  bool document_stamp = false;   // EN 319 142-1, 5.4.3
  std::uint64_t hole = 0;        // where its Contents begin, in bytes from the beginning of the file
  std::string contents;          // with padding
  CertificatePtr signer;         // null when it cannot be read
  CertificatesPtr certificates;  // all that it embeds
  Time stated{};                 // /M
  // A document time-stamp itself, or a signature's time-stamp, when it is sound and of the right bytes.
  std::optional<StampToken> stamp;
};

// In the order in which they were made.
std::vector<ListedSignature> list_signatures(const PdfReader& reader);

}  // namespace sohoa
