// SPDX-License-Identifier: Apache-2.0
#include "core/compiled_rule.hpp"

#include "core/error.hpp"
#include "core/field_value.hpp"
#include "core/line_blocks.hpp"
#include "core/text.hpp"
#include "core/written_name.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace sohoa {
namespace {

// Parts of the page and of a line's height, measured on office papers after NĐ 30/2020.
constexpr double below_title = 0.12;       // a name and the title above it, part of the width
constexpr double signature_height = 0.25;  // between title and name, part of the page's height
constexpr double unlabelled = 0.3;         // factor for a value that nothing names
constexpr double doubtful = 0.4;           // factor for a number that date of birth or sex contradict
constexpr double signature_room = 3;       // above a name without a title, of its height
constexpr double without_a_title = 0.85;   // factor for that
constexpr double surely_read = 0.8;        // a name's words
constexpr double under_seal = 0.7;         // factor for a text of which a seal may hide a word
constexpr double without_a_name = 0.5;     // factor for "ỦY BAN NHÂN DÂN" of nowhere
constexpr double without_a_blank = 0.8;    // factor for a text whose words run together
constexpr double by_hand = 0.4;            // factor for a number that is written wider than print
constexpr double guessed_marks = 0.97;     // factor for a value written as it is known
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
constexpr std::array<std::pair<const char*, ExtractTake>, 7> take_words{{{"match", ExtractTake::match},
                                                                         {"top", ExtractTake::top},
                                                                         {"block", ExtractTake::block},
                                                                         {"below", ExtractTake::below},
                                                                         {"list", ExtractTake::list},
                                                                         {"titles", ExtractTake::titles},
                                                                         {"name-below", ExtractTake::name_below}}};
constexpr std::array<std::pair<const char*, Region>, 6> region_words{{{"page", Region::page},
                                                                      {"head-left", Region::head_left},
                                                                      {"head-right", Region::head_right},
                                                                      {"body", Region::body},
                                                                      {"right", Region::right},
                                                                      {"left", Region::left}}};
constexpr std::array<std::pair<const char*, bool>, 13> normalize_words{{{"", true},
                                                                        {"none", true},
                                                                        {"number", true},
                                                                        {"symbol", true},
                                                                        {"kind", true},
                                                                        {"date", true},
                                                                        {"person", true},
                                                                        {"old-person", true},
                                                                        {"code", true},
                                                                        {"name", true},
                                                                        {"letter", true},
                                                                        {"agency", true},
                                                                        {"parent", true}}};

// The text of the list that differs in its marks only; or if there is none, one that begins with the same word and is
// long and in which one letter is another or missing.
const std::string* as_listed(const std::string& read, const std::vector<ListedText>& list) {
  constexpr std::size_t is_long = 9;  // letters
  const std::string letters = comparable(read);
  const std::string first_word = comparable(read.substr(0, read.find(' ')));
  const std::string* near = nullptr;
  for (const ListedText& one : list) {
    if (one.letters == letters) {
      return &one.text;
    }
    if (std::min(letters.size(), one.letters.size()) >= is_long && first_word == one.first_word &&
        edit_distance(letters, one.letters) == 1) {
      near = &one.text;
    }
  }
  return near;
}

// Written by hand into a printed line, of which little may have been read: digits wider than print, or far from the
// word before them or the printed rest of the symbol behind them.
bool is_by_hand(const PlacedLine& line, const Span& number) {
  constexpr double widest_digit = 1.1;  // with its space, of the height of the word before; of print 0.9 at most
  constexpr double widest_blank = 1.1;  // of print 0.75
  constexpr double widest_behind = 0.7;
  constexpr double read_as_print = 0.97;
  const auto word = std::find_if(line.words.begin(), line.words.end(),
                                 [&number](const PlacedWord& one) { return one.end > number.begin; });
  if (word == line.words.end() || word == line.words.begin()) {
    return false;
  }
  const Box& before = std::prev(word)->box;
  const double height = before.bottom - before.top;
  const auto letters = static_cast<double>(characters(line.text.substr(word->begin, word->end - word->begin)));
  const auto after = std::next(word);
  const bool apart = word->confidence < read_as_print && after != line.words.end() && line.text[after->begin] == '/' &&
                     after->box.left - word->box.right > widest_behind * height;
  return apart || (word->box.right - word->box.left) / letters > widest_digit * height ||
         word->box.left - before.right > widest_blank * height;
}

// A syllable has one run of vowels; a word with two has lost a blank, or is no Vietnamese.
bool runs_together(const std::string& text) {
  static const TextPattern two("[AEIOUY]+[B-DF-HJ-NP-TV-XZ]+[AEIOUY]", "core");
  return two.finds(text);
}

// A letter's subject begins with "V/v", whose stroke is easily lost.
void write_about(FoundField& found) {
  static const TextPattern about("^V\\W*[lI1]?\\W*[vVwW]+(?=\\s)", "core");
  const std::vector<TextMatch> begin = about.find_all(found.value);
  if (!begin.empty() && begin.front()[0].of(found.value) != "V/v") {
    found.value.replace(0, begin.front()[0].end, "V/v");
    found.repairs.emplace_back("about");
  }
}

// Few letters, read badly.
bool is_scrap(const PlacedLine& line) {
  constexpr double badly = 0.8;
  constexpr std::size_t few = 8;
  return comparable(line.text).size() <= few && line.least_confidence({0, line.text.size(), true}) < badly;
}

bool has_text_below(const PlacedLine& line, const std::vector<PlacedLine>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [&line](const PlacedLine& other) { return other.box.top > line.box.bottom && !is_scrap(other); });
}

