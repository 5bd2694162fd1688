// SPDX-License-Identifier: Apache-2.0
#include "formats/separator_pdf.hpp"

#include "core/barcode.hpp"
#include "core/patch_code.hpp"
#include "core/text.hpp"
#include "core/version.hpp"
#include "formats/pdf_embedded_font.hpp"
#include "formats/pdf_text_layer.hpp"

#include <algorithm>

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

namespace sohoa {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr double page_width = 210;  // mm, A4 (ISO 216)
constexpr double page_height = 297;
constexpr double margin = 10;       // what printers leave white
constexpr double bar_length = 150;  // more than the rule's 51, so that a torn edge leaves enough
constexpr double large_code = 80;
constexpr double small_code = 32;
constexpr double text_width = page_width - 40;
constexpr std::size_t max_lines = 8;
constexpr double overlap = 0.01;  // mm, lest a printer leaves hairlines between modules

const char* const title = "TỜ PHÂN CÁCH HỒ SƠ";
const char* const note = "Đặt tờ này trước trang đầu của tài liệu khi quét.";
const char* const second_note = "Tờ này không phải là trang của tài liệu.";

std::string number(double value) { return pdf_number(value, 3) + " "; }

// Measures in mm from the page's upper left corner.
std::string rectangle(double left, double top, double width, double height) {
  return number(left * points_per_mm) + number((page_height - top - height) * points_per_mm) +
         number(width * points_per_mm) + number(height * points_per_mm) + "re\n";
}

// The code T from the edge inwards, so that the scanner meets it whichever end is fed first.
std::string patch_bars(bool foot) {
  std::string out;
  double at = margin;
  for (const bool wide : patch_t_is_wide) {
    const double thick = wide ? patch_wide_mm : patch_narrow_mm;
    out += rectangle((page_width - bar_length) / 2, foot ? page_height - at - thick : at, bar_length, thick);
    at += thick + patch_narrow_mm;
  }
  return out + "f\n";
}

std::string draw_symbol(const Symbol& symbol, double left, double top, double side) {
  const double module = side / symbol.width;
  std::string out;
  for (int y = 0; y < symbol.height; ++y) {
    for (int x = 0; x < symbol.width; ++x) {
      const auto dark = [&](int column) {
        return column < symbol.width && symbol.modules[static_cast<std::size_t>(y * symbol.width + column)];
      };
      if (!dark(x)) {
        continue;
      }
      const int first = x;
      while (dark(x + 1)) {
        ++x;
      }
      out += rectangle(left + first * module, top + y * module, (x + 1 - first) * module + overlap, module + overlap);
    }
  }
  return out + "f\n";
}

class Sheets {
 public:
  Sheets(const fs::path& target, const fs::path& font, const std::vector<SheetPage>& sheets)
      : m_font(font, all_text(sheets)),
        m_output(target, "1.7"),
        m_catalog(m_output.reserve()),
        m_pages(m_output.reserve()) {
    m_font_number = put_font(m_output, m_font);
  }

  void add(const SheetPage& sheet) {
    std::string content = "0 g\n" + patch_bars(false) + patch_bars(true);
    double y = 50;
    content += centred(title, y, 26);
    if (!sheet.code.empty()) {
      const Symbol symbol = make_symbol("QRCode", sheet.code);
      y += 8;
      content += draw_symbol(symbol, (page_width - large_code) / 2, y, large_code);
      y += large_code + 16;
      content += draw_symbol(symbol, 20, page_height - 38 - small_code, small_code);
    }
    if (!sheet.headline.empty()) {
      content += centred(sheet.headline, y, 26);
      y += 11;
    }
    for (std::size_t i = 0; i < std::min(max_lines, sheet.lines.size()); ++i) {
      content += centred(sheet.lines[i].first + ": " + sheet.lines[i].second, y, 15);
      y += 8;
    }
    content += text(note, 60, page_height - 52, 12) + text(second_note, 60, page_height - 45, 12);
    put_page(content);
  }

