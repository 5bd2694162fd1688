// SPDX-License-Identifier: Apache-2.0
// What formats/scan.cpp asks of each kind of file. All of these read bytes from outside.
#pragma once

#include "formats/scan.hpp"

#include <string>
#include <vector>

namespace sohoa {

// A SourcePage need only have its file and index here.
// Each probe leaves sha256 and format to the caller.
std::vector<SourcePage> probe_tiff(const fs::path& file, const ScanLimits& limits);
std::vector<SourcePage> probe_jpeg(const fs::path& file, const ScanLimits& limits);
std::vector<SourcePage> probe_png(const fs::path& file, const ScanLimits& limits);
std::vector<SourcePage> probe_pdf(const fs::path& file, const ScanLimits& limits);

PixPtr load_tiff(const SourcePage& page, const ScanLimits& limits);
PixPtr load_jpeg(const SourcePage& page, const ScanLimits& limits);
PixPtr load_png(const SourcePage& page, const ScanLimits& limits);
PixPtr load_pdf(const SourcePage& page, const ScanLimits& limits);

// The file's own compressed bytes when PDF can hold them so; an EncodedImage without data when not.
EncodedImage untouched_tiff(const SourcePage& page, const ScanLimits& limits);
EncodedImage untouched_jpeg(const SourcePage& page, const ScanLimits& limits);
EncodedImage untouched_png(const SourcePage& page, const ScanLimits& limits);
EncodedImage untouched_pdf(const SourcePage& page, const ScanLimits& limits);

// What a page is known by, in a file with that digest and so many pages.
std::string page_digest(const std::string& file_digest, std::size_t index, std::size_t pages);
// Throws page-too-large or image-corrupt before any memory is taken for the pixels.
void check_page_size(const SourcePage& page, std::uint64_t width, std::uint64_t height, const ScanLimits& limits);
// Sets width, height and resolution, all of them as stored, as the orientation turns them.
void set_size(SourcePage& page, std::uint64_t width, std::uint64_t height, double dpi_x, double dpi_y, int orientation);
// "page 2 of b.tif cannot be used: <what>; <remedy>."
Error bad_page(const std::string& id, const SourcePage& page, const std::string& what,
               const std::string& remedy = "scan it again or export it anew");

}  // namespace sohoa
