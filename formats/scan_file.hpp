// SPDX-License-Identifier: Apache-2.0
// What formats/scan.cpp asks of each kind of file. All of these read bytes from outside.
#pragma once

#include "formats/scan.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Each probe leaves file, index and sha256 to the caller.
std::vector<SourcePage> probe_tiff(const fs::path& file, const ScanLimits& limits);
std::vector<SourcePage> probe_jpeg(const fs::path& file, const ScanLimits& limits);
std::vector<SourcePage> probe_png(const fs::path& file, const ScanLimits& limits);

PixPtr load_tiff(const SourcePage& page, const ScanLimits& limits);
PixPtr load_jpeg(const SourcePage& page, const ScanLimits& limits);
PixPtr load_png(const SourcePage& page, const ScanLimits& limits);

// The file's own compressed bytes when PDF can hold them so; an EncodedImage without data when not.
EncodedImage untouched_tiff(const SourcePage& page);
EncodedImage untouched_jpeg(const SourcePage& page, const ScanLimits& limits);

// Shared: the size check before memory is taken, orientation tags 1 … 8 and a decoded image's final form.
void check_page_size(const std::string& file, std::size_t page, std::uint64_t width, std::uint64_t height, const ScanLimits& limits);
PixPtr oriented(PixPtr image, int orientation);
PixPtr plain(PixPtr image);
Error bad_page(const std::string& id, const std::string& file, std::size_t page, const std::string& what);

}  // namespace sohoa
