// SPDX-License-Identifier: Apache-2.0
// A font as far as it takes to read text that is shown with it (ISO 32000-1, 9.6 to 9.10): what the codes of a string
// stand for and how wide they are. Nothing of the font program is read.
#pragma once

#include "formats/pdf_cmap.hpp"
#include "formats/pdf_reader.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct PdfGlyph {
  std::string text;         // UTF-8; "" of what is no text, U+FFFD when the file does not say what it is
  double advance = 0;       // in text space, of a size of 1
  bool word_space = false;  // the single byte 32, to which Tw applies
};

class PdfTextFont {
 public:
  // `font` may be null: then nothing is known of any code. Throws what PdfReader::stream() throws.
  PdfTextFont(const PdfReader& reader, const PoDoFo::PdfObject* font);

  [[nodiscard]] std::vector<PdfGlyph> glyphs(std::string_view bytes) const;

 private:
  void read_simple(const PdfReader& reader, const PoDoFo::PdfObject* font);
  void read_composite(const PdfReader& reader, const PoDoFo::PdfObject* font);
  void read_encoding(const PdfReader& reader, const PoDoFo::PdfObject* font);
  void read_cid_widths(const PdfReader& reader, const PoDoFo::PdfObject* widths);
  [[nodiscard]] std::string stated(std::uint32_t code) const;
  [[nodiscard]] std::string text_of(std::uint32_t code) const;
  [[nodiscard]] double advance_of(std::uint32_t code) const;

  bool m_composite = false;
  bool m_tcvn3 = false;
  bool m_tcvn3_capitals = false;
  bool m_code_is_unicode = false;  // a predefined CMap of UCS-2 or UTF-16
  PdfCmap m_to_unicode;
  PdfCmap m_encoding;                    // of a composite font, when it has one of its own
  std::array<std::string, 256> m_texts;  // of a simple font, without ToUnicode
  std::map<std::uint32_t, double> m_widths;
  double m_default_width = 0;
};

}  // namespace sohoa
