// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_content.hpp"

#include <algorithm>
#include <cmath>

using PoDoFo::PdfObject;
using PoDoFo::PdfVariant;

namespace sohoa {
namespace {

constexpr int k_max_depth = 12;
constexpr std::size_t k_max_states = 4096;
constexpr std::size_t k_max_operands = 512;
constexpr long k_max_operators = 5'000'000;
constexpr std::uint64_t k_max_bytes = std::uint64_t{128} << 20U;

}  // namespace

std::vector<double> PdfContentWalker::numbers(const Operands& operands) {
  std::vector<double> values;
  for (const PdfVariant& operand : operands) {
    if (operand.IsNumber() || operand.IsReal()) {
      values.push_back(operand.GetReal());
    }
  }
  return values;
}

void PdfContentWalker::push() {
  if (m_saved.size() >= k_max_states) {
    throw m_reader.corrupt("a page's content saves its state without end");
  }
  m_saved.push_back(m_matrix);
  save();
}

void PdfContentWalker::pop() {
  m_matrix = m_saved.back();
  m_saved.pop_back();
  restore();
}

void PdfContentWalker::spend(std::size_t bytes) {
  m_bytes += bytes;
  if (m_bytes > k_max_bytes) {
    throw m_reader.corrupt("a page's content is larger than a page can need");
  }
}

void PdfContentWalker::run(const std::string& code, const PdfObject* resources, int depth) {
  const std::size_t base = m_saved.size();
  PoDoFo::PdfContentsTokenizer tokens(code.data(), static_cast<long>(code.size()));
  Operands operands;
  PoDoFo::EPdfContentsType type{};
  const char* word = nullptr;
  PdfVariant operand;
  while (tokens.ReadNext(type, word, operand)) {
    if (type == PoDoFo::ePdfContentsType_Variant) {
      operands.push_back(operand);
    } else if (type == PoDoFo::ePdfContentsType_Keyword) {
      const std::string_view keyword(word);
      if (keyword == "q") {
        push();
      } else if (keyword == "Q") {
        if (m_saved.size() > base) {
          pop();
        }
      } else if (keyword == "cm") {
        m_matrix = then(matrix_from(numbers(operands)), m_matrix);
      } else if (keyword == "Do") {
        if (!operands.empty() && operands.back().IsName()) {
          draw(operands.back().GetName().GetName(), resources, depth);
        }
      } else {
        perform(keyword, operands, resources);
      }
      operands.clear();
    }
    if (++m_operators > k_max_operators || operands.size() > k_max_operands) {
      throw m_reader.corrupt("a page's content has more operators than a page can need");
    }
  }
  while (m_saved.size() > base) {
    pop();
  }
}

void PdfContentWalker::draw(const std::string& name, const PdfObject* resources, int depth) {
  const PdfObject* object = m_reader.get(m_reader.dictionary(resources, "XObject"), name.c_str());
  const std::string subtype = m_reader.name(object, "Subtype");
  if (subtype == "Image") {
    draw_image(*object);
  } else if (subtype == "Form") {
    draw_form(*object, resources, depth);
  }
}

void PdfContentWalker::draw_form(const PdfObject& form, const PdfObject* resources, int depth) {
  if (depth >= k_max_depth) {
    throw m_reader.corrupt("a page's forms hold one another without end");
  }
  push();
  m_matrix = then(matrix_from(numbers_of(m_reader, m_reader.array(&form, "Matrix"))), m_matrix);
  const std::string code = m_reader.stream(form, k_max_bytes);
  spend(code.size());
  const PdfObject* own = m_reader.dictionary(&form, "Resources");
  run(code, own != nullptr ? own : resources, depth + 1);
  pop();
}

void PdfContentWalker::walk_form(const PdfObject& form, const Matrix& place, const PdfObject* resources) {
  push();
  m_matrix = place;
  draw_form(form, resources, 0);
  pop();
}

void PdfContentWalker::walk(const PdfPageNode& page) {
  const PdfObject* contents = m_reader.get(page.page, "Contents");
  std::string code;
  const auto add = [&](const PdfObject* part) {
    if (part != nullptr && part->HasStream()) {
      const std::string bytes = m_reader.stream(*part, k_max_bytes);
      spend(bytes.size());
      code += bytes + "\n";
    }
  };
  if (contents != nullptr && contents->IsArray()) {
    for (const PdfObject& part : contents->GetArray()) {
      add(m_reader.resolve(&part));
    }
  } else {
    add(contents);
  }
  run(code, page.resources, 0);
}

std::vector<double> numbers_of(const PdfReader& reader, const PdfObject* array) {
  std::vector<double> values;
  for (std::size_t i = 0; array != nullptr && i < 6 && i < array->GetArray().size(); ++i) {
    values.push_back(reader.number(&array->GetArray()[i]).value_or(0));
  }
  return values;
}

Matrix matrix_from(const std::vector<double>& m) {
  return m.size() == 6 ? Matrix{m[0], m[1], m[2], m[3], m[4], m[5]} : Matrix{};
}

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

int page_turn(const PdfReader& reader, const PdfPageNode& page) {
  const double turn = reader.number(page.rotate).value_or(0);
  const int quarters = std::isfinite(turn) ? static_cast<int>(std::lround(std::fmod(turn, 360) / 90)) : 0;
  return (quarters + 4) % 4 * 90;
}

double page_unit(const PdfReader& reader, const PdfPageNode& page) {
  return std::clamp(reader.number(reader.get(page.page, "UserUnit")).value_or(1), 0.01, 1000.0);
}

}  // namespace sohoa
