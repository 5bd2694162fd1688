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

constexpr int k_max_depth = 12;
constexpr std::size_t k_max_states = 4096;
constexpr std::size_t k_max_operands = 512;
constexpr std::size_t k_max_images = 4096;
constexpr long k_max_operators = 5'000'000;
constexpr std::uint64_t k_max_bytes = std::uint64_t{128} << 20U;

struct State {
  Matrix matrix;
  bool white = false;  // the fill colour
  bool black = true;
  int render = 0;  // Tr
};

enum class Verb {
  other,
  save,
  restore,
  matrix,
  object,
  render,
  show,
  paint,
  fill,
  stroke,
  colour,
  space,
  inline_image
};

Verb verb_of(std::string_view keyword) {
  static const std::map<std::string_view, Verb> verbs{
      {"q", Verb::save},    {"Q", Verb::restore},      {"cm", Verb::matrix}, {"Do", Verb::object},
      {"Tr", Verb::render}, {"Tj", Verb::show},        {"TJ", Verb::show},   {"'", Verb::show},
      {"\"", Verb::show},   {"f", Verb::fill},         {"F", Verb::fill},    {"f*", Verb::fill},
      {"B", Verb::paint},   {"B*", Verb::paint},       {"b", Verb::paint},   {"b*", Verb::paint},
      {"S", Verb::stroke},  {"s", Verb::stroke},       {"sh", Verb::stroke}, {"g", Verb::colour},
      {"rg", Verb::colour}, {"k", Verb::colour},       {"sc", Verb::colour}, {"scn", Verb::colour},
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

class Interpreter {
 public:
  Interpreter(const PdfReader& reader, const PdfPageNode& page) : m_reader(reader), m_box(page_box(reader, page)) {}

  void run(const std::string& code, const PdfObject* resources, int depth) {
    const std::size_t base = m_saved.size();
    PoDoFo::PdfContentsTokenizer tokens(code.data(), static_cast<long>(code.size()));
    std::vector<PdfVariant> operands;
    PoDoFo::EPdfContentsType type{};
    const char* keyword = nullptr;
    PdfVariant operand;
    while (tokens.ReadNext(type, keyword, operand)) {
      if (type == PoDoFo::ePdfContentsType_Variant) {
        operands.push_back(operand);
      } else if (type == PoDoFo::ePdfContentsType_Keyword) {
        perform(keyword, operands, resources, depth, base);
        operands.clear();
      }
      if (++m_operators > k_max_operators || operands.size() > k_max_operands) {
        throw m_reader.corrupt("a page's content has more operators than a page can need");
      }
    }
    m_saved.resize(std::min(m_saved.size(), base));
  }

  [[nodiscard]] PageContent take() { return std::move(m_content); }
  void spend(std::size_t bytes) {
    m_bytes += bytes;
    if (m_bytes > k_max_bytes) {
      throw m_reader.corrupt("a page's content is larger than a page can need");
    }
  }

 private:
  static std::vector<double> numbers(const std::vector<PdfVariant>& operands) {
    std::vector<double> values;
    for (const PdfVariant& operand : operands) {
      if (operand.IsNumber() || operand.IsReal()) {
        values.push_back(operand.GetReal());
      }
    }
    return values;
  }

  void perform(std::string_view keyword, const std::vector<PdfVariant>& operands, const PdfObject* resources, int depth,
               std::size_t base) {
    switch (verb_of(keyword)) {
      case Verb::save:
        if (m_saved.size() >= k_max_states) {
          throw m_reader.corrupt("a page's content saves its state without end");
        }
        m_saved.push_back(m_state);
        break;
      case Verb::restore:
        if (m_saved.size() > base) {
          m_state = m_saved.back();
          m_saved.pop_back();
        }
        break;
      case Verb::matrix:
        if (const std::vector<double> m = numbers(operands); m.size() == 6) {
          m_state.matrix = then({m[0], m[1], m[2], m[3], m[4], m[5]}, m_state.matrix);
        }
        break;
      case Verb::object:
        if (!operands.empty() && operands.back().IsName()) {
          draw(operands.back().GetName().GetName(), resources, depth);
        }
        break;
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

  void draw(const std::string& name, const PdfObject* resources, int depth) {
    const PdfObject* object = m_reader.get(m_reader.dictionary(resources, "XObject"), name.c_str());
    const std::string subtype = m_reader.name(object, "Subtype");
    if (subtype == "Image") {
      place(*object);
    } else if (subtype == "Form") {
      if (depth >= k_max_depth) {
        throw m_reader.corrupt("a page's forms hold one another without end");
      }
      const State before = m_state;
      if (const PdfObject* matrix = m_reader.array(object, "Matrix");
          matrix != nullptr && matrix->GetArray().size() == 6) {
        std::array<double, 6> m{};
        for (std::size_t i = 0; i < 6; ++i) {
          m.at(i) = m_reader.number(&matrix->GetArray()[i]).value_or(0);
        }
        m_state.matrix = then({m[0], m[1], m[2], m[3], m[4], m[5]}, m_state.matrix);
      }
      const std::string code = m_reader.stream(*object, k_max_bytes);
      spend(code.size());
      const PdfObject* own = m_reader.dictionary(object, "Resources");
      run(code, own != nullptr ? own : resources, depth + 1);
      m_state = before;
    }
  }

  void place(const PdfObject& image) {
    const PdfObject* stencil = m_reader.get(&image, "ImageMask");
    const bool mask = stencil != nullptr && stencil->IsBool() && stencil->GetBool();
    if (mask && !m_state.black) {
      see("a coloured or white stencil", false);
      return;
    }
    const bool opaque = !mask && m_reader.get(&image, "SMask") == nullptr && m_reader.get(&image, "Mask") == nullptr;
    if (opaque && covers_page()) {
      m_content = {};
    }
    if (m_content.images.size() >= k_max_images) {
      throw m_reader.corrupt("a page has more images than a page can need");
    }
    m_content.images.push_back({&image, m_state.matrix});
  }

  [[nodiscard]] bool covers_page() const {
    const Matrix& m = m_state.matrix;
    const double slack_x = 0.02 * (m_box[2] - m_box[0]);
    const double slack_y = 0.02 * (m_box[3] - m_box[1]);
    const double skew = std::min(std::hypot(m.b, m.c), std::hypot(m.a, m.d));
    const auto [left, right] = std::minmax({m.e, m.e + m.a, m.e + m.c, m.e + m.a + m.c});
    const auto [bottom, top] = std::minmax({m.f, m.f + m.b, m.f + m.d, m.f + m.b + m.d});
    return skew < 1 && left <= m_box[0] + slack_x && right >= m_box[2] - slack_x && bottom <= m_box[1] + slack_y &&
           top >= m_box[3] - slack_y;
  }

  const PdfReader& m_reader;
  std::array<double, 4> m_box;
  State m_state;
  std::vector<State> m_saved;
  PageContent m_content;
  long m_operators = 0;
  std::uint64_t m_bytes = 0;
};

}  // namespace

std::array<double, 4> page_box(const PdfReader& reader, const PdfPageNode& page) {
  std::array<double, 4> box{0, 0, 612, 792};
  const PdfObject* stated = page.crop_box != nullptr ? page.crop_box : page.media_box;
  if (stated != nullptr && stated->IsArray() && stated->GetArray().size() == 4) {
    for (std::size_t i = 0; i < 4; ++i) {
      box.at(i) = reader.number(&stated->GetArray()[i]).value_or(0);
    }
  }
  return {std::min(box[0], box[2]), std::min(box[1], box[3]), std::max(box[0], box[2]), std::max(box[1], box[3])};
}

PageContent page_content(const PdfReader& reader, const PdfPageNode& page) {
  Interpreter interpreter(reader, page);
  const PdfObject* contents = reader.get(page.page, "Contents");
  std::string code;
  const auto add = [&](const PdfObject* part) {
    if (part != nullptr && part->HasStream()) {
      const std::string bytes = reader.stream(*part, k_max_bytes);
      interpreter.spend(bytes.size());
      code += bytes + "\n";
    }
  };
  if (contents != nullptr && contents->IsArray()) {
    for (const PdfObject& part : contents->GetArray()) {
      add(reader.resolve(&part));
    }
  } else {
    add(contents);
  }
  interpreter.run(code, page.resources, 0);
  return interpreter.take();
}

}  // namespace sohoa
