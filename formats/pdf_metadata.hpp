// SPDX-License-Identifier: Apache-2.0
// What a PDF/A says of itself, twice: the Info dictionary and the XMP packet must agree
// (ISO 19005-1, 6.7.3).
#pragma once

#include "formats/pdf_writer.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sohoa {

// Valid UTF-8 in NFC without characters that XML 1.0 forbids; so both places can say the same.
// What goes beyond 16000 bytes is cut off.
PdfMetadata cleaned(PdfMetadata metadata);

// Keys of ISO 32000-1, 14.3.3 with their values in UTF-8, no empty ones. `metadata` must be cleaned.
std::vector<std::pair<const char*, std::string>> info_entries(const PdfMetadata& metadata);

// ISO 16684-1, with the extension schema (ISO 19005-2, 6.6.2.3.3) of the archive's own
// properties. `metadata` must be cleaned.
std::string xmp_packet(const PdfMetadata& metadata, PdfConformance conformance);

}  // namespace sohoa
