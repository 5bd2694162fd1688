// SPDX-License-Identifier: Apache-2.0
// The six tables that a TrueType font in a CIDFontType2 needs (ISO 32000-1, 9.9, table 126).
#include "formats/big_endian.hpp"
#include "formats/pdf_font.hpp"

#include <array>
#include <utility>

namespace sohoa {
namespace {

constexpr std::uint32_t k_units = 1000;
constexpr std::uint32_t k_glyphs = 2;  // .notdef and the empty one
constexpr auto k_width = static_cast<std::uint32_t>(k_units * k_glyph_width);
constexpr auto k_ascent = static_cast<std::uint32_t>(k_units * k_glyph_ascent);
constexpr auto k_descent = static_cast<std::uint32_t>(-static_cast<int>(k_units * k_glyph_descent));
constexpr std::uint32_t k_checksum_of_font = 0xB1B0AFBA;

std::string head(std::uint32_t adjustment) {
  BigEndian table;
  table.u32(0x00010000).u32(0x00010000).u32(adjustment).u32(0x5F0F3CF5);
  table.u16(0).u16(k_units).zeros(8 + 8);   // flags, units, created, modified
  table.zeros(4 * 2).u16(0).u16(8).u16(2);  // bounding box, style, smallest size, direction
  return table.u16(0).u16(0).bytes();       // short loca, glyph format
}

std::string hhea() {
  BigEndian table;
  table.u32(0x00010000).u16(k_ascent).u16(k_descent).u16(0).u16(k_width);
  table.zeros(3 * 2).u16(1).u16(0).u16(0).zeros(4 * 2);  // bearings and extent, caret, reserved
  return table.u16(0).u16(1).bytes();                    // one width for all
}

std::string maxp() {
  BigEndian table;
  table.u32(0x00010000).u16(k_glyphs).zeros(4 * 2).u16(1);  // one zone: no twilight points
  return table.zeros(8 * 2).bytes();
}

std::uint32_t checksum(std::string_view table) {
  std::uint32_t sum = 0;
  std::uint32_t shift = 24;
  for (const char byte : table) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << shift;
    shift = shift == 0 ? 24 : shift - 8;
  }
  return sum;
}

std::string assembled(std::uint32_t adjustment) {
  const std::array<std::pair<const char*, std::string>, 6> tables{
      {{"glyf", std::string(4, '\0')},  // some readers refuse an empty table
       {"head", head(adjustment)},
       {"hhea", hhea()},
       {"hmtx", BigEndian().u16(k_width).u16(0).u16(0).bytes()},
       {"loca", std::string(2 * (k_glyphs + 1), '\0')},
       {"maxp", maxp()}}};
  BigEndian directory;
  directory.u32(0x00010000).u16(tables.size()).u16(4 * 16).u16(2).u16((tables.size() - 4) * 16);
  std::uint32_t offset = 12 + 16 * static_cast<std::uint32_t>(tables.size());
  BigEndian body;
  for (const auto& [tag, data] : tables) {
    directory.raw(tag).u32(checksum(data)).u32(offset + body.size()).u32(static_cast<std::uint32_t>(data.size()));
    body.raw(data).align();
  }
  return directory.bytes() + body.bytes();
}

}  // namespace

std::string glyphless_truetype() { return assembled(k_checksum_of_font - checksum(assembled(0))); }

}  // namespace sohoa
