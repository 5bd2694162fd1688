// SPDX-License-Identifier: Apache-2.0
#include "formats/tiff_file.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace sohoa {

// What libtiff calls back, with the log as its user's pointer.
struct TiffCallbacks {
  using Log = TiffFile::Log;

  static void keep(Log& log, const char* format, va_list arguments) {
    if (log.complaint.empty()) {
      log.complaint.resize(400);
      const int length = std::vsnprintf(log.complaint.data(), log.complaint.size(), format, arguments);
      log.complaint.resize(static_cast<std::size_t>(std::clamp(length, 0, 399)));
    }
  }
  static int error(TIFF* /*tiff*/, void* log, const char* /*module*/, const char* format, va_list arguments) {
    keep(*static_cast<Log*>(log), format, arguments);
    return 1;
  }
  // A fax page that ends early is only warned of, and its lower part left white.
  static int warning(TIFF* /*tiff*/, void* log, const char* /*module*/, const char* format, va_list arguments) {
    if (std::string_view(format).find("Premature EOF") != std::string_view::npos) {
      keep(*static_cast<Log*>(log), format, arguments);
    }
    return 1;
  }

  static tmsize_t read(thandle_t handle, void* buffer, tmsize_t size) {
    Log& log = *static_cast<Log*>(handle);
    const std::uint64_t left = log.bytes->size() - std::min<std::uint64_t>(log.position, log.bytes->size());
    const auto count = std::min(static_cast<std::uint64_t>(size), left);
    std::memcpy(buffer, log.bytes->data() + log.bytes->size() - left, count);
    log.position += count;
    return static_cast<tmsize_t>(count);
  }
  static tmsize_t write(thandle_t handle, void* buffer, tmsize_t size) {
    Log& log = *static_cast<Log*>(handle);
    const auto count = static_cast<std::size_t>(size);
    log.bytes->resize(std::max<std::size_t>(log.bytes->size(), log.position + count));
    std::memcpy(log.bytes->data() + log.position, buffer, count);
    log.position += count;
    return size;
  }
  static toff_t seek(thandle_t handle, toff_t offset, int from) {
    Log& log = *static_cast<Log*>(handle);
    log.position = offset + (from == SEEK_CUR ? log.position : from == SEEK_END ? log.bytes->size() : 0);
    return log.position;
  }
  static toff_t size(thandle_t handle) { return static_cast<Log*>(handle)->bytes->size(); }
  static int close(thandle_t /*handle*/) { return 0; }
};

TiffFile::TiffFile(const SourcePage& page) : m_page(page), m_log(std::make_unique<Log>()) {
  open("rm");  // no memory map: a file cut while it is read must not be a signal
  if (page.index > 0 && TIFFSetDirectory(get(), static_cast<tdir_t>(page.index)) == 0) {
    fail("image-corrupt", "the file has no such page");
  }
}

TiffFile::TiffFile(const SourcePage& page, std::string& bytes, const char* mode)
    : m_page(page), m_log(std::make_unique<Log>()) {
  m_log->bytes = &bytes;
  open(mode);
}

void TiffFile::open(const char* mode) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                               &TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), TiffCallbacks::error, m_log.get());
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), TiffCallbacks::warning, m_log.get());
  m_tiff.reset(m_log->bytes == nullptr
                   ? TIFFOpenExt(m_page.file.c_str(), mode, options.get())
                   : TIFFClientOpenExt(m_page.file.c_str(), mode, m_log.get(), TiffCallbacks::read,
                                       TiffCallbacks::write, TiffCallbacks::seek, TiffCallbacks::close,
                                       TiffCallbacks::size, nullptr, nullptr, options.get()));
  if (m_tiff == nullptr) {
    fail("image-corrupt", "its first directory cannot be read");
  }
}

bool TiffFile::next() {
  clear();
  ++m_page.index;
  if (TIFFReadDirectory(get()) == 1) {
    return true;
  }
  if (!complaint().empty()) {
    fail("image-corrupt", "");
  }
  return false;
}

void TiffFile::fail(const std::string& id, const std::string& otherwise) const {
  const std::string what = complaint().empty() ? otherwise : "libtiff says \"" + complaint() + "\"";
  if (id == "image-unsupported") {
    throw bad_page(id, m_page, what, "save it as plain grey or RGB TIFF, or scan it again");
  }
  throw bad_page(id, m_page, (id == "image-truncated" ? "its data are damaged or cut off: " : "its TIFF structure is damaged: ") + what);
}

TiffLayout tiff_layout(const TiffFile& file, const SourcePage& page, const ScanLimits& limits) {
  TiffLayout layout;
  layout.width = file.tag<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0);
  layout.height = file.tag<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
  check_page_size(page, layout.width, layout.height, limits);
  layout.bits = file.tag<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
  layout.samples = file.tag<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
  layout.compression = file.tag<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  layout.sample_format = file.tag<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  layout.planar = layout.samples > 1 &&
                  file.tag<std::uint16_t>(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  layout.tiled = TIFFIsTiled(file.get()) != 0;
  layout.orientation = file.tag<std::uint16_t>(TIFFTAG_ORIENTATION, 1);
  if (layout.orientation < 1 || layout.orientation > 8) {
    layout.orientation = 1;
  }
  // A missing photometric tag is common in old fax files.
  if (std::uint16_t photometric = 0; TIFFGetField(file.get(), TIFFTAG_PHOTOMETRIC, &photometric) == 1) {
    layout.photometric = photometric;
  } else {
    layout.photometric = layout.samples >= 3 ? PHOTOMETRIC_RGB : layout.bits == 1 ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK;
  }
  if (layout.bits == 0 || layout.bits > 64 || layout.samples == 0 || layout.samples > 64) {
    file.fail("image-unsupported", "it has " + std::to_string(layout.samples) + " samples of " +
                                       std::to_string(layout.bits) + " bits a pixel, which no scanner makes");
  }
  if (TIFFIsCODECConfigured(layout.compression) == 0) {
    file.clear();
    file.fail("image-unsupported", "libtiff has no decoder for compression " + std::to_string(layout.compression));
  }
  return layout;
}

}  // namespace sohoa
