// SPDX-License-Identifier: Apache-2.0
// Scan files of any kind that people put in an inbox: TIFF, JPEG, PNG, image-only PDF.
// Everything here reads bytes from outside: sizes are checked before memory is taken, and
// every failure is an Error(ExitStatus::input) whose sentence names file and page.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/pix.hpp"
#include "core/profile.hpp"
#include "formats/encoded_image.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct ScanLimits {
  std::uint64_t max_file_bytes = std::uint64_t{4} << 30U;
  std::uint64_t max_page_pixels = 200'000'000;  // A0 at 300 dpi is 140 million
  std::size_t max_pages = 10'000;
  bool take_signed = false;  // a signed PDF's images too, though the copy will not have its signatures
  int enough_pixels = 0;     // a side: load_page() gives coarser pixels of a JPEG, if still so many; 0: never
};

// What the profile allows.
ScanLimits limits_of(const Profile& profile, bool take_signed = false);

// "tiff", "jpeg", "png", "pdf", or "" for anything else: by the first bytes, never by the name. Throws file-unreadable.
std::string scan_format(const fs::path& file);

// One entry a page, digests included (core/document.hpp says of what). Never empty.
// Ids of the errors: file-unreadable, file-empty, not-a-scan, file-too-large, too-many-pages,
// page-too-large, image-truncated, image-corrupt, image-unsupported, pdf-corrupt,
// pdf-encrypted, pdf-signed, pdf-no-images, pdf-born-digital.
std::vector<SourcePage> probe_scan(const fs::path& file, const ScanLimits& limits = {});

// Throws scan-changed when a file has not the digest any more that probe_scan() gave its pages.
void check_unchanged(const std::vector<SourcePage>& pages);

// The page's pixels, upright as its orientation tag wants them.
PixPtr load_page(const SourcePage& page, const ScanLimits& limits = {});

// The page for a PDF; see EncodedImage.
EncodedImage encode_page(const SourcePage& page, const ScanLimits& limits = {});

}  // namespace sohoa
