// SPDX-License-Identifier: Apache-2.0
// Scans of every kind take the same way: looked at, then each page decoded and made ready for a PDF.
#pragma once

#include "formats/scan.hpp"
#include "tests/fuzz/target.hpp"

#include <vector>

namespace sohoa::fuzz {

inline void read_scan(std::string_view format, std::string_view bytes) {
  const InputFile file(bytes);
  if (scan_format(file.path()) != format) {
    return;
  }
  ScanLimits limits;
  limits.max_file_bytes = std::uint64_t{1} << 20U;
  limits.max_page_pixels = std::uint64_t{1} << 20U;
  limits.max_pages = 8;
  limits.take_signed = true;
  std::vector<SourcePage> pages;
  forgiving([&] {
    pages = probe_scan(file.path(), limits);
    require(!pages.empty() && pages.size() <= limits.max_pages, "a scan has pages, and no more than allowed");
  });
  for (const SourcePage& page : pages) {
    require(page.width > 0 && page.height > 0 && page.width * page.height <= limits.max_page_pixels,
            "a page is no larger than allowed");
    forgiving([&] {
      const Size size = size_of(*load_page(page, limits));
      require(
          static_cast<std::size_t>(size.width) == page.width && static_cast<std::size_t>(size.height) == page.height,
          "a page is as large as it was said to be");
    });
    forgiving([&] { require(!encode_page(page, limits).data.empty(), "an encoded page has data"); });
  }
}

}  // namespace sohoa::fuzz
