// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_text_font.hpp"

#include "core/text.hpp"
#include "formats/standard_widths.hpp"
#include "formats/tcvn3.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

using PoDoFo::PdfObject;

namespace sohoa {
namespace {

constexpr std::uint64_t k_max_cmap = std::uint64_t{8} << 20U;
constexpr std::size_t k_max_widths = 70000;
constexpr double k_max_width = 20;  // of an em
const char* const k_unknown = "\uFFFD";

std::string text_of_unit(PoDoFo::pdf_utf16be unit) {
  const auto native = static_cast<char16_t>((unit & 0xFFU) << 8U | unit >> 8U);
  return native == 0 ? std::string() : utf8_of(std::u16string(1, native));
}

// What a glyph's name says (Adobe Glyph List Specification, 2): "A", "uni1EA1", "u1EA1", "a.alt".
std::string text_of_name(std::string name) {
  name = name.substr(0, name.find('.'));
  constexpr std::size_t least = 4;
  for (const std::string_view prefix : {"uni", "u"}) {
    std::uint32_t point = 0;
    const char* const from = name.data() + prefix.size();
    const char* const end = name.data() + name.size();
    if (name.starts_with(prefix) && name.size() >= prefix.size() + least && name.size() <= prefix.size() + 6 &&
        std::from_chars(from, end, point, 16).ptr == end && point > 0 && point < 0x10000) {
      return utf8_of(std::u16string(1, static_cast<char16_t>(point)));
    }
  }
  return text_of_unit(PoDoFo::PdfDifferenceEncoding::NameToUnicodeID(PoDoFo::PdfName(name)));
}

const PoDoFo::PdfEncoding& base_encoding(const std::string& name) {
  using Factory = PoDoFo::PdfEncodingFactory;
  return name == "MacRomanEncoding"   ? *Factory::GlobalMacRomanEncodingInstance()
         : name == "StandardEncoding" ? *Factory::GlobalStandardEncodingInstance()
         : name == "Symbol"           ? *Factory::GlobalSymbolEncodingInstance()
         : name == "ZapfDingbats"     ? *Factory::GlobalZapfDingbatsEncodingInstance()
                                      : *Factory::GlobalWinAnsiEncodingInstance();
}

// Control characters and what a font keeps for itself (private use: bullets, logos) are no text.
std::string cleaned(const std::string& text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool control = c < 0x20 || c == 0x7F;
    const bool own = c == 0xEE || (c == 0xEF && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA4);
    const bool hyphen = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xAD;
    if (control) {
      kept += c == '\t' || c == '\n' || c == '\r' ? " " : "";
    } else if (own) {
      i += 2;
    } else if (hyphen) {
      kept += '-';
      ++i;
    } else {
      kept += text[i];
    }
  }
  return kept;
}

double share_of_em(double thousandths) {
  return std::isfinite(thousandths) ? std::clamp(thousandths / 1000, -k_max_width, k_max_width) : 0;
}

}  // namespace

PdfTextFont::PdfTextFont(const PdfReader& reader, const PdfObject* font) {
  if (const PdfObject* map = reader.get(font, "ToUnicode"); map != nullptr && map->HasStream()) {
    m_to_unicode = PdfCmap(reader.stream(*map, k_max_cmap));
  }
  m_composite = reader.name(font, "Subtype") == "Type0";
  m_tcvn3 = is_tcvn3_font(reader.name(font, "BaseFont"));
  m_tcvn3_capitals = is_tcvn3_capitals(reader.name(font, "BaseFont"));
  if (m_composite) {
    read_composite(reader, font);
  } else {
    read_simple(reader, font);
  }
}

void PdfTextFont::read_encoding(const PdfReader& reader, const PdfObject* font) {
  const PdfObject* encoding = reader.get(font, "Encoding");
  const std::string own = reader.name(font, "BaseFont");
  std::string base = reader.name(encoding, "BaseEncoding");
  if (encoding != nullptr && encoding->IsName()) {
    base = encoding->GetName().GetName();
  } else if (base.empty() && (own == "Symbol" || own == "ZapfDingbats")) {
    base = own;
  }
  const PoDoFo::PdfEncoding& table = base_encoding(base);
  for (int code = std::max(0, table.GetFirstChar()); code <= std::min(255, table.GetLastChar()); ++code) {
    m_texts.at(static_cast<std::size_t>(code)) = text_of_unit(table.GetCharCode(code));
  }
  const PdfObject* differences = reader.array(encoding, "Differences");
  std::size_t code = 0;
  for (const PdfObject& item : differences != nullptr ? differences->GetArray() : PoDoFo::PdfArray()) {
    const PdfObject* value = reader.resolve(&item);
    if (value != nullptr && value->IsNumber()) {
      code = static_cast<std::size_t>(std::clamp<PoDoFo::pdf_int64>(value->GetNumber(), 0, 256));
    } else if (value != nullptr && value->IsName() && code < m_texts.size()) {
      m_texts.at(code++) = text_of_name(value->GetName().GetName());
    }
  }
}

