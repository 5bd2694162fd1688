// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_file.hpp"

#include <cstdio>
#include <memory>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

struct Shape {
  int width = 0;
  int height = 0;
  int bits = 0;
  int samples = 0;
  int palette = 0;
};

const l_uint8* raw(const std::string& bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

Shape shape_of(const std::string& file, const std::string& bytes, const ScanLimits& limits) {
  Shape shape;
  if (readHeaderMemPng(raw(bytes), bytes.size(), &shape.width, &shape.height, &shape.bits, &shape.samples, &shape.palette) != 0) {
    throw bad_page("image-corrupt", file, 0, "its PNG header cannot be read");
  }
  check_page_size(file, 0, static_cast<std::uint64_t>(shape.width), static_cast<std::uint64_t>(shape.height), limits);
  return shape;
}

// pHYs (PNG 1.2, 11.3.5.3): pixels a metre.
double dpi_of(const std::string& bytes) {
  const std::size_t at = bytes.substr(0, 4096).find("pHYs");
  if (at == std::string::npos || at + 13 > bytes.size() || bytes[at + 12] != 1) {
    return 0;
  }
  std::uint32_t metre = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    metre = metre << 8U | static_cast<unsigned char>(bytes[at + 4 + i]);
  }
  return metre * 0.0254;
}

}  // namespace

std::vector<SourcePage> probe_png(const fs::path& path, const ScanLimits& limits) {
  const std::string bytes = read_file(path, limits.max_file_bytes);
  const Shape shape = shape_of(path.string(), bytes, limits);
  SourcePage page;
  page.width = static_cast<std::size_t>(shape.width);
  page.height = static_cast<std::size_t>(shape.height);
  page.dpi_x = page.dpi_y = dpi_of(bytes);
  page.colour = shape.palette != 0 || shape.samples > 2 ? "colour" : shape.bits == 1 ? "bitonal" : "grey";
  return {page};
}

PixPtr load_png(const SourcePage& page, const ScanLimits& limits) {
  const std::string bytes = read_file(page.file, limits.max_file_bytes);
  shape_of(page.file, bytes, limits);
  Pix* pix = pixReadMemPng(raw(bytes), bytes.size());
  if (pix == nullptr) {
    throw bad_page("image-truncated", page.file, 0, "its PNG data are damaged or cut off");
  }
  return plain(PixPtr(pix));
}

}  // namespace sohoa
