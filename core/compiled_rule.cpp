// SPDX-License-Identifier: Apache-2.0
#include "core/compiled_rule.hpp"

#include "core/error.hpp"
#include "core/field_value.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace sohoa {
namespace {

// Parts of the page and of a line's height, measured on office papers after NĐ 30/2020.
constexpr double same_centre = 0.015;      // lines of one centred text, part of the width
constexpr double below_title = 0.12;       // a name and the title above it, part of the width
constexpr double signature_height = 0.25;  // between title and name, part of the page's height
constexpr double close_by = 1.5;           // gap between lines of one text, in heights
constexpr double unlabelled = 0.3;         // factor for a value that nothing names
constexpr double with_a_gap = 0.5;         // factor for a text of which a line may be missing
constexpr double stamped = 0.6;            // mean confidence of stamps and seals beside the text
constexpr std::size_t max_lines = 20;      // of one value

template <typename Enum, std::size_t count>
std::vector<std::string> names_of(const std::array<std::pair<const char*, Enum>, count>& words) {
  std::vector<std::string> names;
  for (const auto& [name, value] : words) {
    names.emplace_back(name);
  }
  return names;
}

template <typename Enum, std::size_t count>
Enum choice(const std::array<std::pair<const char*, Enum>, count>& words, const std::string& word,
            const std::string& where) {
  for (const auto& [name, value] : words) {
    if (word == name) {
      return value;
    }
  }
  const std::string guess = nearest(word, names_of(words));
  throw usage_error("extract-rule", where + " has the unknown word " + word,
                    guess.empty() ? "see man sohoa-profile" : "did you mean " + guess + "?");
}

constexpr std::array<std::pair<const char*, ExtractPages>, 3> pages_words{
    {{"first", ExtractPages::first}, {"last", ExtractPages::last}, {"any", ExtractPages::any}}};
constexpr std::array<std::pair<const char*, ExtractTake>, 5> take_words{{{"match", ExtractTake::match},
                                                                         {"top", ExtractTake::top},
                                                                         {"block", ExtractTake::block},
                                                                         {"below", ExtractTake::below},
                                                                         {"name-below", ExtractTake::name_below}}};
constexpr std::array<std::pair<const char*, Region>, 5> region_words{{{"page", Region::page},
                                                                      {"head-left", Region::head_left},
                                                                      {"head-right", Region::head_right},
                                                                      {"body", Region::body},
                                                                      {"right", Region::right}}};
constexpr std::array<std::pair<const char*, bool>, 9> normalize_words{{{"", true},
                                                                       {"none", true},
                                                                       {"number", true},
                                                                       {"symbol", true},
                                                                       {"kind", true},
                                                                       {"date", true},
                                                                       {"person", true},
                                                                       {"agency", true},
                                                                       {"parent", true}}};

// Several lines as one text, their confidence weighted by length.
FoundField text_of(const std::vector<PlacedLine>& lines) {
  FoundField found;
  found.prose = true;
  double sum = 0;
  double weight = 0;
  for (const PlacedLine& line : lines) {
    found.box = found.value.empty() ? line.box : united(found.box, line.box);
    found.value += (found.value.empty() ? "" : " ") + line.text;
    for (const PlacedWord& word : line.words) {
      const auto length = static_cast<double>(word.end - word.begin);
      sum += word.confidence * length;
      weight += length;
    }
  }
  found.confidence = weight > 0 ? sum / weight : 0;
  found.read = found.value;
  return found;
}

// The line from a place on, so that "V/v" or a label stays behind.
PlacedLine rest_of(const PlacedLine& line, std::size_t begin) {
  PlacedLine rest;
  rest.text = line.text.substr(begin);
  rest.box = line.box_of({begin, line.text.size(), true});
  for (PlacedWord word : line.words) {
    if (word.end > begin) {
      word.begin = word.begin > begin ? word.begin - begin : 0;
      word.end -= begin;
      rest.words.push_back(word);
    }
  }
  return rest;
}

// What of the line lies about the centre: all of it, or what is left without the stamp before it, or nothing.
PlacedLine centred_part(const PlacedLine& line, double centre, double tolerance) {
  double sum = 0;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    if (i > 0 && sum >= stamped * static_cast<double>(i)) {
      break;
    }
    const PlacedLine rest = rest_of(line, line.words[i].begin);
    if (std::abs(rest.centre() - centre) <= tolerance) {
      return rest;
    }
    sum += line.words[i].confidence;
  }
  return {};
}

