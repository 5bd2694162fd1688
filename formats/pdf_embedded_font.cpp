// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_embedded_font.hpp"

#include "formats/openssl.hpp"

#include <array>
#include <cstdio>

namespace sohoa {

using PoDoFo::pdf_int64;
using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;
using PoDoFo::PdfVariant;

namespace {

std::string hex16(unsigned value) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04X", value & 0xFFFFU);
  return text.data();
}

std::string utf16_hex(char32_t letter) {
  const auto code = static_cast<unsigned>(letter);
  return code < 0x10000U ? hex16(code) : hex16(0xD800U + ((code - 0x10000U) >> 10U)) + hex16(0xDC00U + (code & 0x3FFU));
}

std::string to_unicode(const FontSubset& font) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr std::size_t block = 100;  // the most that an operator takes
  const std::vector<Glyph>& letters = font.letters();
  for (std::size_t first = 0; first < letters.size(); first += block) {
    const std::size_t last = std::min(first + block, letters.size());
    map += std::to_string(last - first) + " beginbfchar\n";
    for (std::size_t i = first; i < last; ++i) {
      map += "<" + hex16(letters[i].id) + "> <" + utf16_hex(letters[i].letter) + ">\n";
    }
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Six letters that differ with the content (ISO 32000-1, 9.6.4).
std::string subset_tag(const std::string& program) {
  std::string tag = digest_of(EVP_sha256(), program).substr(0, 6);
  for (char& c : tag) {
    c = static_cast<char>('A' + static_cast<unsigned char>(c) % 26);
  }
  return tag;
}

// What is deflated already, and what is not, into either kind of file.
void put_packed(PdfUpdate& update, const PdfReference& number, PdfDictionary keys, const std::string& packed) {
  update.put_deflated(number, std::move(keys), packed);
}
void put_packed(PdfOutput& output, const PdfReference& number, PdfDictionary keys, const std::string& packed) {
  keys.AddKey("Filter", PdfName("FlateDecode"));
  output.put_stream(number, std::move(keys), packed);
}
void put_bytes(PdfUpdate& update, const PdfReference& number, const std::string& bytes) {
  update.put_stream(number, PdfDictionary(), bytes);
}
void put_bytes(PdfOutput& output, const PdfReference& number, const std::string& bytes) {
  output.put_deflated(number, PdfDictionary(), bytes);
}

template <typename Output>
PdfReference put_descriptor(Output& update, const EmbeddedFont& embedded) {
  const FontSubset& font = embedded.subset;
  const PdfReference file = update.reserve();
  PdfDictionary file_keys;
  file_keys.AddKey("Length1", static_cast<pdf_int64>(embedded.program_size));
  put_packed(update, file, file_keys, embedded.packed_program);

  const unsigned count = font.glyph_count();
  std::string cids((count + 7) / 8, '\0');
  for (unsigned cid = 0; cid < count; ++cid) {
    cids[cid / 8] = static_cast<char>(static_cast<unsigned char>(cids[cid / 8]) | (0x80U >> (cid % 8)));
  }
  const PdfReference cid_set = update.reserve();
  put_bytes(update, cid_set, cids);

  PdfDictionary keys;
  keys.AddKey(PdfName::KeyType, PdfName("FontDescriptor"));
  keys.AddKey("FontName", PdfName(embedded.name));
  keys.AddKey("Flags", pdf_int64{4});  // symbolic: the text is glyph numbers
  PdfArray box;
  for (const double edge : font.box()) {
    box.push_back(PdfVariant(edge));
  }
  keys.AddKey("FontBBox", box);
  keys.AddKey("ItalicAngle", PdfVariant(font.italic_angle()));
  keys.AddKey("Ascent", PdfVariant(font.ascent()));
  keys.AddKey("Descent", PdfVariant(font.descent()));
  keys.AddKey("CapHeight", PdfVariant(font.cap_height()));
  keys.AddKey("StemV", pdf_int64{80});
  keys.AddKey("FontFile2", file);
  keys.AddKey("CIDSet", cid_set);
  const PdfReference descriptor = update.reserve();
  update.put(descriptor, PdfVariant(keys));
  return descriptor;
}

template <typename Output>
PdfReference put_cid_font(Output& update, const EmbeddedFont& embedded) {
  const FontSubset& font = embedded.subset;
  PdfDictionary system;
  system.AddKey("Registry", PdfString("Adobe"));
  system.AddKey("Ordering", PdfString("Identity"));
  system.AddKey("Supplement", PdfVariant(pdf_int64{0}));  // a bare 0 would be taken as a null pointer
  PdfArray advances;
  for (unsigned glyph = 0; glyph < font.glyph_count(); ++glyph) {
    advances.push_back(PdfVariant(font.advance(glyph)));
  }
  PdfArray widths;
  widths.push_back(PdfVariant(pdf_int64{0}));
  widths.push_back(advances);
  PdfDictionary keys;
  keys.AddKey(PdfName::KeyType, PdfName("Font"));
  keys.AddKey(PdfName::KeySubtype, PdfName("CIDFontType2"));
  keys.AddKey("BaseFont", PdfName(embedded.name));
  keys.AddKey("CIDSystemInfo", system);
  keys.AddKey("CIDToGIDMap", PdfName("Identity"));
  keys.AddKey("DW", pdf_int64{1000});
  keys.AddKey("W", widths);
  keys.AddKey("FontDescriptor", put_descriptor(update, embedded));
  const PdfReference cid_font = update.reserve();
  update.put(cid_font, PdfVariant(keys));
  return cid_font;
}

template <typename Output>
PdfReference put_whole_font(Output& update, const EmbeddedFont& font) {
  const PdfReference unicode = update.reserve();
  put_packed(update, unicode, PdfDictionary(), font.packed_unicode);
  PdfArray descendants;
  descendants.push_back(put_cid_font(update, font));
  PdfDictionary keys;
  keys.AddKey(PdfName::KeyType, PdfName("Font"));
  keys.AddKey(PdfName::KeySubtype, PdfName("Type0"));
  keys.AddKey("BaseFont", PdfName(font.name));
  keys.AddKey("Encoding", PdfName("Identity-H"));
  keys.AddKey("DescendantFonts", descendants);
  keys.AddKey("ToUnicode", unicode);
  const PdfReference reference = update.reserve();
  update.put(reference, PdfVariant(keys));
  return reference;
}

}  // namespace

EmbeddedFont::EmbeddedFont(const fs::path& file, const std::string& text) : subset(file, text) {
  const std::string program = subset.program();
  name = subset_tag(program) + "+" + subset.postscript_name();
  program_size = program.size();
  packed_program = PdfUpdate::deflated(program);
  packed_unicode = PdfUpdate::deflated(to_unicode(subset));
}

PdfReference put_font(PdfUpdate& update, const EmbeddedFont& font) { return put_whole_font(update, font); }
PdfReference put_font(PdfOutput& output, const EmbeddedFont& font) { return put_whole_font(output, font); }

std::string hex_of(const std::vector<Glyph>& glyphs) {
  std::string hex = "<";
  for (const Glyph& glyph : glyphs) {
    hex += hex16(glyph.id);
  }
  return hex + ">";
}

}  // namespace sohoa
