// SPDX-License-Identifier: Apache-2.0
#include "formats/raster.hpp"

#include "core/wide_loops.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <leptonica/allheaders.h>
#include <sys/mman.h>

namespace sohoa {
namespace {

std::uint32_t* line_of(Pix* pix, unsigned y) {
  return pixGetData(pix) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix));
}

unsigned colours(SampleKind::Model model) {
  return model == SampleKind::Model::rgb ? 3 : model == SampleKind::Model::cmyk ? 4 : 1;
}

// The sample's eight most significant bits; a small sample is spread over the eight, a palette's index is not.
class Sampler {
 public:
  explicit Sampler(const SampleKind& kind)
      : m_bits(kind.bits),
        m_bytes(kind.bits / 8),
        m_top(kind.low_byte_first ? m_bytes - 1 : 0),
        m_spread(kind.bits < 8 && kind.model != SampleKind::Model::palette ? 255U / ((1U << kind.bits) - 1U) : 1U),
        m_rest(kind.bits < 8 && kind.model != SampleKind::Model::palette ? 255U % ((1U << kind.bits) - 1U) : 0U) {}

  [[nodiscard]] unsigned operator()(const unsigned char* row, std::size_t index) const {
    if (m_bits % 8 == 0) {
      return row[index * m_bytes + m_top];
    }
    unsigned value = 0;
    for (std::size_t bit = index * m_bits; bit < (index + 1) * m_bits; ++bit) {
      value = value << 1U | (unsigned{row[bit / 8]} >> (7 - bit % 8) & 1U);
    }
    if (m_bits > 8) {
      return value >> (m_bits - 8);
    }
    return m_rest == 0 ? value * m_spread : value * 255U / ((1U << m_bits) - 1U);
  }

 private:
  unsigned m_bits;
  std::size_t m_bytes;
  std::size_t m_top;
  unsigned m_spread;
  unsigned m_rest;
};

unsigned over_white(unsigned value, unsigned alpha, SampleKind::Alpha kind) {
  const unsigned light = kind == SampleKind::Alpha::straight ? value * alpha / 255 : value;
  return std::min(255U, light + 255 - alpha);
}

// The layouts of nearly all scans, without a question a sample.
bool is_plain(const SampleKind& kind, const SampleBlock& block) {
  const bool whole = block.channel == 0 && block.per_pixel == kind.channels();
  return whole && kind.bits == 8 && kind.alpha == SampleKind::Alpha::none &&
         (kind.model == SampleKind::Model::rgb || kind.model == SampleKind::Model::grey);
}

SOHOA_WIDE void put_plain(std::uint32_t* line, const unsigned char* row, const SampleBlock& block, unsigned width) {
  if (block.per_pixel == 1) {
    for (unsigned x = 0; x < width; ++x) {
      SET_DATA_BYTE(line, block.x + x, row[x]);
    }
    return;
  }
  std::uint32_t* out = line + block.x;
  for (unsigned x = 0; x < width; ++x, row += 3) {
    out[x] = std::uint32_t{row[0]} << 24U | std::uint32_t{row[1]} << 16U | std::uint32_t{row[2]} << 8U;
  }
}

std::size_t bytes_of(Pix& pix, unsigned rows) {
  return std::size_t{rows} * 4 * static_cast<std::size_t>(pixGetWpl(&pix));
}

// The memory comes in large pages where the system has them: it is a third of the work otherwise.
void wish_large_pages(Pix& pix) {
  constexpr std::uintptr_t page = 4096;
  constexpr std::size_t large = std::size_t{4} << 20U;
  auto* data = reinterpret_cast<unsigned char*>(pixGetData(&pix));
  const std::size_t bytes = bytes_of(pix, static_cast<unsigned>(pixGetHeight(&pix)));
  if (bytes >= large) {
    const std::size_t skipped = (page - reinterpret_cast<std::uintptr_t>(data) % page) % page;
    ::madvise(data + skipped, bytes - skipped, MADV_HUGEPAGE);
  }
}

bool is_grey(const std::vector<std::array<std::uint8_t, 3>>& palette) {
  return std::all_of(palette.begin(), palette.end(),
                     [](const auto& entry) { return entry[0] == entry[1] && entry[1] == entry[2]; });
}

}  // namespace

unsigned SampleKind::channels() const { return colours(model) + (alpha == Alpha::none ? 0 : 1); }

std::string colour_of(const SampleKind& kind) {
  if (kind.model == SampleKind::Model::grey) {
    return kind.bitonal() ? "bitonal" : "grey";
  }
  return kind.model == SampleKind::Model::palette && is_grey(kind.palette) ? "grey" : "colour";
}

Raster::Raster(SampleKind kind, unsigned width, unsigned height) : m_kind(std::move(kind)) {
  const int depth = m_kind.bitonal() ? 1 : m_kind.channels() == 1 ? 8 : 32;
  m_pix = own(pixCreateNoInit(static_cast<int>(width), static_cast<int>(height), depth), "pixCreateNoInit");
  wish_large_pages(*m_pix);
}