bool follows(const PlacedLine& upper, const PlacedLine& lower) {
  return lower.box.top >= (upper.box.top + upper.box.bottom) / 2 &&
         lower.box.top - upper.box.bottom <= close_by * std::min(upper.height(), lower.height());
}

std::string where(const std::string& name, const std::string& key) { return "extract.rules." + name + "." + key; }

}  // namespace

std::vector<std::string> extract_pages_words() { return names_of(pages_words); }
std::vector<std::string> extract_region_words() { return names_of(region_words); }
std::vector<std::string> extract_take_words() { return names_of(take_words); }

std::string with_kinds(std::string pattern, const ExtractRules& rules) {
  std::string headings;
  for (const auto& [abbreviation, heading] : rules.kinds) {
    headings += (headings.empty() ? "" : "|") + heading;
  }
  constexpr std::string_view mark = "{kinds}";
  const std::size_t at = pattern.find(mark);
  return at == std::string::npos ? pattern : pattern.replace(at, mark.size(), "(?:" + headings + ")");
}

CompiledRule::CompiledRule(const std::string& name, const ExtractRule& rule, const ExtractRules& rules)
    : m_field(rule.field.empty() ? name : rule.field),
      m_pages(choice(pages_words, rule.pages, where(name, "pages"))),
      m_region(choice(region_words, rule.region, where(name, "region"))),
      m_take(choice(take_words, rule.take, where(name, "take"))),
      m_normalize(rule.normalize),
      m_otherwise(rule.otherwise),
      m_certainty(std::min(rule.certainty, 1.0)),
      m_pattern(with_kinds(rule.pattern, rules), where(name, "pattern")) {
  choice(normalize_words, rule.normalize, where(name, "normalize"));
  if (rule.pattern.empty() || (m_take == ExtractTake::name_below && rule.value.empty())) {
    throw usage_error("extract-rule", where(name, rule.pattern.empty() ? "pattern" : "value") + " is missing",
                      "write the pattern of what it looks for");
  }
  for (auto [text, target] : {std::pair{&rule.value, &m_value}, {&rule.label, &m_label}, {&rule.until, &m_until}}) {
    if (!text->empty()) {
      target->emplace(with_kinds(*text, rules), where(name, "patterns"));
    }
  }
}

std::vector<FoundField> CompiledRule::find(PageLines& page, const ExtractRules& rules,
                                           const TextPattern* organs) const {
  const std::vector<PlacedLine>& lines = page.in(m_region);
  std::vector<FoundField> found;
  if (m_take == ExtractTake::match) {
    found = matches(lines, rules);
  } else if (m_take == ExtractTake::name_below) {
    found = name_below(lines, page);
  } else if (m_take == ExtractTake::top) {
    if (const std::vector<PlacedLine> text = top(lines, organs); !text.empty()) {
      found.push_back(text_of(text));
    }
  } else {
    found = block(lines, page.width());
  }
  for (FoundField& one : found) {
    one.field = m_field;
    one.confidence *= m_certainty;
  }
  return found;
}

