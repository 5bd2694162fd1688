// SPDX-License-Identifier: Apache-2.0
// What the record says of a PDF that goes into the archive as it is, or whose original is kept beside a new one.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "formats/pdf_verify.hpp"
#include "formats/scan.hpp"

namespace sohoa {

// Makes the file the document's only source: its pages, source.carried, what is known of its signatures and of PDF/A.
// Throws as probe_carried() does.
void carry_file(Document& document, const fs::path& file, const ScanLimits& limits, PdfInspector& inspector);

// Notes in source.originals that the signed file is to be kept beside the PDF that is made of its images.
void keep_original(Document& document, const fs::path& file, PdfInspector& inspector);

// The record's entries for the signatures that were in a file when it came, oldest first.
Json received_signatures(const PdfReport& report);

}  // namespace sohoa
