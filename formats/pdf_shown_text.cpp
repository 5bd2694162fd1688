// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_shown_text.hpp"

#include "formats/pdf_content.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_text_font.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <utility>

using PoDoFo::PdfObject;
using PoDoFo::PdfVariant;

namespace sohoa {
namespace {

constexpr std::size_t k_max_glyphs = 400'000;  // a page of the smallest print has a tenth of it
constexpr std::size_t k_max_fonts = 1000;
constexpr std::size_t k_max_annotations = 5000;
constexpr std::ptrdiff_t k_short = 12;  // characters

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

// What an annotation shows just now; null when it shows nothing.
const PdfObject* appearance_of(const PdfReader& reader, const PdfObject* annotation) {
  constexpr PoDoFo::pdf_int64 hidden = 2;
  constexpr PoDoFo::pdf_int64 no_view = 32;
  const auto flags =
      static_cast<PoDoFo::pdf_int64>(std::clamp(reader.number(reader.get(annotation, "F")).value_or(0), 0.0, 65535.0));
  const std::string kind = reader.name(annotation, "Subtype");
  if ((flags & (hidden | no_view)) != 0 || kind == "Popup" || kind == "Link") {
    return nullptr;
  }
  const PdfObject* normal = reader.get(reader.dictionary(annotation, "AP"), "N");
  if (normal != nullptr && !normal->HasStream()) {
    normal = reader.get(normal, reader.name(annotation, "AS").c_str());
  }
  return normal != nullptr && normal->HasStream() ? normal : nullptr;
}

// Takes the appearance, its Matrix applied, to the annotation's rectangle (12.5.5); nothing where one of them is none.
std::optional<Matrix> place_of(const PdfReader& reader, const PdfObject* annotation, const PdfObject& form) {
  const std::vector<double> rect = numbers_of(reader, reader.array(annotation, "Rect"));
  const std::vector<double> box = numbers_of(reader, reader.array(&form, "BBox"));
  if (rect.size() != 4 || box.size() != 4) {
    return std::nullopt;
  }
  const Matrix m = matrix_from(numbers_of(reader, reader.array(&form, "Matrix")));
  std::vector<double> xs;
  std::vector<double> ys;
  for (const double x : {box[0], box[2]}) {
    for (const double y : {box[1], box[3]}) {
      xs.push_back(m.a * x + m.c * y + m.e);
      ys.push_back(m.b * x + m.d * y + m.f);
    }
  }
  const auto [left, right] = std::minmax_element(xs.begin(), xs.end());
  const auto [bottom, top] = std::minmax_element(ys.begin(), ys.end());
  if (!(*right - *left > 0) || !(*top - *bottom > 0)) {
    return std::nullopt;
  }
  const double across = std::abs(rect[2] - rect[0]) / (*right - *left);
  const double down = std::abs(rect[3] - rect[1]) / (*top - *bottom);
  return Matrix{
      across, 0, 0, down, std::min(rect[0], rect[2]) - *left * across, std::min(rect[1], rect[3]) - *bottom * down};
}

// A number or a day, not who signed when.
bool is_short_line(const std::vector<ShownGlyph>& glyphs) {
  const auto blank = [](const ShownGlyph& glyph) { return glyph.text == " "; };
  const auto printed = std::count_if(glyphs.begin(), glyphs.end(), [&](const ShownGlyph& g) { return !blank(g); });
  return printed > 0 && printed <= k_short && std::all_of(glyphs.begin(), glyphs.end(), [&](const ShownGlyph& glyph) {
           return std::abs(glyph.y - glyphs.front().y) <= std::abs(glyph.up_y) / 2;
         });
}

class TextWalker : public PdfContentWalker {
 public:
  using PdfContentWalker::PdfContentWalker;
  [[nodiscard]] std::vector<ShownGlyph> take() { return std::exchange(m_glyphs, {}); }

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
                     m_state.size * place.a,
                     m_state.size * place.b,
                     m_state.size * place.c,
                     m_state.size * place.d,
                     m_state.render == 3 || m_state.render == 7};
    if (!shown.text.empty() && std::isfinite(shown.x + shown.y + shown.dx + shown.dy + shown.up_x + shown.up_y +
                                             shown.along_x + shown.along_y)) {
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
  std::vector<ShownGlyph> glyphs = walker.take();
  const PdfObject* annotations = reader.array(page.page, "Annots");
  for (std::size_t i = 0; annotations != nullptr && i < std::min(annotations->GetArray().size(), k_max_annotations);
       ++i) {
    const PdfObject* annotation = reader.resolve(&annotations->GetArray()[i]);
    const PdfObject* form = appearance_of(reader, annotation);
    const std::optional<Matrix> place = form != nullptr ? place_of(reader, annotation, *form) : std::nullopt;
    if (!place) {
      continue;
    }
    walker.walk_form(*form, *place, page.resources);
    const std::vector<ShownGlyph> shown = walker.take();
    if (!is_signature_widget(reader, annotation) || is_short_line(shown)) {
      glyphs.push_back({.text = " "});  // no word goes on in an annotation
      glyphs.insert(glyphs.end(), shown.begin(), shown.end());
    }
  }
  return glyphs;
}

}  // namespace sohoa