void PdfTextFont::read_simple(const PdfReader& reader, const PdfObject* font) {
  read_encoding(reader, font);
  double unit = 0.001;  // of glyph space, which a Type 3 font chooses
  if (const PdfObject* matrix = reader.array(font, "FontMatrix");
      reader.name(font, "Subtype") == "Type3" && matrix != nullptr && matrix->GetArray().size() == 6) {
    unit = std::abs(reader.number(&matrix->GetArray()[0]).value_or(unit));
  }
  const PdfObject* descriptor = reader.dictionary(font, "FontDescriptor");
  m_default_width = share_of_em(reader.number(reader.get(descriptor, "MissingWidth")).value_or(0));
  const PdfObject* widths = reader.array(font, "Widths");
  const double first = reader.number(reader.get(font, "FirstChar")).value_or(0);
  if (widths != nullptr && first >= 0 && first < 256) {
    for (std::size_t i = 0; i < widths->GetArray().size() && i < 256; ++i) {
      m_widths[static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(i)] =
          share_of_em(reader.number(&widths->GetArray()[i]).value_or(0) * unit * 1000);
    }
    return;
  }
  // The standard fonts may leave theirs out (9.6.2.2).
  const std::string name = reader.name(font, "BaseFont");
  for (std::uint32_t code = 0; code < 256; ++code) {
    const std::string& text = m_texts.at(code);
    m_widths[code] = standard_width(name, text.size() == 1 ? static_cast<unsigned char>(text[0]) : 0) / 1000;
  }
}

void PdfTextFont::read_composite(const PdfReader& reader, const PdfObject* font) {
  const PdfObject* encoding = reader.get(font, "Encoding");
  if (encoding != nullptr && encoding->HasStream()) {
    m_encoding = PdfCmap(reader.stream(*encoding, k_max_cmap));
  } else if (encoding != nullptr && encoding->IsName()) {
    const std::string& name = encoding->GetName().GetName();
    m_code_is_unicode = name.find("UCS2") != std::string::npos || name.find("UTF16") != std::string::npos;
  }
  const PdfObject* descendants = reader.array(font, "DescendantFonts");
  const PdfObject* descendant = descendants != nullptr && !descendants->GetArray().empty()
                                    ? reader.resolve(&descendants->GetArray()[0])
                                    : nullptr;
  m_default_width = share_of_em(reader.number(reader.get(descendant, "DW")).value_or(1000));
  read_cid_widths(reader, reader.array(descendant, "W"));
}

// c [w1 w2 …] or c1 c2 w (9.7.4.3).
void PdfTextFont::read_cid_widths(const PdfReader& reader, const PdfObject* widths) {
  std::vector<double> run;
  for (const PdfObject& item : widths != nullptr ? widths->GetArray() : PoDoFo::PdfArray()) {
    const PdfObject* value = reader.resolve(&item);
    if (value != nullptr && value->IsArray() && run.size() == 1) {
      auto cid = static_cast<std::uint32_t>(std::clamp(run[0], 0.0, 65535.0));
      for (const PdfObject& width : value->GetArray()) {
        if (m_widths.size() < k_max_widths) {
          m_widths[cid++] = share_of_em(reader.number(&width).value_or(0));
        }
      }
      run.clear();
    } else {
      run.push_back(reader.number(value).value_or(0));
    }
    if (run.size() == 3) {
      const auto first = static_cast<std::uint32_t>(std::clamp(run[0], 0.0, 65535.0));
      const auto last = static_cast<std::uint32_t>(std::clamp(run[1], 0.0, 65535.0));
      for (std::uint32_t cid = first; cid <= last && m_widths.size() < k_max_widths; ++cid) {
        m_widths[cid] = share_of_em(run[2]);
      }
      run.clear();
    }
  }
}

std::string PdfTextFont::stated(std::uint32_t code) const {
  if (const std::optional<std::string> text = m_to_unicode.unicode(code)) {
    return *text;
  }
  if (!m_composite) {
    const std::string& text = m_texts.at(code & 0xFFU);
    return text.empty() && code >= 32 ? k_unknown : text;
  }
  return m_code_is_unicode ? utf8_of(std::u16string(1, static_cast<char16_t>(code))) : k_unknown;
}

std::string PdfTextFont::text_of(std::uint32_t code) const {
  const std::string text = stated(code);
  return cleaned(m_tcvn3 ? from_tcvn3(text, m_tcvn3_capitals) : text);
}

double PdfTextFont::advance_of(std::uint32_t code) const {
  const std::uint32_t glyph = m_composite ? m_encoding.cid(code).value_or(code) : code;
  const auto found = m_widths.find(glyph);
  return found == m_widths.end() ? m_default_width : found->second;
}

std::vector<PdfGlyph> PdfTextFont::glyphs(std::string_view bytes) const {
  std::vector<PdfGlyph> glyphs;
  while (!bytes.empty()) {
    const PdfCmap::Code code =
        m_composite ? m_encoding.next(bytes, 2) : PdfCmap::Code{static_cast<unsigned char>(bytes[0]), 1};
    glyphs.push_back({text_of(code.value), advance_of(code.value), code.bytes == 1 && code.value == 32});
    bytes.remove_prefix(code.bytes);
  }
  return glyphs;
}

}  // namespace sohoa
