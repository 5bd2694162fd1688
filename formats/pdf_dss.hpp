// SPDX-License-Identifier: Apache-2.0
// The document security store (EN 319 142-1, 5.4.2; ISO 32000-2, 12.8.4.3): evidence in the file itself.
#pragma once

#include "formats/evidence.hpp"
#include "formats/pdf_update.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace sohoa {

// What the store of a file has; streams that cannot be read are passed over.
struct PdfDss {
  Evidence evidence;
  std::map<std::string, PoDoFo::PdfReference> streams;  // by their bytes
  std::map<std::string, Evidence> signatures;           // the VRI entries
  std::uint64_t offset = 0;  // where the dictionary begins in the file: of its newest revision; 0: none

  // Whether `wanted` would add something.
  [[nodiscard]] bool lacks(const std::map<std::string, Evidence>& wanted) const;
};
PdfDss read_dss(const PdfReader& reader);

// The key of a signature's VRI entry: SHA-1 of all bytes of /Contents, upper-case hexadecimal (EN 319 142-1, 5.4.2.3).
std::string vri_key(const std::string& contents);

// Puts the store with what it had and `wanted`, by VRI key, and the extension ESIC into the catalog.
void put_dss(const PdfReader& reader, PdfUpdate& update, const PdfDss& had,
             const std::map<std::string, Evidence>& wanted);

}  // namespace sohoa
