// SPDX-License-Identifier: Apache-2.0
#include "core/extract.hpp"

#include "core/compiled_rule.hpp"
#include "core/deputy_title.hpp"
#include "core/notation.hpp"
#include "core/page_lines.hpp"
#include "core/spelling.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace sohoa {
namespace {

// A rule that looks for one value on the whole document gives it up, to its other field, when there are several or
// when nothing names it; each is then as sure as one guess among them.
void part_ambiguous(std::vector<FoundField>& found, const std::string& otherwise) {
  std::set<std::string> values;
  bool labelled = false;
  for (const FoundField& one : found) {
    values.insert(one.value);
    labelled = labelled || one.labelled;
  }
  if (values.size() == 1 && labelled) {
    found.erase(std::remove_if(found.begin(), found.end(), [](const FoundField& one) { return !one.labelled; }),
                found.end());
    return;
  }
  for (FoundField& one : found) {
    one.field = otherwise;
    one.confidence /= static_cast<double>(values.size());
  }
}

// Ordered by field, the most certain value first, each value once.
std::vector<FoundField> settled(std::vector<FoundField> all) {
  std::stable_sort(all.begin(), all.end(), [](const FoundField& a, const FoundField& b) {
    return a.field != b.field ? a.field < b.field : a.confidence > b.confidence;
  });
  std::set<std::pair<std::string, std::string>> seen;
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&seen](const FoundField& one) { return !seen.emplace(one.field, one.value).second; }),
            all.end());
  return all;
}

}  // namespace

std::vector<FoundField>::iterator first_of(std::vector<FoundField>& found, std::string_view field) {
  return std::find_if(found.begin(), found.end(), [field](const FoundField& one) { return one.field == field; });
}

Extractor::Extractor(const ExtractRules& rules) : m_rules(rules) {
  if (!rules.enabled) {
    return;
  }
  for (const auto& [name, rule] : rules.rules) {
    m_compiled.push_back(std::make_unique<CompiledRule>(name, rule, rules));
  }
  const auto compile = [&rules](const std::string& pattern, const char* where) {
    return pattern.empty() ? nullptr : std::make_unique<TextPattern>(with_kinds(pattern, rules), where);
  };
  m_divider = compile(rules.divider, "extract.divider");
  m_head_end = compile(rules.head_end, "extract.head_end");
  m_organs = compile(rules.organs, "extract.organs");
}

Extractor::Extractor(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

bool Extractor::empty() const { return m_compiled.empty(); }

std::vector<FoundField> Extractor::find(std::size_t pages,
                                        const std::function<std::optional<OcrPage>(std::size_t)>& page) const {
  std::vector<std::vector<FoundField>> by_rule(m_compiled.size());
  Spelling spelling;
  bool first = true;
  bool other_paper = false;  // an annex with a head of its own: its signer is another's
  for (std::size_t index = 0; index < pages; ++index) {
    const std::optional<OcrPage> tree = page(index);
    if (!tree || tree->word_count() == 0) {
      continue;
    }
    spelling.learn(*tree);
    PageLines lines(*tree, m_rules, m_divider.get(), m_head_end.get());
    other_paper = other_paper || (!first && lines.begins_paper());
    for (std::size_t i = 0; i < m_compiled.size(); ++i) {
      const CompiledRule& rule = *m_compiled[i];
      if ((rule.pages() == ExtractPages::first && !first) || (rule.pages() == ExtractPages::last && other_paper)) {
        continue;
      }
      std::vector<FoundField> found = rule.find(lines, m_rules, m_organs.get());
      for (FoundField& one : found) {
        one.page = index + 1;
      }
      if (rule.pages() == ExtractPages::any) {
        std::move(found.begin(), found.end(), std::back_inserter(by_rule[i]));
      } else if (!found.empty()) {
        by_rule[i] = std::move(found);
      }
    }
    first = false;
  }
  std::vector<FoundField> all;
  for (std::size_t i = 0; i < by_rule.size(); ++i) {
    if (const std::string& otherwise = m_compiled[i]->otherwise(); !otherwise.empty()) {
      part_ambiguous(by_rule[i], otherwise);
    }
    if (m_compiled[i]->elsewhere()) {
      std::for_each(by_rule[i].begin(), by_rule[i].end(), [&spelling](FoundField& one) { spelling.correct(one); });
    }
    std::move(by_rule[i].begin(), by_rule[i].end(), std::back_inserter(all));
  }
  all = settled(std::move(all));
  agree_notation(all, m_rules);
  agree_deputy(all, m_rules);
  return all;
}

}  // namespace sohoa
