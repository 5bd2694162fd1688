// SPDX-License-Identifier: Apache-2.0
// Searchable PDF/A from scanned pages: ISO 19005-1 level B, 19005-2 levels B and U, 19005-3 level U.
// The scan lies on the page in true size, straightened by the transformation matrix; the words
// lie invisibly over it (text rendering mode 3, one glyphless font).
#pragma once

#include "core/clock.hpp"
#include "core/fs.hpp"
#include "core/ocr_text.hpp"
#include "core/page_geometry.hpp"
#include "formats/encoded_image.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

enum class PdfConformance { a1b, a2b, a2u, a3u };

// "1b", "2b", "2u", "3u"; throws Error(ExitStatus::usage) naming the choices.
PdfConformance pdf_conformance(std::string_view name);
std::string_view to_string(PdfConformance conformance);  // "PDF/A-2u"

// What Info and XMP say, alike in both. Empty strings are left out.
struct PdfMetadata {
  std::string title;
  std::string author;  // issuing agency
  std::string subject;
  std::string language;  // RFC 3066 tag for /Lang and dc:language: "vi"
  std::string creator;   // "sohoa 0.1.0"
  std::string result_code;
  std::string dossier;
  std::string document_id;
  std::string issued_date;
  Time created{};  // CreationDate, ModDate, xmp:CreateDate …
};

struct PdfPage {
  EncodedImage image;
  double dpi_x = 0;  // of the stored image, after its orientation tag; must be > 0
  double dpi_y = 0;
  PageGeometry geometry;
  OcrPage text;  // empty for a page that was not read
};

struct PdfFile {
  std::string sha256;
  std::uint64_t bytes = 0;
  std::size_t pages = 0;
};

// Pages are asked for one at a time, so that memory does not grow with their number.
using PdfPageSource = std::function<PdfPage(std::size_t page)>;

// Writes `target` atomically. The same arguments give the same bytes.
// Throws Error(ExitStatus::environment) when it cannot be written; what `source` throws passes through.
PdfFile write_pdf(const fs::path& target, PdfConformance conformance, const PdfMetadata& metadata, std::size_t pages,
                  const PdfPageSource& source);

}  // namespace sohoa
