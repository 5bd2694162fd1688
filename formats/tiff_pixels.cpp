// SPDX-License-Identifier: Apache-2.0
#include "formats/tiff_file.hpp"

#include <algorithm>
#include <optional>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

using Model = SampleKind::Model;
using Alpha = SampleKind::Alpha;

// No honest tile or strip is larger than any page.
constexpr std::uint64_t max_block_bytes = std::uint64_t{1} << 30U;

std::vector<std::array<std::uint8_t, 3>> palette_of(const TiffFile& file, unsigned bits) {
  std::array<std::uint16_t*, 3> maps{};
  if (bits > 8 || TIFFGetField(file.get(), TIFFTAG_COLORMAP, &maps[0], &maps[1], &maps[2]) != 1) {
    file.fail("image-unsupported", "it has a colour map of " + std::to_string(bits) + " bits or none at all");
  }
  const std::size_t count = std::size_t{1} << bits;
  // Old writers put 8 bits where TIFF 6.0 wants 16.
  const bool small = std::all_of(maps.begin(), maps.end(), [&](const std::uint16_t* map) {
    return std::all_of(map, map + count, [](std::uint16_t value) { return value < 256; });
  });
  std::vector<std::array<std::uint8_t, 3>> palette(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      palette[i].at(channel) = static_cast<std::uint8_t>(small ? maps.at(channel)[i] : maps.at(channel)[i] >> 8U);
    }
  }
  return palette;
}

Alpha alpha_of(const TiffFile& file, unsigned samples, unsigned colours) {
  std::uint16_t count = 0;
  std::uint16_t* kinds = nullptr;
  if (samples <= colours || TIFFGetField(file.get(), TIFFTAG_EXTRASAMPLES, &count, &kinds) != 1 || count == 0) {
    return Alpha::none;
  }
  return kinds[0] == EXTRASAMPLE_ASSOCALPHA ? Alpha::premultiplied
         : kinds[0] == EXTRASAMPLE_UNASSALPHA ? Alpha::straight
                                              : Alpha::none;
}

// libtiff turns the subsampled colours of JPEG into RGB itself.
bool jpeg_ycbcr(const TiffLayout& layout) {
  return layout.compression == COMPRESSION_JPEG && layout.photometric == PHOTOMETRIC_YCBCR && !layout.planar;
}

