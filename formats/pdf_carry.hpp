// SPDX-License-Identifier: Apache-2.0
// A PDF that goes into the archive as it is, byte for byte: because it is signed, or was born digital.
#pragma once

#include "formats/scan.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct CarriedPage {
  SourcePage source;   // sizes are of its scan, or of text_frame_of()
  bool blank = false;  // it shows nothing at all
};

struct CarriedPdf {
  std::vector<CarriedPage> pages;  // digests included
  std::string sha256;              // of the file
  std::uint64_t bytes = 0;
  bool is_signed = false;
  std::vector<std::string> extras;  // "attached files", "JavaScript", "a form to fill in", "a portfolio"
};

// Throws Error(ExitStatus::input): pdf-corrupt, pdf-encrypted, too-many-pages, file-unreadable.
CarriedPdf probe_carried(const fs::path& file, const ScanLimits& limits);

// Whether a signature is in the file; what cannot be read has none.
bool is_signed_pdf(const fs::path& file);

}  // namespace sohoa
