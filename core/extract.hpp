// SPDX-License-Identifier: Apache-2.0
// Finds the fields of a document in what was read on its pages, by the rules of the profile.
#pragma once

#include "core/extract_rules.hpp"
#include "core/ocr_text.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

class CompiledRule;
class TextPattern;

struct FoundField {
  std::string field;
  std::string value;
  double confidence = 0;  // 0 … 1
  std::size_t page = 0;   // from 1
  Box box;                // pixels of the upright frame
  std::string read;       // as it stands on the page
  std::vector<std::string> repairs;
  bool labelled = true;  // its label stands before it, where the rule asks for one
  bool prose = false;    // a text of several words, in which single letters may be wrong
};

// The first of that field, or found.end().
std::vector<FoundField>::iterator first_of(std::vector<FoundField>& found, std::string_view field);

class Extractor {
 public:
  // Throws Error(ExitStatus::usage) for a rule that cannot be: pattern-syntax, extract-rule.
  explicit Extractor(const ExtractRules& rules);
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) = delete;
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;
  ~Extractor();

  // True when there is no rule, so that nothing can be found.
  [[nodiscard]] bool empty() const;
  // `page` gives each page once, in order; nothing for one that was not read. The result is ordered by field, a
  // field's most certain value first; each value comes once.
  [[nodiscard]] std::vector<FoundField> find(std::size_t pages,
                                             const std::function<std::optional<OcrPage>(std::size_t)>& page) const;

 private:
  ExtractRules m_rules;
  std::vector<std::unique_ptr<CompiledRule>> m_compiled;
  std::unique_ptr<TextPattern> m_divider;
  std::unique_ptr<TextPattern> m_head_end;
  std::unique_ptr<TextPattern> m_organs;
};

}  // namespace sohoa
