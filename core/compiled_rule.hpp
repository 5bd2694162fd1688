// SPDX-License-Identifier: Apache-2.0
// One rule of [extract.rules], ready to be tried on a page.
#pragma once

#include "core/extract.hpp"
#include "core/page_lines.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

enum class ExtractPages { first, last, any };
enum class ExtractTake { match, top, block, below, list, name_below, titles };

// "{kinds}" in a pattern stands for the headings of all kinds of documents.
std::string with_kinds(std::string pattern, const ExtractRules& rules);

// A value as it is written, with what is compared of it (comparable()).
struct ListedText {
  std::string text;
  std::string letters;
  std::string first_word;
};

class CompiledRule {
 public:
  // Throws Error(ExitStatus::usage): extract-rule, pattern-syntax.
  CompiledRule(const std::string& name, const ExtractRule& rule, const ExtractRules& rules);

  [[nodiscard]] ExtractPages pages() const { return m_pages; }
  // The field for values that are not the only one; empty when the rule looks for one value only.
  [[nodiscard]] const std::string& otherwise() const { return m_otherwise; }
  [[nodiscard]] bool elsewhere() const { return m_elsewhere; }
  // What the rule finds on the page, from top to bottom; `page` of it is not set.
  [[nodiscard]] std::vector<FoundField> find(PageLines& page, const ExtractRules& rules,
                                             const TextPattern* organs) const;

 private:
  [[nodiscard]] std::vector<FoundField> matches(const std::vector<PlacedLine>& lines, const ExtractRules& rules) const;
  [[nodiscard]] std::vector<PlacedLine> top(const std::vector<PlacedLine>& lines, const TextPattern* organs) const;
  [[nodiscard]] std::vector<FoundField> titles(const std::vector<PlacedLine>& lines, const PageLines& page) const;
  [[nodiscard]] std::vector<FoundField> name_below(const std::vector<PlacedLine>& lines, const PageLines& page,
                                                   const ExtractRules& rules) const;
  [[nodiscard]] std::vector<FoundField> untitled_name(const std::vector<PlacedLine>& lines, const PageLines& page,
                                                      const ExtractRules& rules) const;
  [[nodiscard]] std::optional<FoundField> name_in(const PlacedLine& line, const PageLines& page,
                                                  const ExtractRules& rules) const;
  [[nodiscard]] bool fits_person(const std::string& number, const std::string& before, const std::string& after) const;
  bool write_beginnings_as_known(std::vector<PlacedLine>& lines) const;
  void write_as_known(FoundField& found) const;

  std::string m_field;
  ExtractPages m_pages;
  Region m_region;
  ExtractTake m_take;
  std::string m_normalize;
  std::string m_otherwise;
  bool m_elsewhere;
  std::vector<std::string> m_known;
  std::vector<ListedText> m_written;  // those, behind whole names
  double m_certainty;
  TextPattern m_pattern;
  std::optional<TextPattern> m_value;
  std::optional<TextPattern> m_label;
  std::optional<TextPattern> m_until;
  std::optional<TextPattern> m_born;
  std::optional<TextPattern> m_sex;
};

}  // namespace sohoa
