// SPDX-License-Identifier: Apache-2.0
// The lines of a page as a reader sees them in one region, whatever lines the recognizer made of them: its lines run
// across columns and break at handwriting.
#pragma once

#include "core/extract_rules.hpp"
#include "core/ocr_text.hpp"
#include "core/text_pattern.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct PlacedWord {
  std::size_t begin = 0;  // bytes of the line's text
  std::size_t end = 0;
  double confidence = 0;
  Box box;
  std::string read = {};  // the recognizer's, where its neighbours changed it; else empty
};

struct PlacedLine {
  std::string text;  // NFC, words joined by one blank
  Box box;
  std::vector<PlacedWord> words;

  [[nodiscard]] double height() const { return box.bottom - box.top; }
  [[nodiscard]] double centre() const { return (box.left + box.right) / 2; }
  // The smallest confidence and the box of the words in the span; 0 when there is none.
  [[nodiscard]] double least_confidence(const Span& span) const;
  [[nodiscard]] Box box_of(const Span& span) const;
};

enum class Region { page, head_left, head_right, body, right, left };

class PageLines {
 public:
  // The patterns may be null. Words without a place or of hardly any confidence are left out, and what is
  // beyond any page of print: the trees come from files.
  PageLines(const OcrPage& page, const ExtractRules& rules, const TextPattern* divider, const TextPattern* head_end);

  // From top to bottom.
  [[nodiscard]] const std::vector<PlacedLine>& in(Region region);
  [[nodiscard]] double width() const { return m_width; }
  [[nodiscard]] double page_height() const { return m_height; }
  [[nodiscard]] bool empty() const { return m_rows.empty(); }
  // The divider stands in its head: a paper begins here.
  [[nodiscard]] bool begins_paper() const { return m_divider_bottom.has_value(); }
  // A seal or stamp lies on the line or right before it, so that a word of it may be lost.
  [[nodiscard]] bool sealed(const PlacedLine& line) const;
  // A seal ends at the line, above or across its left half.
  [[nodiscard]] bool ends_seal(const PlacedLine& line) const;

 private:
  struct Word {
    std::string text;
    double confidence = 0;
    Box box;
    double baseline = 0;
    std::string read = {};
  };
  using Row = std::vector<Word>;
  static void join(Row& row, const Row& rest, bool one_word);
  static std::vector<Row> joined(std::vector<Row> parts);

  [[nodiscard]] std::vector<PlacedLine> make(Region region) const;
  [[nodiscard]] std::vector<Row> column(double left, double right, double bottom) const;
  [[nodiscard]] std::vector<Row> segments() const;
  [[nodiscard]] std::optional<double> side_of(const Row& row) const;
  static PlacedLine placed(const Row& row);

  double m_width = 0;
  double m_height = 0;
  double m_head = 0;                       // y of the head's lower edge
  double m_border = 0;                     // x between its columns
  std::optional<double> m_divider_bottom;  // y, where the divider was read
  std::vector<Box> m_seals;
  std::vector<Row> m_rows;
  std::map<Region, std::vector<PlacedLine>> m_made;
};

}  // namespace sohoa