void Raster::clear_rest() {
  const auto height = static_cast<unsigned>(pixGetHeight(m_pix.get()));
  auto* data = reinterpret_cast<unsigned char*>(pixGetData(m_pix.get()));
  std::fill(data + bytes_of(*m_pix, m_rows), data + bytes_of(*m_pix, height), static_cast<unsigned char>(0));
  m_rows = height;
}

void Raster::put(const SampleBlock& block) {
  const Size size = size_of(*m_pix);
  const unsigned width =
      std::min(block.width, static_cast<unsigned>(size.width) - std::min(block.x, static_cast<unsigned>(size.width)));
  const unsigned height = std::min(
      block.height, static_cast<unsigned>(size.height) - std::min(block.y, static_cast<unsigned>(size.height)));
  const unsigned channels = m_kind.channels();
  const unsigned used = block.channel < channels ? std::min(block.per_pixel, channels - block.channel) : 0;
  const Sampler sample(m_kind);
  const bool simple = is_plain(m_kind, block);
  if (simple && channels == 3 && block.x == 0 && width == static_cast<unsigned>(size.width) && block.y <= m_rows) {
    m_rows = std::max(m_rows, block.y + height);
  } else {
    clear_rest();
  }
  for (unsigned y = 0; y < height; ++y) {
    const unsigned char* row = block.data + y * block.stride;
    std::uint32_t* line = line_of(m_pix.get(), block.y + y);
    if (simple) {
      put_plain(line, row, block, width);
      continue;
    }
    if (m_kind.bitonal() && block.per_pixel == 1) {
      const unsigned flip = m_kind.inverted ? 0U : 0xFFU;
      for (unsigned byte = 0; byte < (width + 7) / 8; ++byte) {
        SET_DATA_BYTE(line, block.x / 8 + byte, static_cast<l_uint8>(row[byte] ^ flip));
      }
      continue;
    }
    for (unsigned x = 0; x < width; ++x) {
      for (unsigned channel = 0; channel < used; ++channel) {
        const unsigned value = sample(row, static_cast<std::size_t>(x) * block.per_pixel + channel);
        if (m_kind.bitonal()) {
          SET_DATA_BIT_VAL(line, block.x + x, (value != 0) == m_kind.inverted ? 1 : 0);
        } else if (channels == 1) {
          SET_DATA_BYTE(line, block.x + x, static_cast<l_uint8>(value));
        } else {
          const unsigned shift = 24 - 8 * (block.channel + channel);
          line[block.x + x] |= static_cast<std::uint32_t>(value) << shift;
        }
      }
    }
  }
}

void Raster::put_row(unsigned y, const std::uint32_t* pixels) {
  m_rows = y == m_rows ? y + 1 : m_rows;
  constexpr std::uint32_t colours = 0xFFFF'FF00U;
  std::transform(pixels, pixels + pixGetWidth(m_pix.get()), line_of(m_pix.get(), y),
                 [](std::uint32_t pixel) { return pixel & colours; });
}

PixPtr Raster::finish() {
  clear_rest();
  using Model = SampleKind::Model;
  Pix* pix = m_pix.get();
  const auto width = static_cast<unsigned>(pixGetWidth(pix));
  const auto height = static_cast<unsigned>(pixGetHeight(pix));
  if (m_kind.bitonal()) {
    pixSetPadBits(pix, 0);
    return std::move(m_pix);
  }
  const bool coloured = m_kind.model == Model::palette && !is_grey(m_kind.palette);
  const bool grey = m_kind.model == Model::grey || (m_kind.model == Model::palette && !coloured);
  const bool opaque = m_kind.alpha == SampleKind::Alpha::none;
  if (m_kind.model == Model::rgb && opaque && !m_kind.inverted) {
    return std::move(m_pix);
  }
  if (m_kind.model == Model::grey && opaque) {
    return m_kind.inverted ? own(pixInvert(nullptr, pix), "pixInvert") : std::move(m_pix);
  }
  PixPtr result;
  if (grey || coloured) {
    result = own(pixCreate(static_cast<int>(width), static_cast<int>(height), grey ? 8 : 32), "pixCreate");
  }
  const unsigned flip = m_kind.inverted ? 0xFFU : 0U;
  for (unsigned y = 0; y < height; ++y) {
    std::uint32_t* line = line_of(pix, y);
    std::uint32_t* out = result != nullptr ? line_of(result.get(), y) : line;
    for (unsigned x = 0; x < width; ++x) {
      if (m_kind.model == Model::palette) {
        const std::size_t index = m_kind.channels() == 1 ? GET_DATA_BYTE(line, x) : line[x] >> 24U;
        const std::array<std::uint8_t, 3> entry =
            index < m_kind.palette.size() ? m_kind.palette[index] : std::array<std::uint8_t, 3>{};
        if (grey) {
          SET_DATA_BYTE(out, x, entry[0]);
        } else {
          composeRGBPixel(entry[0], entry[1], entry[2], &out[x]);
        }
        continue;
      }
      std::array<unsigned, 4> value{line[x] >> 24U, line[x] >> 16U & 0xFFU, line[x] >> 8U & 0xFFU, line[x] & 0xFFU};
      if (m_kind.model == Model::cmyk) {
        const unsigned light = 255 - (value[3] ^ flip);
        composeRGBPixel(static_cast<int>((255 - (value[0] ^ flip)) * light / 255),
                        static_cast<int>((255 - (value[1] ^ flip)) * light / 255),
                        static_cast<int>((255 - (value[2] ^ flip)) * light / 255), &out[x]);
      } else if (grey) {
        SET_DATA_BYTE(out, x, static_cast<l_uint8>(over_white(value[0] ^ flip, value[1], m_kind.alpha)));
      } else {
        for (std::size_t i = 0; i < 3; ++i) {
          value[i] = !opaque ? over_white(value[i] ^ flip, value[3], m_kind.alpha) : value[i] ^ flip;
        }
        composeRGBPixel(static_cast<int>(value[0]), static_cast<int>(value[1]), static_cast<int>(value[2]), &out[x]);
      }
    }
  }
  return result != nullptr ? std::move(result) : std::move(m_pix);
}

