// SPDX-License-Identifier: Apache-2.0
#include "formats/big_endian.hpp"
#include "formats/raster.hpp"
#include "formats/scan_file.hpp"

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

Shape shape_of(const SourcePage& page, const std::string& bytes, const ScanLimits& limits) {
  Shape shape;
  if (readHeaderMemPng(raw(bytes), bytes.size(), &shape.width, &shape.height, &shape.bits, &shape.samples,
                       &shape.palette) != 0) {
    throw bad_page("image-corrupt", page, "its PNG header cannot be read");
  }
  check_page_size(page, static_cast<std::uint64_t>(shape.width), static_cast<std::uint64_t>(shape.height), limits);
  return shape;
}

// pHYs (PNG 1.2, 11.3.5.3): pixels a metre.
void read_density(const std::string& bytes, double& dpi_x, double& dpi_y) {
  const std::size_t at = std::string_view(bytes).substr(0, 65536).find("pHYs");
  if (at != std::string::npos && at + 13 <= bytes.size() && bytes[at + 12] == 1) {
    dpi_x = big_endian(bytes, at + 4) * 0.0254;
    dpi_y = big_endian(bytes, at + 8) * 0.0254;
  }
}

// libpng takes memory for a chunk of whatever length it states (PNG 1.2, 3.2), up to 2 GiB of it.
bool chunks_fit(const std::string& bytes) {
  std::size_t at = 8;
  while (at + 12 <= bytes.size() && bytes.compare(at + 4, 4, "IEND") != 0) {
    at += std::size_t{12} + big_endian(bytes, at);
  }
  return at + 12 <= bytes.size();
}

}  // namespace

std::vector<SourcePage> probe_png(const fs::path& path, const ScanLimits& limits) {
  SourcePage page;
  page.file = path.string();
  const std::string bytes = read_file(path, limits.max_file_bytes);
  const Shape shape = shape_of(page, bytes, limits);
  double dpi_x = 0;
  double dpi_y = 0;
  read_density(bytes, dpi_x, dpi_y);
  set_size(page, static_cast<std::uint64_t>(shape.width), static_cast<std::uint64_t>(shape.height), dpi_x, dpi_y, 1);
  page.colour = shape.palette != 0 || shape.samples > 2 ? "colour" : shape.bits == 1 ? "bitonal" : "grey";
  return {page};
}

PixPtr load_png(const SourcePage& page, const ScanLimits& limits) {
  const std::string bytes = read_file(page.file, limits.max_file_bytes);
  shape_of(page, bytes, limits);
  Pix* pix = chunks_fit(bytes) ? pixReadMemPng(raw(bytes), bytes.size()) : nullptr;
  if (pix == nullptr) {
    throw bad_page("image-truncated", page, "its PNG data are damaged or cut off");
  }
  return plain(PixPtr(pix));
}

}  // namespace sohoa
