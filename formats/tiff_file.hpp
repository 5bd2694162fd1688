// SPDX-License-Identifier: Apache-2.0
// An open TIFF file and what its directories say. libtiff is asked here and in formats/tiff*.cpp only.
#pragma once

#include "formats/encoded_image.hpp"
#include "formats/raster.hpp"
#include "formats/scan_file.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <tiffio.h>

namespace sohoa {

class TiffFile {
 public:
  // At the directory of the page. Throws Error(ExitStatus::input, "image-corrupt").
  explicit TiffFile(const SourcePage& page);
  // A file in memory, in `bytes`, which outlives this. mode: "r" or "w".
  TiffFile(const SourcePage& page, std::string& bytes, const char* mode);

  [[nodiscard]] TIFF* get() const { return m_tiff.get(); }
  // The next directory. Throws when there is one that cannot be read, or that was read before.
  bool next();
  // What libtiff said about lost data since the last clear(): it goes on decoding after some of them.
  [[nodiscard]] const std::string& complaint() const { return m_log->complaint; }
  void clear() const { m_log->complaint.clear(); }
  [[noreturn]] void fail(const std::string& id, const std::string& otherwise) const;

  template <typename Value>
  [[nodiscard]] Value tag(std::uint32_t name, Value fallback) const {
    Value value = fallback;
    return TIFFGetFieldDefaulted(m_tiff.get(), name, &value) == 1 ? value : fallback;
  }

 private:
  struct Log {
    std::string complaint;
    std::string* bytes = nullptr;  // of a file in memory
    std::uint64_t position = 0;
  };
  struct Close {
    void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
  };
  void open(const char* mode);

  SourcePage m_page;
  std::unique_ptr<Log> m_log;  // libtiff keeps its address
  std::unique_ptr<TIFF, Close> m_tiff;

  friend struct TiffCallbacks;
};

struct TiffLayout {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint16_t bits = 1;
  std::uint16_t samples = 1;
  std::uint16_t photometric = PHOTOMETRIC_MINISWHITE;
  std::uint16_t compression = COMPRESSION_NONE;
  std::uint16_t sample_format = SAMPLEFORMAT_UINT;
  bool planar = false;  // one plane after the other
  bool tiled = false;
  int orientation = 1;
};

// Throws image-unsupported, image-corrupt, page-too-large.
TiffLayout tiff_layout(const TiffFile& file, const SourcePage& page, const ScanLimits& limits);
// "bitonal", "grey" or "colour".
std::string tiff_colour(const TiffFile& file, const TiffLayout& layout);
// As stored, not turned. Throws image-truncated, image-corrupt, image-unsupported.
PixPtr tiff_pixels(const TiffFile& file, const TiffLayout& layout);

}  // namespace sohoa
