// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_font.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

namespace sohoa {
namespace {

constexpr unsigned k_first_spare = 0xD800;
constexpr unsigned k_last_spare = 0xDFFF;
constexpr std::size_t k_max_glyphs = 32767 / 2;  // a string has at most 32767 bytes (ISO 19005-2, 6.1.13)
constexpr std::size_t k_rows_a_block = 100;      // of bfrange and bfchar

PdfObject integer(double value) { return {static_cast<PoDoFo::pdf_int64>(value)}; }

std::string hex4(unsigned value) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  std::string text;
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    text += k_digits[value >> shift & 0xFU];
  }
  return text;
}

std::vector<unsigned> utf16(const std::string& utf8) {
  const std::string clean = to_nfc(utf8);
  const PdfString string =
      PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(clean.data()), static_cast<PoDoFo::pdf_long>(clean.size()))
          .ToUnicode();
  const auto* bytes = reinterpret_cast<const unsigned char*>(string.GetString());
  std::vector<unsigned> units;
  for (PoDoFo::pdf_long at = 0; at + 1 < string.GetLength(); at += 2) {
    units.push_back(static_cast<unsigned>(bytes[at] << 8U) | bytes[at + 1]);
  }
  return units;
}

bool is_spare(unsigned unit) { return unit >= k_first_spare && unit <= k_last_spare; }

bool is_text(unsigned unit) { return unit >= 0x20 && (unit < 0x7F || unit > 0x9F) && unit != 0xFEFF && unit < 0xFFFE; }

// Rows of a CMap in blocks of at most a hundred (Adobe Technical Note 5014).
std::string blocks(const std::vector<std::string>& rows, const std::string& keyword) {
  std::string text;
  for (std::size_t at = 0; at < rows.size(); at += k_rows_a_block) {
    const std::size_t end = std::min(rows.size(), at + k_rows_a_block);
    text += std::to_string(end - at) + " begin" + keyword + "\n";
    for (std::size_t row = at; row < end; ++row) {
      text += rows[row] + "\n";
    }
    text += "end" + keyword + "\n";
  }
  return text;
}

PdfArray bounding_box() {
  PdfArray box;
  for (const double side : {0.0, -1000 * k_glyph_descent, 1000 * k_glyph_width, 1000 * k_glyph_ascent}) {
    box.push_back(integer(side));
  }
  return box;
}

PdfDictionary descriptor(const PdfName& name, const PdfReference& program) {
  PdfDictionary dictionary;
  dictionary.AddKey("Type", PdfName("FontDescriptor"));
  dictionary.AddKey("FontName", name);
  dictionary.AddKey("Flags", integer(1 + 4));  // fixed pitch, symbolic
  dictionary.AddKey("FontBBox", bounding_box());
  dictionary.AddKey("ItalicAngle", integer(0));
  dictionary.AddKey("Ascent", integer(1000 * k_glyph_ascent));
  dictionary.AddKey("Descent", integer(-1000 * k_glyph_descent));
  dictionary.AddKey("CapHeight", integer(1000 * k_glyph_ascent));
  dictionary.AddKey("StemV", integer(80));
  dictionary.AddKey("FontFile2", program);
  return dictionary;
}

// Every character shows glyph 1: glyph 0 is .notdef, which ISO 19005-2, 6.2.11.8 forbids to show.
std::string glyph_map() {
  std::string map;
  for (std::size_t code = 0; code < 0x10000; ++code) {
    map += code == 0 ? std::string(2, '\0') : std::string("\0\1", 2);
  }
  return map;
}

}  // namespace

GlyphString GlyphlessFont::encode(const std::string& text) {
  GlyphString out;
  const std::vector<unsigned> units = utf16(text);
  for (std::size_t i = 0; i < units.size() && out.glyphs < k_max_glyphs; ++i) {
    unsigned code = units[i];
    if (is_spare(code) && i + 1 < units.size()) {
      const auto next = static_cast<unsigned>(k_first_spare + m_codes.size());
      const std::string pair = hex4(code) + hex4(units[++i]);
      const auto known = m_codes.find(pair);
      code = known != m_codes.end() ? known->second : next <= k_last_spare ? next : 0xFFFDU;
      if (is_spare(code)) {
        m_codes.emplace(pair, code);
      }
    }
    if (is_text(code)) {
      out.hex += hex4(code);
      ++out.glyphs;
    }
  }
  return out;
}

std::string GlyphlessFont::to_unicode_map() const {
  // A range may differ in its last byte only, hence a row for each first byte.
  std::vector<std::string> ranges;
  for (unsigned first = 0; first < 0x10000; first += 0x100) {
    if (!is_spare(first)) {
      ranges.push_back("<" + hex4(first) + "> <" + hex4(first + 0xFF) + "> <" + hex4(first) + ">");
    }
  }
  std::vector<std::string> characters;
  for (const auto& [pair, code] : m_codes) {
    characters.push_back("<" + hex4(code) + "> <" + pair + ">");
  }
  return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
         "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" +
         blocks(ranges, "bfrange") + blocks(characters, "bfchar") +
         "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

void GlyphlessFont::put(PdfOutput& output, const PdfReference& font) const {
  const PdfName name("SohoaInvisible");
  const PdfReference descendant = output.reserve();
  const PdfReference description = output.reserve();
  const PdfReference program = output.reserve();
  const PdfReference to_glyph = output.reserve();
  const PdfReference to_unicode = output.reserve();

  PdfArray descendants;
  descendants.push_back(descendant);
  PdfDictionary composite;
  composite.AddKey("Type", PdfName("Font"));
  composite.AddKey("Subtype", PdfName("Type0"));
  composite.AddKey("BaseFont", name);
  composite.AddKey("Encoding", PdfName("Identity-H"));
  composite.AddKey("DescendantFonts", descendants);
  composite.AddKey("ToUnicode", to_unicode);
  output.put(font, composite);

  PdfDictionary system;
  system.AddKey("Registry", PdfString("Adobe"));
  system.AddKey("Ordering", PdfString("Identity"));
  system.AddKey("Supplement", integer(0));
  PdfDictionary cid_font;
  cid_font.AddKey("Type", PdfName("Font"));
  cid_font.AddKey("Subtype", PdfName("CIDFontType2"));
  cid_font.AddKey("BaseFont", name);
  cid_font.AddKey("CIDSystemInfo", system);
  cid_font.AddKey("DW", integer(1000 * k_glyph_width));
  cid_font.AddKey("CIDToGIDMap", to_glyph);
  cid_font.AddKey("FontDescriptor", description);
  output.put(descendant, cid_font);

  output.put(description, descriptor(name, program));
  const std::string truetype = glyphless_truetype();
  PdfDictionary length;
  length.AddKey("Length1", integer(static_cast<double>(truetype.size())));
  output.put_deflated(program, length, truetype);
  output.put_deflated(to_glyph, {}, glyph_map());
  output.put_deflated(to_unicode, {}, to_unicode_map());
}

}  // namespace sohoa