std::vector<FoundField> CompiledRule::matches(const std::vector<PlacedLine>& lines, const ExtractRules& rules) const {
  std::vector<FoundField> found;
  for (const PlacedLine& line : lines) {
    for (const TextMatch& match : m_pattern.find_all(line.text)) {
      std::vector<std::string> parts;
      std::optional<Span> hull;
      for (std::size_t group = match.size() > 1 ? 1 : 0; group < match.size(); ++group) {
        const Span& span = match[group];
        parts.push_back(span.found ? span.of(line.text) : std::string());
        if (span.found) {
          hull = hull ? Span{std::min(hull->begin, span.begin), std::max(hull->end, span.end), true} : span;
        }
      }
      const auto value = hull ? field_value(m_normalize, parts, rules) : std::nullopt;
      if (!value) {
        continue;
      }
      const bool named = !m_label || m_label->finds(line.text.substr(0, match[0].begin));
      FoundField one;
      one.value = value->value;
      one.confidence = line.least_confidence(*hull) * value->certainty * (named ? 1 : unlabelled);
      one.box = line.box_of(*hull);
      one.read = hull->of(line.text);
      one.repairs = value->repairs;
      one.labelled = named;
      found.push_back(std::move(one));
      if (m_otherwise.empty()) {
        return found;
      }
    }
  }
  return found;
}

std::vector<PlacedLine> CompiledRule::top(const std::vector<PlacedLine>& lines, const TextPattern* organs) const {
  std::vector<PlacedLine> run;
  std::size_t last_organ = 0;
  for (const PlacedLine& line : lines) {
    if (!m_pattern.finds(line.text) || run.size() == max_lines) {
      if (run.empty()) {
        continue;
      }
      break;
    }
    if (organs != nullptr && organs->finds(line.text)) {
      last_organ = run.size();
    }
    run.push_back(line);
  }
  const auto border = run.begin() + static_cast<std::ptrdiff_t>(last_organ);
  if (m_normalize == "agency") {
    run.erase(run.begin(), border);
  } else if (m_normalize == "parent") {
    run.erase(border, run.end());
  }
  return run;
}

std::vector<FoundField> CompiledRule::block(const std::vector<PlacedLine>& lines, double width) const {
  std::vector<PlacedLine> text;
  std::optional<PlacedLine> above;
  double centre = 0;
  bool passed_over = false;  // a line that may belong to the text
  bool doubtful = false;
  for (const PlacedLine& line : lines) {
    if (!above) {
      const std::vector<TextMatch> found = m_pattern.find_all(line.text);
      if (found.empty()) {
        continue;
      }
      above = line;
      centre = line.centre();
      if (m_take == ExtractTake::block) {
        const TextMatch& match = found.front();
        const Span& begin = match.size() > 1 && match[1].found ? match[1] : match[0];
        text.push_back(rest_of(line, begin.begin));
      }
      continue;
    }
    const PlacedLine part = m_take == ExtractTake::below ? centred_part(line, centre, same_centre * width) : line;
    if (part.words.empty()) {
      passed_over = passed_over || (line.box.left < centre && centre < line.box.right);
      continue;
    }
    if (!follows(*above, part) || (m_until && m_until->finds(part.text)) || text.size() == max_lines) {
      break;
    }
    doubtful = doubtful || passed_over;
    text.push_back(part);
    above = part;
  }
  std::vector<FoundField> found;
  if (!text.empty()) {
    found.push_back(text_of(text));
    found.back().confidence *= doubtful ? with_a_gap : 1;
  }
  return found;
}

std::vector<FoundField> CompiledRule::name_below(const std::vector<PlacedLine>& lines, const PageLines& page) const {
  std::vector<FoundField> found;
  for (auto title = lines.rbegin(); title != lines.rend() && found.empty(); ++title) {
    if (!m_pattern.finds(title->text)) {
      continue;
    }
    for (const PlacedLine& line : lines) {
      const double gap = line.box.top - title->box.bottom;
      if (line.box.top <= title->box.top || gap > signature_height * page.page_height() ||
          std::abs(line.centre() - title->centre()) > below_title * page.width()) {
        continue;
      }
      if (const std::vector<TextMatch> names = m_value->find_all(line.text); !names.empty()) {
        const TextMatch& match = names.front();
        const Span& span = match.size() > 1 && match[1].found ? match[1] : match[0];
        FoundField one;
        one.value = one.read = span.of(line.text);
        one.confidence = line.least_confidence(span);
        one.box = line.box_of(span);
        found.push_back(std::move(one));
        break;
      }
    }
  }
  return found;
}

}  // namespace sohoa