// Between two lines something was made of a rule, or of a word of which little is left.
bool is_noise_between(const PlacedLine& above, const PlacedLine& line, const PlacedLine& below) {
  constexpr double near = 2.5;  // of a line's height
  return is_scrap(line) && below.box.top - above.box.bottom < near * above.height();
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
      m_elsewhere(rule.elsewhere),
      m_known(rule.known),
      m_certainty(std::min(rule.certainty, 1.0)),
      m_pattern(with_kinds(rule.pattern, rules), where(name, "pattern")) {
  choice(normalize_words, rule.normalize, where(name, "normalize"));
  std::vector<std::string> written =
      m_normalize == "agency" || m_normalize == "parent" ? rules.agencies : std::vector<std::string>();
  written.insert(written.end(), m_known.begin(), m_known.end());
  for (std::string& text : written) {
    m_written.push_back({text, comparable(text), comparable(text.substr(0, text.find(' ')))});
  }
  const bool wants_value = m_take == ExtractTake::name_below || m_take == ExtractTake::titles;
  if (rule.pattern.empty() || (wants_value && rule.value.empty())) {
    throw usage_error("extract-rule", where(name, rule.pattern.empty() ? "pattern" : "value") + " is missing",
                      "write the pattern of what it looks for");
  }
  for (auto [text, target] : {std::pair{&rule.value, &m_value},
                              {&rule.label, &m_label},
                              {&rule.until, &m_until},
                              {&rule.born, &m_born},
                              {&rule.sex, &m_sex}}) {
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
    found = name_below(lines, page, rules);
  } else if (m_take == ExtractTake::titles) {
    found = titles(lines, page);
  } else if (m_take == ExtractTake::list) {
    found = list_of(lines, m_pattern, m_until ? &*m_until : nullptr, m_value ? &*m_value : nullptr, page.width());
  } else if (m_take == ExtractTake::top) {
    if (std::vector<PlacedLine> text = top(lines, organs); !text.empty()) {
      const std::string read = text_of(text).read;
      const double least = least_confidence(text);  // one wrong letter makes another agency
      const bool repaired = write_beginnings_as_known(text);
      found.push_back(text_of(text));
      found.back().confidence = least;
      found.back().read = read;
      const bool nameless = std::find(m_known.begin(), m_known.end(), found.back().value) != m_known.end();
      found.back().confidence *= nameless ? without_a_name : 1;
      found.back().confidence *= runs_together(found.back().value) ? without_a_blank : 1;
      if (repaired) {
        found.back().repairs.emplace_back("marks");
        found.back().confidence *= guessed_marks;
      }
    }
  } else {
    found = block_of(lines, m_pattern, m_until ? &*m_until : nullptr, m_take == ExtractTake::below, page.width());
  }
  if (m_normalize == "letter") {
    std::for_each(found.begin(), found.end(), write_about);
  }
  for (FoundField& one : found) {
    one.field = m_field;
    one.confidence *= m_certainty;
    write_as_known(one);
  }
  return found;
}

// An agency's lines without specks at their ends; words that every agency has are written as they are known.
bool CompiledRule::write_beginnings_as_known(std::vector<PlacedLine>& lines) const {
  static const TextPattern core("[\\p{L}\\d](?:.*[\\p{L}\\d)])?", "core");
  bool repaired = false;
  for (PlacedLine& line : lines) {
    if (const std::vector<TextMatch> found = core.find_all(line.text); !found.empty()) {
      line.text = found.front()[0].of(line.text);
    }
    // The longest beginning first.
    for (std::size_t end = line.text.size(); end != std::string::npos && end > 0; end = line.text.rfind(' ', end - 1)) {
      const std::string begin = line.text.substr(0, end);
      if (const std::string* known = as_listed(begin, m_written)) {
        repaired = repaired || begin != *known;
        line.text.replace(0, begin.size(), *known);
        break;
      }
    }
  }
  return repaired;
}

void CompiledRule::write_as_known(FoundField& found) const {
  if (const std::string* known = as_listed(found.value, m_written); known != nullptr && *known != found.value) {
    found.value = *known;
    found.repairs.emplace_back("marks");
    found.confidence *= guessed_marks;
  }
}

std::vector<FoundField> CompiledRule::matches(const std::vector<PlacedLine>& lines, const ExtractRules& rules) const {
  std::vector<FoundField> found;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const PlacedLine& line = lines[at];
    const std::string above = at > 0 && follows(lines[at - 1], line) ? lines[at - 1].text + " " : std::string();
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
      const std::string before = above + line.text.substr(0, match[0].begin);
      const bool named = !m_label || m_label->finds(before);
      if (!named && m_otherwise.empty()) {
        continue;
      }
      FoundField one;
      one.value = value->value;
      one.confidence = line.least_confidence(*hull) * value->certainty * (named ? 1 : unlabelled);
      if ((m_normalize == "number" || m_normalize == "symbol") && is_by_hand(line, *hull)) {
        one.confidence *= by_hand;
      }
      if (m_normalize == "person") {
        const std::string after = at + 1 < lines.size() && follows(line, lines[at + 1]) ? lines[at + 1].text : "";
        one.confidence *=
            fits_person(value->value, before, line.text.substr(match[0].end) + " " + after) ? 1 : doubtful;
      }
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
  const auto is_organ = [organs](const PlacedLine& line) { return organs != nullptr && organs->finds(line.text); };
  for (std::size_t at = 0; at < lines.size() && run.size() < max_lines; ++at) {
    const PlacedLine& line = lines[at];
    if (!m_pattern.finds(line.text)) {
      if (run.empty() || (at + 1 < lines.size() && m_pattern.finds(lines[at + 1].text) && is_organ(lines[at + 1]) &&
                          is_noise_between(run.back(), line, lines[at + 1]))) {
        continue;
      }
      break;
    }
    if (is_organ(line)) {
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

bool CompiledRule::fits_person(const std::string& number, const std::string& before, const std::string& after) const {
  const auto said = [&](const std::optional<TextPattern>& pattern) -> std::string {
    if (!pattern) {
      return {};
    }
    const auto earlier = pattern->find_all(before);
    const auto later = earlier.empty() ? pattern->find_all(after) : std::vector<TextMatch>();
    const TextMatch* match = !earlier.empty() ? &earlier.back() : !later.empty() ? &later.front() : nullptr;
    return match == nullptr || match->size() < 2 ? std::string() : (*match)[1].of(earlier.empty() ? after : before);
  };
  const std::string year = said(m_born);
  const std::string sex = comparable(said(m_sex));
  return (year.empty() || year == std::to_string(birth_year(number))) &&
         (sex.empty() || (sex == "nu") == is_woman(number));
}

std::vector<FoundField> CompiledRule::titles(const std::vector<PlacedLine>& lines, const PageLines& page) const {
  std::vector<PlacedLine> chosen;
  bool sealed = false;
  for (const PlacedLine& line : titles_of(lines, m_pattern, page.width())) {
    sealed = sealed || page.sealed(line);
    if (const std::vector<TextMatch> match = m_value->find_all(line.text); !match.empty()) {
      chosen.push_back(part_of(line, value_of(match.front())));
    }
  }
  if (chosen.empty()) {
    return {};
  }
  FoundField found = text_of(chosen);
  found.confidence = least_confidence(chosen);
  found.confidence *= sealed ? under_seal : 1;
  return {found};
}

std::optional<FoundField> CompiledRule::name_in(const PlacedLine& line, const PageLines& page,
                                                const ExtractRules& rules) const {
  const std::vector<TextMatch> names = m_value->find_all(line.text);
  if (names.empty()) {
    return std::nullopt;
  }
  const Span& span = value_of(names.front());
  FoundField one;
  one.read = span.of(line.text);
  const std::string written = written_as_names(line, span, rules);
  const auto value = field_value(m_normalize, {written}, rules);
  if (!value) {
    return std::nullopt;
  }
  one.value = value->value;
  const double least = line.least_confidence(span);
  const bool may_lack_letters = page.sealed(line) || least < surely_read;
  if (is_rest_of_name(one.value, may_lack_letters, rules)) {
    return std::nullopt;
  }
  const bool may_lack_a_word = may_lack_letters && is_short_name(one.value);
  one.confidence = least * value->certainty * (may_lack_a_word ? under_seal : 1);
  if (written != one.read) {
    one.repairs.emplace_back("marks");
    one.confidence *= guessed_marks;
  }
  one.box = line.box_of(span);
  return one;
}

std::vector<FoundField> CompiledRule::name_below(const std::vector<PlacedLine>& lines, const PageLines& page,
                                                 const ExtractRules& rules) const {
  for (auto whole = lines.rbegin(); whole != lines.rend(); ++whole) {
    const PlacedLine title = less_scraps(*whole);
    if (!m_pattern.finds(title.text)) {
      continue;
    }
    for (const PlacedLine& line : lines) {
      const double gap = line.box.top - title.box.bottom;
      if (line.box.top <= title.box.top || gap > signature_height * page.page_height() ||
          std::abs(line.centre() - title.centre()) > below_title * page.width()) {
        continue;
      }
      if (std::optional<FoundField> found = name_in(line, page, rules)) {
        return {std::move(*found)};
      }
    }
  }
  return untitled_name(lines, page, rules);
}

// A whole name with room for a signature above, at a seal's lower edge or at the paper's end: of the title no word was
// read.
std::vector<FoundField> CompiledRule::untitled_name(const std::vector<PlacedLine>& lines, const PageLines& page,
                                                    const ExtractRules& rules) const {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const bool has_room = std::none_of(lines.begin(), lines.end(), [&](const PlacedLine& other) {
      const double gap = line->box.top - other.box.bottom;
      return &other != &*line && !is_scrap(other) && gap > -line->height() && gap < signature_room * line->height() &&
             other.box.left < line->box.right && other.box.right > line->box.left;
    });
    if (!has_room) {
      continue;
    }
    std::optional<FoundField> found = name_in(*line, page, rules);
    if (found && begins_with_surname(found->value, rules) &&
        std::count(found->value.begin(), found->value.end(), ' ') >= 1 &&
        (page.ends_seal(*line) || (found->confidence >= surely_read && !has_text_below(*line, lines)))) {
      found->confidence *= without_a_title;
      return {std::move(*found)};
    }
  }
  return {};
}

}  // namespace sohoa
