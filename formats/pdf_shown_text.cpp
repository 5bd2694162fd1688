// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_shown_text.hpp"

#include "formats/pdf_content.hpp"
#include "formats/pdf_text_font.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

using PoDoFo::PdfObject;
using PoDoFo::PdfVariant;

namespace sohoa {
namespace {

constexpr std::size_t k_max_glyphs = 400'000;  // a page of the smallest print has a tenth of it
constexpr std::size_t k_max_fonts = 1000;

struct TextState {
  double between = 0;  // Tc
  double words = 0;    // Tw
  double across = 1;   // Tz
  double leading = 0;  // TL
  double size = 0;     // Tf
  double rise = 0;     // Ts
  int render = 0;      // Tr
  const PdfTextFont* font = nullptr;
};

class TextWalker : public PdfContentWalker {
 public:
  using PdfContentWalker::PdfContentWalker;
  [[nodiscard]] std::vector<ShownGlyph> take() { return std::move(m_glyphs); }

 protected:
  void save() override { m_saved.push_back(m_state); }
  void restore() override {
    m_state = m_saved.back();
    m_saved.pop_back();
  }
  void draw_image(const PdfObject& /*image*/) override {}

  void perform(std::string_view keyword, const Operands& operands, const PdfObject* resources) override {
    const std::vector<double> values = numbers(operands);
    const double first = values.empty() ? 0 : values[0];
    if (keyword == "BT") {
      m_line = m_text = {};
    } else if (keyword == "Tf") {
      set_font(operands, resources);
      m_state.size = values.empty() ? m_state.size : values.back();
    } else if (keyword == "Tm") {
      m_line = m_text = matrix_from(values);
    } else if (keyword == "Td" && values.size() == 2) {
      next_line(values[0], values[1]);
    } else if (keyword == "TD" && values.size() == 2) {
      m_state.leading = -values[1];
      next_line(values[0], values[1]);
    } else if (keyword == "T*") {
      next_line(0, -m_state.leading);
    } else if (keyword == "Tj" || keyword == "TJ" || keyword == "'" || keyword == "\"") {
      if (keyword == "\"" && values.size() >= 2) {
        m_state.words = values[0];
        m_state.between = values[1];
      }
      if (keyword == "'" || keyword == "\"") {
        next_line(0, -m_state.leading);
      }
      if (!operands.empty()) {
        show(operands.back());
      }
    } else if (double* parameter = parameter_of(keyword); parameter != nullptr && !values.empty()) {
      *parameter = keyword == "Tz" ? first / 100 : first;
    } else if (keyword == "Tr" && !values.empty()) {
      m_state.render = static_cast<int>(std::clamp(first, 0.0, 7.0));
    }
  }

 private:
  double* parameter_of(std::string_view keyword) {
    return keyword == "Tc"   ? &m_state.between
           : keyword == "Tw" ? &m_state.words
           : keyword == "Tz" ? &m_state.across
           : keyword == "TL" ? &m_state.leading
           : keyword == "Ts" ? &m_state.rise
                             : nullptr;
  }

  void set_font(const Operands& operands, const PdfObject* resources) {
    if (operands.empty() || !operands.front().IsName()) {
      return;
    }
    const PdfObject* font =
        reader().dictionary(reader().dictionary(resources, "Font"), operands.front().GetName().GetName().c_str());
    if (m_fonts.size() >= k_max_fonts) {
      throw reader().corrupt("a page has more fonts than a page can need");
    }
    std::unique_ptr<PdfTextFont>& known = m_fonts[font];
    if (known == nullptr) {
      known = std::make_unique<PdfTextFont>(reader(), font);
    }
    m_state.font = known.get();
  }

  void next_line(double x, double y) { m_line = m_text = then({1, 0, 0, 1, x, y}, m_line); }

  void move(double x) { m_text = then({1, 0, 0, 1, x, 0}, m_text); }

  void show(const PdfVariant& operand) {
    if (operand.IsString() || operand.IsHexString()) {
      show_string(operand.GetString());
      return;
    }
    for (const PdfObject& item : operand.IsArray() ? operand.GetArray() : PoDoFo::PdfArray()) {
      if (item.IsString() || item.IsHexString()) {
        show_string(item.GetString());
      } else if (item.IsNumber() || item.IsReal()) {
        move(-item.GetReal() / 1000 * m_state.size * m_state.across);
      }
    }
  }

  void show_string(const PoDoFo::PdfString& text) {
    if (m_state.font == nullptr || text.GetString() == nullptr) {
      return;
    }
    const std::string_view bytes(text.GetString(), static_cast<std::size_t>(text.GetLength()));
    for (PdfGlyph& glyph : m_state.font->glyphs(bytes)) {
      put(std::move(glyph));
    }
  }

  void put(PdfGlyph glyph) {
    const double advance =
        (glyph.advance * m_state.size + m_state.between + (glyph.word_space ? m_state.words : 0)) * m_state.across;
    const Matrix place = then(then({1, 0, 0, 1, 0, m_state.rise}, m_text), matrix());
    ShownGlyph shown{std::move(glyph.text),
                     place.e,
                     place.f,
                     advance * place.a,
                     advance * place.b,
                     m_state.size * place.c,
                     m_state.size * place.d,
                     m_state.render == 3 || m_state.render == 7};
    if (!shown.text.empty() && std::isfinite(shown.x + shown.y + shown.dx + shown.dy + shown.up_x + shown.up_y)) {
      m_glyphs.push_back(std::move(shown));
    }
    if (m_glyphs.size() > k_max_glyphs) {
      throw reader().corrupt("a page shows more text than a page can hold");
    }
    move(advance);
  }

  TextState m_state;
  std::vector<TextState> m_saved;
  Matrix m_line;
  Matrix m_text;
  std::map<const PdfObject*, std::unique_ptr<PdfTextFont>> m_fonts;
  std::vector<ShownGlyph> m_glyphs;
};

}  // namespace

std::vector<ShownGlyph> shown_text(const PdfReader& reader, const PdfPageNode& page) {
  TextWalker walker(reader);
  walker.walk(page);
  return walker.take();
}

}  // namespace sohoa
