// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_scan_content.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

using PoDoFo::PdfObject;
using PoDoFo::PdfVariant;

namespace sohoa {
namespace {

constexpr std::size_t k_max_images = 4096;

struct State {
  bool white = false;  // the fill colour
  bool black = true;
  int render = 0;  // Tr
};

enum class Verb { other, render, show, paint, fill, stroke, colour, space, inline_image };

Verb verb_of(std::string_view keyword) {
  static const std::map<std::string_view, Verb> verbs{
      {"Tr", Verb::render}, {"Tj", Verb::show},        {"TJ", Verb::show},  {"'", Verb::show},    {"\"", Verb::show},
      {"f", Verb::fill},    {"F", Verb::fill},         {"f*", Verb::fill},  {"B", Verb::paint},   {"B*", Verb::paint},
      {"b", Verb::paint},   {"b*", Verb::paint},       {"S", Verb::stroke}, {"s", Verb::stroke},  {"sh", Verb::stroke},
      {"g", Verb::colour},  {"rg", Verb::colour},      {"k", Verb::colour}, {"sc", Verb::colour}, {"scn", Verb::colour},
      {"cs", Verb::space},  {"BI", Verb::inline_image}};
  const auto found = verbs.find(keyword);
  return found == verbs.end() ? Verb::other : found->second;
}

bool is_blank(const PdfVariant& operand) {
  if (operand.IsArray()) {
    const PoDoFo::PdfArray& parts = operand.GetArray();
    return std::all_of(parts.begin(), parts.end(), [](const PdfObject& part) { return is_blank(part); });
  }
  if (!operand.IsString() && !operand.IsHexString()) {
    return true;
  }
  const std::string_view text(operand.GetString().GetString(),
                              static_cast<std::size_t>(operand.GetString().GetLength()));
  return text.find_first_not_of(" ") == std::string_view::npos;
}

class Interpreter : public PdfContentWalker {
 public:
  Interpreter(const PdfReader& reader, const PdfPageNode& page)
      : PdfContentWalker(reader), m_box(page_box(reader, page)) {}

  [[nodiscard]] PageContent take() { return std::move(m_content); }

 protected:
  void save() override { m_saved.push_back(m_state); }
  void restore() override {
    m_state = m_saved.back();
    m_saved.pop_back();
  }

  void perform(std::string_view keyword, const Operands& operands, const PdfObject* /*resources*/) override {
    switch (verb_of(keyword)) {
      case Verb::render:
        if (const std::vector<double> mode = numbers(operands); !mode.empty()) {
          m_state.render = static_cast<int>(std::clamp(mode[0], 0.0, 7.0));
        }
        break;
      case Verb::show:
        if (m_state.render != 3 && m_state.render != 7 && !std::all_of(operands.begin(), operands.end(), is_blank)) {
          see("text", m_state.render == 0 && m_state.white);
        }
        break;
      case Verb::fill:
        see("drawings", m_state.white);
        break;
      case Verb::paint:
      case Verb::stroke:
        see("drawings", false);
        break;
      case Verb::colour:
        set_colour(keyword, numbers(operands));
        break;
      case Verb::space:
        m_state.white = false;
        m_state.black = true;  // every space's first colour but Pattern's
        break;
      case Verb::inline_image:
        see("an inline image", false);
        break;
      case Verb::other:
        break;
    }
  }

  void draw_image(const PdfObject& image) override {
    const PdfObject* stencil = reader().get(&image, "ImageMask");
    const bool mask = stencil != nullptr && stencil->IsBool() && stencil->GetBool();
    if (mask && !m_state.black) {
      see("a coloured or white stencil", false);
      return;
    }
    const bool opaque = !mask && reader().get(&image, "SMask") == nullptr && reader().get(&image, "Mask") == nullptr;
    if (opaque && covers_page()) {
      m_content = {};
    }
    if (m_content.images.size() >= k_max_images) {
      throw reader().corrupt("a page has more images than a page can need");
    }
    m_content.images.push_back({&image, matrix()});
  }

 private:
  void set_colour(std::string_view keyword, const std::vector<double>& values) {
    const auto all = [&](double wanted) {
      return !values.empty() &&
             std::all_of(values.begin(), values.end(), [&](double value) { return value == wanted; });
    };
    const bool inks = keyword == "k" || (values.size() == 4 && keyword != "rg");
    m_state.white = inks ? all(0) : all(1);
    m_state.black = inks ? !values.empty() && values.back() == 1 : all(0);
  }

  // White under the scan is its paper; white over it hides a part of it.
  void see(const char* what, bool white) {
    if (m_content.visible.empty() && !(white && m_content.images.empty())) {
      m_content.visible = what;
    }
  }

  [[nodiscard]] bool covers_page() const {
    const Matrix& m = matrix();
    const double slack_x = 0.02 * (m_box[2] - m_box[0]);
    const double slack_y = 0.02 * (m_box[3] - m_box[1]);
    const double skew = std::min(std::hypot(m.b, m.c), std::hypot(m.a, m.d));
    const auto [left, bottom, right, top] = bounds_of_image(m);
    return skew < 1 && left <= m_box[0] + slack_x && right >= m_box[2] - slack_x && bottom <= m_box[1] + slack_y &&
           top >= m_box[3] - slack_y;
  }

  std::array<double, 4> m_box;
  State m_state;
  std::vector<State> m_saved;
  PageContent m_content;
};

}  // namespace

PageContent page_content(const PdfReader& reader, const PdfPageNode& page) {
  Interpreter interpreter(reader, page);
  interpreter.walk(page);
  return interpreter.take();
}

}  // namespace sohoa