  PdfFile finish() {
    PdfDictionary pages;
    pages.AddKey("Type", PdfName("Pages"));
    pages.AddKey("Kids", m_kids);
    pages.AddKey("Count", PdfObject(static_cast<PoDoFo::pdf_int64>(m_kids.size())));
    m_output.put(m_pages, pages);
    PdfDictionary catalog;
    catalog.AddKey("Type", PdfName("Catalog"));
    catalog.AddKey("Pages", m_pages);
    catalog.AddKey("Lang", PdfString("vi"));
    m_output.put(m_catalog, catalog);
    const PdfReference info = m_output.reserve();
    PdfDictionary entries;
    entries.AddKey("Creator", PdfString("sohoa " + std::string(version)));
    m_output.put(info, entries);
    const std::size_t count = m_kids.size();
    PdfFile file = m_output.finish(m_catalog, info);
    file.pages = count;
    return file;
  }

 private:
  static std::string all_text(const std::vector<SheetPage>& sheets) {
    std::string all = std::string(title) + note + second_note + ":…";
    for (const SheetPage& sheet : sheets) {
      all += sheet.headline;
      for (const auto& [heading, line] : sheet.lines) {
        all += heading + line;
      }
    }
    return to_nfc(all + " ");
  }

  [[nodiscard]] double width_of(const std::string& words, double size) const {  // mm
    return m_font.subset.width(words) / 1000 * size / points_per_mm;
  }

  [[nodiscard]] std::string text(const std::string& words, double left, double baseline, double size) const {
    return "BT /F0 " + number(size) + "Tf " + number(left * points_per_mm) +
           number((page_height - baseline) * points_per_mm) + "Td " + hex_of(m_font.subset.glyphs(words)) + " Tj ET\n";
  }

  // Long text is set smaller, and cut where it could not be read any more.
  [[nodiscard]] std::string centred(const std::string& wanted, double baseline, double size) const {
    constexpr double smallest = 9;
    std::string words = to_nfc(wanted);
    const double most = std::min(size, size * text_width / std::max(1.0, width_of(words, size)));
    const double used = std::max(smallest, most);
    while (width_of(words, used) > text_width) {
      words = shortened(words);
    }
    return text(words, (page_width - width_of(words, used)) / 2, baseline, used);
  }

  static std::string shortened(std::string words) {
    const std::string dots = "…";
    if (words.ends_with(dots)) {
      words.resize(words.size() - dots.size());
    }
    do {
      words.pop_back();
    } while (!words.empty() && !is_utf8(words));
    return words + dots;
  }

  void put_page(const std::string& content) {
    const PdfReference page = m_output.reserve();
    const PdfReference stream = m_output.reserve();
    PdfDictionary fonts;
    fonts.AddKey("F0", m_font_number);
    PdfDictionary resources;
    resources.AddKey("Font", fonts);
    PdfArray box;
    for (const double edge : {0.0, 0.0, page_width * points_per_mm, page_height * points_per_mm}) {
      box.push_back(PdfObject(edge));
    }
    PdfDictionary keys;
    keys.AddKey("Type", PdfName("Page"));
    keys.AddKey("Parent", m_pages);
    keys.AddKey("MediaBox", box);
    keys.AddKey("Resources", resources);
    keys.AddKey("Contents", stream);
    m_output.put(page, keys);
    m_output.put_deflated(stream, {}, content);
    m_kids.push_back(page);
  }

  EmbeddedFont m_font;
  PdfOutput m_output;
  PdfReference m_catalog;
  PdfReference m_pages;
  PdfReference m_font_number;
  PdfArray m_kids;
};

}  // namespace

PdfFile write_separator_sheets(const fs::path& target, const fs::path& font, const std::vector<SheetPage>& sheets) {
  Sheets out(target, font, sheets);
  for (const SheetPage& sheet : sheets) {
    out.add(sheet);
  }
  return out.finish();
}

}  // namespace sohoa
