// SPDX-License-Identifier: Apache-2.0
// Runs the content stream of a page (ISO 32000-1, 7.8.2), form XObjects included, with bounds on depth, states,
// operators and bytes.
#pragma once

#include "formats/pdf_page_matrix.hpp"
#include "formats/pdf_reader.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

class PdfContentWalker {
 public:
  using Operands = std::vector<PoDoFo::PdfVariant>;

  explicit PdfContentWalker(const PdfReader& reader) : m_reader(reader) {}
  PdfContentWalker(const PdfContentWalker&) = delete;
  PdfContentWalker& operator=(const PdfContentWalker&) = delete;
  virtual ~PdfContentWalker() = default;

  // Throws Error(ExitStatus::input, "pdf-corrupt") and what PoDoFo throws.
  void walk(const PdfPageNode& page);
  // A form XObject as an annotation of the page shows it: `place` takes the form's space, its Matrix applied, to the
  // page's. `resources` are those of a form without its own.
  void walk_form(const PoDoFo::PdfObject& form, const Matrix& place, const PoDoFo::PdfObject* resources);

 protected:
  // The operators but for q, Q, cm and Do.
  virtual void perform(std::string_view keyword, const Operands& operands, const PoDoFo::PdfObject* resources) = 0;
  // Do with an image XObject, at matrix().
  virtual void draw_image(const PoDoFo::PdfObject& image) = 0;
  // The graphics state beyond the matrix, to be kept on a stack.
  virtual void save() = 0;
  virtual void restore() = 0;

  [[nodiscard]] const PdfReader& reader() const { return m_reader; }
  // From the space of what is drawn to the page's user space.
  [[nodiscard]] const Matrix& matrix() const { return m_matrix; }
  [[nodiscard]] static std::vector<double> numbers(const Operands& operands);

 private:
  void run(const std::string& code, const PoDoFo::PdfObject* resources, int depth);
  void draw_form(const PoDoFo::PdfObject& form, const PoDoFo::PdfObject* resources, int depth);
  void draw(const std::string& name, const PoDoFo::PdfObject* resources, int depth);
  void push();
  void pop();
  void spend(std::size_t bytes);

  const PdfReader& m_reader;
  Matrix m_matrix;
  std::vector<Matrix> m_saved;
  long m_operators = 0;
  std::uint64_t m_bytes = 0;
};

// The array's numbers, at most six; none where it is null.
std::vector<double> numbers_of(const PdfReader& reader, const PoDoFo::PdfObject* array);

// A matrix of six numbers; nothing changes where it is none.
Matrix matrix_from(const std::vector<double>& numbers);

// A rectangle's sides as [left bottom right top] of user space, sorted; US letter when there is none.
std::array<double, 4> page_box(const PdfReader& reader, const PdfPageNode& page);

// The page's /Rotate: degrees clockwise, 0, 90, 180 or 270.
int page_turn(const PdfReader& reader, const PdfPageNode& page);

// Points of a unit of the page's user space.
double page_unit(const PdfReader& reader, const PdfPageNode& page);

}  // namespace sohoa
