// SPDX-License-Identifier: Apache-2.0
// Decoded samples, in the many layouts that TIFF and PDF know, become the project's Pix.
#pragma once

#include "core/pix.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct SampleKind {
  enum class Model { grey, palette, rgb, cmyk };
  enum class Alpha { none, straight, premultiplied };

  Model model = Model::grey;
  Alpha alpha = Alpha::none;    // the sample after the colour; the paper below is white
  unsigned bits = 8;            // a sample: 1 … 16, 24, 32 or 64, most significant bit first
  bool low_byte_first = false;  // of samples of whole bytes
  bool inverted = false;        // the greatest value is black (grey), or no ink (cmyk)
  std::vector<std::array<std::uint8_t, 3>> palette;

  // Of the samples of a pixel, those that are looked at.
  [[nodiscard]] unsigned channels() const;
  [[nodiscard]] bool bitonal() const { return model == Model::grey && bits == 1 && alpha == Alpha::none; }
};

// "bitonal", "grey" or "colour", as SourcePage has it.
std::string colour_of(const SampleKind& kind);

// A rectangle of decoded samples within its page.
struct SampleBlock {
  const unsigned char* data = nullptr;
  std::size_t stride = 0;  // bytes a row
  unsigned per_pixel = 1;  // samples that lie side by side
  unsigned channel = 0;    // of the first of them
  unsigned x = 0, y = 0;   // pixels; x is a multiple of 8
  unsigned width = 0, height = 0;
};

// The page under assembly: one bit or byte a pixel where there is one channel, else four bytes.
class Raster {
 public:
  // Takes the memory. The caller has checked the size.
  Raster(SampleKind kind, unsigned width, unsigned height);
  // What lies beyond the page's edges is left out.
  void put(const SampleBlock& block);
  // A whole row of a page of three channels: red in the highest byte of each pixel, the lowest says nothing.
  void put_row(unsigned y, const std::uint32_t* pixels);
  // 1 bit, 8 bits grey or 32 bits RGB. The raster is empty afterwards.
  PixPtr finish();

 private:
  void clear_rest();

  SampleKind m_kind;
  PixPtr m_pix;
  unsigned m_rows = 0;  // from the top, that are written or cleared
};

// Rows of whole bytes, no padding between pixels, as PDF and JPEG have them.
PixPtr pix_of_rows(const SampleKind& kind, unsigned width, unsigned height, const std::string& rows);
// The other way round: components interleaved; a bitonal Pix as it is, 1 is black.
std::string rows_of(const Pix& pix);

// As the tag wants it: TIFF 6.0 Orientation and Exif agree on 1 … 8; 1 is upright.
PixPtr oriented(PixPtr image, int orientation);
// Without colour map and alpha, in 1, 8 or 32 bits.
PixPtr plain(PixPtr image);

// Two pages' parts in one frame: `part` with its upper left corner at (x, y) of `canvas`, of equal depth.
PixPtr blank_like(const Pix& part, unsigned width, unsigned height);
void paste(Pix& canvas, const Pix& part, int x, int y);

}  // namespace sohoa
