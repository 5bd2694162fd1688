// SPDX-License-Identifier: Apache-2.0
// Separator sheets as a PDF to print: A4, patch code T at head and foot, a QR code twice, and what it says in words.
// Everything is vector but the QR codes' own modules are squares of 1 mm and more, so that any printer will do.
#pragma once

#include "core/fs.hpp"
#include "formats/pdf_writer.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sohoa {

struct SheetPage {
  std::string code;                                        // for the QR codes; empty: none
  std::string headline;                                    // in large letters
  std::vector<std::pair<std::string, std::string>> lines;  // "heading: text"; those that do not fit are left out
};

// `font` is a TrueType file with all letters of the text. The same arguments give the same bytes. Throws what
// FontSubset and make_symbol() throw, and Error(ExitStatus::environment) when `target` cannot be written.
PdfFile write_separator_sheets(const fs::path& target, const fs::path& font, const std::vector<SheetPage>& sheets);

}  // namespace sohoa