std::optional<Model> model_of(const TiffFile& file, const TiffLayout& layout) {
  switch (layout.photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
      return Model::grey;
    case PHOTOMETRIC_PALETTE:
      return Model::palette;
    case PHOTOMETRIC_RGB:
      return layout.samples >= 3 ? std::optional(Model::rgb) : std::nullopt;
    case PHOTOMETRIC_YCBCR:
      return jpeg_ycbcr(layout) ? std::optional(Model::rgb) : std::nullopt;
    case PHOTOMETRIC_SEPARATED:
      return layout.samples >= 4 && file.tag<std::uint16_t>(TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK
                 ? std::optional(Model::cmyk)
                 : std::nullopt;
    default:
      return std::nullopt;
  }
}

// Nothing for what only libtiff's own conversion to RGB understands: YCbCr, CIE Lab, LogLuv.
std::optional<SampleKind> kind_of(const TiffFile& file, const TiffLayout& layout) {
  const std::optional<Model> model = model_of(file, layout);
  const bool whole = layout.bits <= 16 || layout.bits % 8 == 0;
  if (!model || !whole || layout.compression == COMPRESSION_OJPEG ||
      (layout.sample_format != SAMPLEFORMAT_UINT && layout.sample_format != SAMPLEFORMAT_VOID)) {
    return std::nullopt;
  }
  SampleKind kind;
  kind.model = *model;
  kind.bits = layout.bits;
  const std::uint16_t one = 1;
  kind.low_byte_first = layout.bits > 8 && reinterpret_cast<const unsigned char&>(one) == 1;  // libtiff gives host order
  kind.inverted = layout.photometric == PHOTOMETRIC_MINISWHITE;
  if (kind.model == Model::palette) {
    kind.palette = palette_of(file, layout.bits);
  } else if (kind.model != Model::cmyk) {
    kind.alpha = alpha_of(file, layout.samples, kind.channels());
  }
  return kind;
}

std::string block_buffer(const TiffFile& file, std::uint64_t bytes) {
  if (bytes == 0 || bytes > max_block_bytes) {
    file.fail("image-corrupt", "a strip or tile of it is to have " + std::to_string(bytes) + " bytes");
  }
  return std::string(bytes, '\0');
}

void read_strips(const TiffFile& file, const TiffLayout& layout, unsigned planes, Raster& raster) {
  const std::uint32_t rows = std::clamp(file.tag<std::uint32_t>(TIFFTAG_ROWSPERSTRIP, layout.height), 1U, layout.height);
  std::string buffer = block_buffer(file, TIFFVStripSize64(file.get(), rows));
  const auto stride = static_cast<std::size_t>(TIFFScanlineSize64(file.get()));
  const unsigned per_pixel = layout.planar ? 1 : layout.samples;
  for (unsigned plane = 0; plane < planes; ++plane) {
    for (std::uint32_t y = 0; y < layout.height; y += rows) {
      const std::uint32_t count = std::min(rows, layout.height - y);
      const auto wanted = static_cast<tmsize_t>(count * stride);
      const std::uint32_t strip = TIFFComputeStrip(file.get(), y, static_cast<std::uint16_t>(plane));
      if (wanted > static_cast<tmsize_t>(buffer.size()) ||
          TIFFReadEncodedStrip(file.get(), strip, buffer.data(), wanted) < wanted) {
        file.fail("image-truncated", "strip " + std::to_string(strip) + " is too short");
      }
      raster.put({reinterpret_cast<const unsigned char*>(buffer.data()), stride, per_pixel, plane, 0, y, layout.width, count});
    }
  }
}

void read_tiles(const TiffFile& file, const TiffLayout& layout, unsigned planes, Raster& raster) {
  const auto width = file.tag<std::uint32_t>(TIFFTAG_TILEWIDTH, 0);
  const auto height = file.tag<std::uint32_t>(TIFFTAG_TILELENGTH, 0);
  std::string buffer = block_buffer(file, TIFFTileSize64(file.get()));
  const auto stride = static_cast<std::size_t>(TIFFTileRowSize64(file.get()));
  if (width == 0 || height == 0 || width % 8 != 0) {
    file.fail("image-corrupt", "its tiles are " + std::to_string(width) + " pixels wide");
  }
  const unsigned per_pixel = layout.planar ? 1 : layout.samples;
  for (unsigned plane = 0; plane < planes; ++plane) {
    for (std::uint64_t y = 0; y < layout.height; y += height) {
      for (std::uint64_t x = 0; x < layout.width; x += width) {
        const auto left = static_cast<std::uint32_t>(x);
        const auto top = static_cast<std::uint32_t>(y);
        if (TIFFReadTile(file.get(), buffer.data(), left, top, 0, static_cast<std::uint16_t>(plane)) < 0) {
          file.fail("image-truncated", "a tile is too short");
        }
        raster.put({reinterpret_cast<const unsigned char*>(buffer.data()), stride, per_pixel, plane, left, top, width, height});
      }
    }
  }
}

PixPtr read_samples(const TiffFile& file, const TiffLayout& layout, const SampleKind& kind) {
  if (jpeg_ycbcr(layout)) {
    TIFFSetField(file.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  }
  const unsigned planes = layout.planar ? std::min<unsigned>(kind.channels(), layout.samples) : 1;
  Raster raster(kind, layout.width, layout.height);
  (layout.tiled ? read_tiles : read_strips)(file, layout, planes, raster);
  return raster.finish();
}

PixPtr read_rgba(const TiffFile& file, const TiffLayout& layout) {
  std::array<char, 1024> reason{};
  if (TIFFRGBAImageOK(file.get(), reason.data()) == 0) {
    file.clear();
    file.fail("image-unsupported", "libtiff says \"" + std::string(reason.data()) + "\"");
  }
  PixPtr pix = own(pixCreate(static_cast<int>(layout.width), static_cast<int>(layout.height), 32), "pixCreate");
  TIFFSetField(file.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // turned afterwards, all eight ways alike
  std::uint32_t* raster = pixGetData(pix.get());                       // 32 bits a pixel: no padding between rows
  if (TIFFReadRGBAImageOriented(file.get(), layout.width, layout.height, raster, ORIENTATION_TOPLEFT, 1) == 0) {
    file.fail("image-truncated", "libtiff cannot decode it");
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(layout.width) * layout.height; ++i) {
    const std::uint32_t pixel = raster[i];
    const std::uint32_t white = 255 - TIFFGetA(pixel);  // premultiplied; what is transparent is paper
    composeRGBPixel(static_cast<int>(std::min(255U, TIFFGetR(pixel) + white)),
                    static_cast<int>(std::min(255U, TIFFGetG(pixel) + white)),
                    static_cast<int>(std::min(255U, TIFFGetB(pixel) + white)), &raster[i]);
  }
  return layout.photometric == PHOTOMETRIC_LOGL ? own(pixConvertRGBToGray(pix.get(), 0, 1, 0), "pixConvertRGBToGray")
                                                : std::move(pix);
}

}  // namespace

std::string tiff_colour(const TiffFile& file, const TiffLayout& layout) {
  if (const std::optional<SampleKind> kind = kind_of(file, layout)) {
    return colour_of(*kind);
  }
  return layout.photometric == PHOTOMETRIC_LOGL ? "grey" : "colour";
}

PixPtr tiff_pixels(const TiffFile& file, const TiffLayout& layout) {
  if (layout.sample_format == SAMPLEFORMAT_IEEEFP && layout.photometric < PHOTOMETRIC_CIELAB) {
    file.fail("image-unsupported", "its samples are floating-point numbers, which have no agreed black and white");
  }
  file.clear();
  const std::optional<SampleKind> kind = kind_of(file, layout);
  PixPtr pix = kind ? read_samples(file, layout, *kind) : read_rgba(file, layout);
  if (!file.complaint().empty()) {
    file.fail("image-truncated", "");
  }
  return pix;
}

}  // namespace sohoa
