// SPDX-License-Identifier: Apache-2.0
#include "formats/jpeg.hpp"

#include "formats/exif.hpp"
#include "formats/raster.hpp"
#include "formats/scan_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

namespace sohoa {
namespace {

// Each scan of a progressive picture costs a pass over all of it and may be a dozen bytes long. Encoders write about
// ten.
constexpr int max_scans = 500;

struct Faults {
  jpeg_error_mgr base{};  // first, so that libjpeg's pointer to it is one to the whole
  jpeg_progress_mgr progress{};
  std::jmp_buf back{};
  std::array<char, JMSG_LENGTH_MAX> sentence{};
  bool lost = false;
  bool decoding = false;
};

[[noreturn]] void on_error(j_common_ptr info) {
  auto& faults = *reinterpret_cast<Faults*>(info->err);
  info->err->format_message(info, faults.sentence.data());
  std::longjmp(faults.back, 1);
}

void on_progress(j_common_ptr info) {
  if (reinterpret_cast<const jpeg_decompress_struct*>(info)->input_scan_number > max_scans) {
    auto& faults = *reinterpret_cast<Faults*>(info->err);
    std::snprintf(faults.sentence.data(), faults.sentence.size(), "more than %d scans", max_scans);
    std::longjmp(faults.back, 1);
  }
}

// libjpeg goes on after damage and makes the rest of the picture up.
void on_message(j_common_ptr info, int level) {
  auto& faults = *reinterpret_cast<Faults*>(info->err);
  const int code = info->err->msg_code;
  const bool harmless =
      code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR || code == JWRN_BOGUS_ICC;
  if (level < 0 && !harmless && !faults.lost) {
    faults.lost = true;
    info->err->format_message(info, faults.sentence.data());
    if (faults.decoding) {
      std::longjmp(faults.back, 1);
    }
  }
}

class Decoder {
 public:
  explicit Decoder(const std::string& bytes) : m_bytes(bytes) {
    m_info.err = jpeg_std_error(&m_faults.base);
    m_faults.base.error_exit = on_error;
    m_faults.base.emit_message = on_message;
    jpeg_create_decompress(&m_info);
    m_faults.progress.progress_monitor = on_progress;
    m_info.progress = &m_faults.progress;
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { jpeg_destroy_decompress(&m_info); }

  // False when libjpeg gave up. What is called may hold nothing that needs a destructor.
  bool read_header() {
    if (setjmp(m_faults.back) != 0) {
      return false;
    }
    jpeg_save_markers(&m_info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char*>(m_bytes.data()), m_bytes.size());
    return jpeg_read_header(&m_info, TRUE) == JPEG_HEADER_OK;
  }
  // One pixel of `coarse` a side: 1, 2, 4 or 8.
  bool start(J_COLOR_SPACE colours, unsigned coarse) {
    if (setjmp(m_faults.back) != 0) {
      return false;
    }
    m_faults.decoding = true;
    m_info.out_color_space = colours;
    m_info.scale_num = 1;
    m_info.scale_denom = coarse;
    jpeg_start_decompress(&m_info);
    return true;
  }
  bool read_row(unsigned char* row) {
    if (setjmp(m_faults.back) != 0) {
      return false;
    }
    JSAMPROW rows = row;
    return jpeg_read_scanlines(&m_info, &rows, 1) == 1;
  }
  bool finish() {
    if (setjmp(m_faults.back) != 0) {
      return false;
    }
    jpeg_finish_decompress(&m_info);
    return !m_faults.lost;
  }

  [[nodiscard]] const jpeg_decompress_struct& info() const { return m_info; }
  [[nodiscard]] std::string sentence() const {
    return "libjpeg says \"" + std::string(m_faults.sentence.data()) + "\"";
  }
  [[nodiscard]] std::size_t position() const { return m_bytes.size() - m_info.src->bytes_in_buffer; }

 private:
  const std::string& m_bytes;
  jpeg_decompress_struct m_info{};
  Faults m_faults;
};

JpegHeader header_from(Decoder& decoder, const std::string& bytes, const SourcePage& page) {
  if (!decoder.read_header()) {
    throw bad_page("image-corrupt", page, "its JPEG header is damaged: " + decoder.sentence());
  }
  const jpeg_decompress_struct& info = decoder.info();
  if (info.num_components != 1 && info.num_components != 3 && info.num_components != 4) {
    throw bad_page("image-unsupported", page, "its JPEG has " + std::to_string(info.num_components) + " components",
                   "save it as grey or RGB");
  }
  // The two bytes cannot occur in coded data (T.81, B.1.1.5).
  if (bytes.find("\xFF\xD9", decoder.position()) == std::string::npos) {
    throw bad_page("image-truncated", page, "its JPEG data break off before the end of the image");
  }
  JpegHeader header;
  header.width = static_cast<int>(info.image_width);
  header.height = static_cast<int>(info.image_height);
  header.components = info.num_components;
  header.inverted = info.num_components == 4 && info.saw_Adobe_marker != FALSE;
  header.pdf_reads_it =
      info.arith_code == FALSE && (info.jpeg_color_space != JCS_RGB || info.saw_Adobe_marker != FALSE);
  for (jpeg_saved_marker_ptr marker = info.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view body(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (body.starts_with(std::string_view("Exif\0\0", 6))) {
      const Exif exif = read_exif(body.substr(6));
      header.orientation = exif.orientation;
      header.dpi_x = exif.dpi_x;
      header.dpi_y = exif.dpi_y;
    }
  }
  if (info.saw_JFIF_marker != FALSE && (info.density_unit == 1 || info.density_unit == 2)) {
    const double factor = info.density_unit == 1 ? 1 : 2.54;
    header.dpi_x = info.X_density * factor;
    header.dpi_y = info.Y_density * factor;
  }
  return header;
}

unsigned coarseness(const JpegHeader& header, int enough_pixels) {
  unsigned coarse = 1;
  while (enough_pixels > 0 && coarse < 8 &&
         std::min(header.width, header.height) / (2 * static_cast<int>(coarse)) >= enough_pixels) {
    coarse *= 2;
  }
  return coarse;
}

}  // namespace

JpegHeader jpeg_header(const std::string& bytes, const SourcePage& page) {
  Decoder decoder(bytes);
  return header_from(decoder, bytes, page);
}

PixPtr decode_jpeg(const std::string& bytes, const SourcePage& page, std::optional<bool> inverted, int enough_pixels) {
  Decoder decoder(bytes);
  const JpegHeader header = header_from(decoder, bytes, page);
  const unsigned coarse = coarseness(header, enough_pixels);
  const unsigned width = (static_cast<unsigned>(header.width) + coarse - 1) / coarse;
  const unsigned height = (static_cast<unsigned>(header.height) + coarse - 1) / coarse;
  const auto components = static_cast<unsigned>(header.components);
  SampleKind kind;
  kind.model = components == 1   ? SampleKind::Model::grey
               : components == 3 ? SampleKind::Model::rgb
                                 : SampleKind::Model::cmyk;
  kind.inverted = inverted.value_or(header.inverted);
  Raster raster(kind, width, height);
  // Colours in the order that the raster keeps them in.
  constexpr J_COLOR_SPACE words = std::endian::native == std::endian::little ? JCS_EXT_XBGR : JCS_EXT_RGBX;
  const bool coloured = components == 3;
  std::vector<std::uint32_t> row((std::size_t{width} * (coloured ? 4 : components) + 3) / 4);
  auto* samples = reinterpret_cast<unsigned char*>(row.data());
  bool good = decoder.start(components == 1 ? JCS_GRAYSCALE : coloured ? words : JCS_CMYK, coarse);
  for (unsigned y = 0; good && y < height; ++y) {
    good = decoder.read_row(samples);
    if (coloured) {
      raster.put_row(y, row.data());
    } else {
      raster.put({samples, row.size() * 4, components, 0, 0, y, width, 1});
    }
  }
  if (!good || !decoder.finish()) {
    throw bad_page("image-truncated", page, "its JPEG data are damaged or cut off: " + decoder.sentence());
  }
  return raster.finish();
}

EncodedImage jpeg_for_pdf(std::string bytes, const SourcePage& page) {
  const JpegHeader header = jpeg_header(bytes, page);
  EncodedImage image;
  if (!header.pdf_reads_it) {
    return image;
  }
  image.filter = EncodedImage::Filter::dct;
  image.colour = header.components == 1   ? EncodedImage::Colour::grey
                 : header.components == 3 ? EncodedImage::Colour::rgb
                                          : EncodedImage::Colour::cmyk;
  image.width = header.width;
  image.height = header.height;
  image.inverted = header.inverted;
  image.orientation = header.orientation;
  image.untouched = true;
  image.data = std::move(bytes);
  return image;
}

std::vector<SourcePage> probe_jpeg(const fs::path& path, const ScanLimits& limits) {
  SourcePage page;
  page.file = path.string();
  const JpegHeader header = jpeg_header(read_file(path, limits.max_file_bytes), page);
  check_page_size(page, static_cast<std::uint64_t>(header.width), static_cast<std::uint64_t>(header.height), limits);
  set_size(page, static_cast<std::uint64_t>(header.width), static_cast<std::uint64_t>(header.height), header.dpi_x,
           header.dpi_y, header.orientation);
  page.colour = header.components == 1 ? "grey" : "colour";
  return {page};
}

PixPtr load_jpeg(const SourcePage& page, const ScanLimits& limits) {
  const std::string bytes = read_file(page.file, limits.max_file_bytes);
  const JpegHeader header = jpeg_header(bytes, page);
  check_page_size(page, static_cast<std::uint64_t>(header.width), static_cast<std::uint64_t>(header.height), limits);
  return oriented(decode_jpeg(bytes, page, std::nullopt, limits.enough_pixels), header.orientation);
}

EncodedImage untouched_jpeg(const SourcePage& page, const ScanLimits& limits) {
  return jpeg_for_pdf(read_file(page.file, limits.max_file_bytes), page);
}

}  // namespace sohoa