PixPtr pix_of_rows(const SampleKind& kind, unsigned width, unsigned height, const std::string& rows) {
  Raster raster(kind, width, height);
  const unsigned channels = kind.channels();
  const std::size_t stride = (static_cast<std::size_t>(width) * channels * kind.bits + 7) / 8;
  raster.put({reinterpret_cast<const unsigned char*>(rows.data()), stride, channels, 0, 0, 0, width,
              static_cast<unsigned>(std::min<std::size_t>(height, rows.size() / stride))});
  return raster.finish();
}

std::string rows_of(const Pix& pix) {
  auto* raw = const_cast<Pix*>(&pix);  // Leptonica's getters take no const
  const Size size = size_of(pix);
  const auto width = static_cast<std::size_t>(size.width);
  const bool colour = depth_of(pix) == 32;
  const std::size_t bytes = depth_of(pix) == 1 ? (width + 7) / 8 : colour ? 3 * width : width;
  std::string rows(bytes * static_cast<std::size_t>(size.height), '\0');
  char* out = rows.data();
  for (unsigned y = 0; y < static_cast<unsigned>(size.height); ++y) {
    const std::uint32_t* line = line_of(raw, y);
    for (std::size_t x = 0; x < (colour ? width : bytes); ++x) {
      if (colour) {
        *out++ = static_cast<char>(line[x] >> 24U);
        *out++ = static_cast<char>(line[x] >> 16U & 0xFFU);
        *out++ = static_cast<char>(line[x] >> 8U & 0xFFU);
      } else {
        *out++ = static_cast<char>(GET_DATA_BYTE(line, x));
      }
    }
  }
  return rows;
}

PixPtr oriented(PixPtr image, int orientation) {
  Pix* raw = image.get();
  switch (orientation) {
    case 2:
      return own(pixFlipLR(nullptr, raw), "pixFlipLR");
    case 3:
      return own(pixRotateOrth(raw, 2), "pixRotateOrth");
    case 4:
      return own(pixFlipTB(nullptr, raw), "pixFlipTB");
    case 5: {
      const PixPtr turned = own(pixRotateOrth(raw, 1), "pixRotateOrth");
      return own(pixFlipLR(nullptr, turned.get()), "pixFlipLR");
    }
    case 6:
      return own(pixRotateOrth(raw, 1), "pixRotateOrth");
    case 7: {
      const PixPtr turned = own(pixRotateOrth(raw, 3), "pixRotateOrth");
      return own(pixFlipLR(nullptr, turned.get()), "pixFlipLR");
    }
    case 8:
      return own(pixRotateOrth(raw, 3), "pixRotateOrth");
    default:
      return image;
  }
}

PixPtr plain(PixPtr image) {
  if (pixGetColormap(image.get()) != nullptr) {
    image = own(pixRemoveColormap(image.get(), REMOVE_CMAP_BASED_ON_SRC), "pixRemoveColormap");
  }
  if (pixGetDepth(image.get()) == 32 && pixGetSpp(image.get()) == 4) {
    image = own(pixAlphaBlendUniform(image.get(), 0xFFFFFF00), "pixAlphaBlendUniform");
  }
  const int depth = pixGetDepth(image.get());
  if (depth != 1 && depth != 8 && depth != 32) {
    image = own(pixConvertTo8(image.get(), 0), "pixConvertTo8");
  }
  return image;
}

PixPtr blank_like(const Pix& part, unsigned width, unsigned height) {
  PixPtr canvas = own(pixCreate(static_cast<int>(width), static_cast<int>(height), depth_of(part)), "pixCreate");
  pixSetBlackOrWhite(canvas.get(), L_SET_WHITE);
  return canvas;
}

void paste(Pix& canvas, const Pix& part, int x, int y) {
  const Size size = size_of(part);
  pixRasterop(&canvas, x, y, size.width, size.height, PIX_SRC, const_cast<Pix*>(&part), 0, 0);
}

}  // namespace sohoa
