// SPDX-License-Identifier: Apache-2.0
#include "core/word_choice.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/vietnamese.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <utility>

namespace sohoa {
namespace {

// What full doubt weighs against −ln P of the language, and the doubt of a mark that the recognizer did not think of.
// Found on pages whose texts were kept apart from the table: 7 makes faults, 14 leaves some, between them all is near.
constexpr double doubt_weight = 10;
constexpr double invented = 1.5;
constexpr double thought_of = 0.9;  // a reading with more doubt than this is no reading
constexpr std::size_t most_readings = 12;
constexpr std::size_t most_combinations = 64;

// Of what a page says elsewhere; all near these do as well.
constexpr double sure_word = 0.93;
constexpr double most_learnt = 0.35;
constexpr double learnt_slowly = 3;

bool is_syllable_like(const std::string& core) {
  const std::vector<std::string> characters = split_characters(core);
  if (!std::all_of(characters.begin(), characters.end(), is_letter)) {
    return false;
  }
  return has_vowel(core) || !std::all_of(characters.begin(), characters.end(), is_upper);
}

// The readings of one glyph worth trying: those thought of, and of a marked vowel all that differ in marks. A glyph
// alone may be a digit, ó most of all 6.
Glyph widened(const Glyph& glyph, bool alone) {
  Glyph wide;
  for (const GlyphReading& reading : glyph) {
    const bool fits = alone ? is_alphanumeric(reading.text) : is_letter(reading.text);
    if (wide.empty() || (reading.doubt <= thought_of && fits)) {
      wide.push_back(reading);
    }
  }
  std::vector<std::string> more;
  if (wide.front().text.size() > 1) {
    more = mark_siblings(wide.front().text);
  }
  if (alone && wide.front().text == "ó") {
    more.emplace_back("6");
  }
  for (const std::string& text : more) {
    if (std::none_of(wide.begin(), wide.end(), [&](const GlyphReading& r) { return r.text == text; })) {
      wide.push_back({text, invented});
    }
  }
  return wide;
}

// All that the readings of a word depend on.
std::string key_of(const SeenWord& seen) {
  std::string key = seen.word.text;
  for (const Glyph& glyph : seen.glyphs) {
    key += '\n';
    for (const GlyphReading& reading : glyph) {
      std::array<char, sizeof reading.doubt> bytes{};
      std::memcpy(bytes.data(), &reading.doubt, bytes.size());
      key += reading.text + '\t';
      key.append(bytes.data(), bytes.size());
    }
  }
  return key;
}

}  // namespace

WordChooser::Candidate WordChooser::candidate(std::string text, double cost) {
  const WordParts parts = parts_of(text);
  Candidate made{std::move(text), cost, {}, !parts.before.empty(), !parts.after.empty()};
  if (parts.core.empty()) {
    made.token = LanguageModel::boundary_token;
  } else if (has_digit(parts.core)) {
    made.token = LanguageModel::number_token;
  } else {
    made.token = to_lower(parts.core);
  }
  return made;
}

class WordChooser::Readings {
 public:
  Readings(const SeenWord& seen, const LanguageModel& model) : m_model(model) {
    const std::string& text = seen.word.text;
    m_cost[text] = 0;
    const WordParts parts = parts_of(text);
    if (text_of(seen.glyphs) != text || parts.core.empty()) {
      return;
    }
    const bool one_sign = characters(parts.core) == 1;
    if (!is_syllable_like(parts.core) && !one_sign) {
      return;
    }
    std::size_t combinations = 1;
    std::vector<Glyph> wide;
    for (const Glyph& glyph : seen.glyphs) {
      wide.push_back(is_letter(glyph.front().text) ? widened(glyph, one_sign) : Glyph{glyph.front()});
      const auto likely =
          std::count_if(wide.back().begin(), wide.back().end(), [](const auto& r) { return r.doubt < invented; });
      combinations *= static_cast<std::size_t>(likely);
    }
    if (combinations <= most_combinations) {
      combine(wide, 0, "", 0, true);
    }
  }

  [[nodiscard]] std::vector<Candidate> best() const {
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [text, cost] : m_cost) {
      order.emplace_back(cost, text);
    }
    std::sort(order.begin(), order.end());
    order.resize(std::min(order.size(), most_readings));
    std::vector<Candidate> candidates;
    for (auto& [cost, text] : order) {
      candidates.push_back(candidate(text, cost));
      candidates.back().syllable = m_model.look_up(candidates.back().token);
    }
    return candidates;
  }

 private:
  // At most one glyph becomes what was not thought of.
  void combine(const std::vector<Glyph>& wide, std::size_t at, const std::string& text, double doubt, bool may_invent) {
    if (at == wide.size()) {
      if (m_cost.contains(text) || m_model.knows(candidate(text, 0).token)) {
        const double cost = doubt * doubt_weight;
        const auto [known, is_new] = m_cost.try_emplace(text, cost);
        known->second = std::min(known->second, cost);
      }
      return;
    }
    for (const GlyphReading& reading : wide[at]) {
      if (reading.doubt < invented || may_invent) {
        combine(wide, at + 1, text + reading.text, doubt + reading.doubt, may_invent && reading.doubt < invented);
      }
    }
  }

  const LanguageModel& m_model;
  std::map<std::string, double> m_cost;
};

struct WordChooser::Path {
  double cost = 0;
  std::size_t from = 0;
  std::string token;
  LanguageModel::Syllable syllable;
};

std::string text_of(const std::vector<Glyph>& glyphs) {
  std::string text;
  for (const Glyph& glyph : glyphs) {
    text += glyph.front().text;
  }
  return text;
}

void WordChooser::begin_paragraph() { m_previous = LanguageModel::boundary_token; }

const std::vector<WordChooser::Candidate>& WordChooser::candidates(const SeenWord& seen) {
  const auto [at, is_new] = m_candidates.try_emplace(key_of(seen));
  if (is_new) {
    at->second = Readings(seen, m_model).best();
  }
  return at->second;
}

// Costs are −ln of the table's probability mixed with that of what was learnt, the more the more often the first token
// was.
WordChooser::Path WordChooser::path_to(const Candidate& to, const std::vector<Path>& paths) const {
  const std::string boundary(LanguageModel::boundary_token);
  Path best{-1, 0, to.closes ? boundary : to.token, to.closes ? m_model.look_up(boundary) : to.syllable};
  for (std::size_t k = 0; k < paths.size(); ++k) {
    const std::string& previous = to.opens ? boundary : paths[k].token;
    double cost = m_model.cost(to.opens ? m_model.look_up(boundary) : paths[k].syllable, to.syllable);
    if (const auto begins = m_begins.find(previous); begins != m_begins.end()) {
      const auto pair = m_pairs.find({previous, to.token});
      const double here = pair != m_pairs.end() ? pair->second / begins->second : 0;
      const double share = most_learnt * begins->second / (begins->second + learnt_slowly);
      cost = -std::log((1 - share) * std::exp(-cost) + share * here);
    }
    if (const double total = paths[k].cost + to.cost + cost; best.cost < 0 || total < best.cost) {
      best.cost = total;
      best.from = k;
    }
  }
  return best;
}

void WordChooser::learn(const std::vector<SeenWord>& words) {
  std::string previous;  // empty: not sure, or parted by a sign
  for (const SeenWord& seen : words) {
    const Candidate word = candidate(seen.word.text, 0);
    const bool sure = seen.word.confidence >= sure_word && word.token != LanguageModel::boundary_token &&
                      word.token != LanguageModel::number_token;
    if (sure && !previous.empty() && !word.opens) {
      m_begins[previous] += 1;
      m_pairs[{previous, word.token}] += 1;
    }
    previous = sure && !word.closes ? word.token : "";
  }
}

std::vector<std::string> WordChooser::others_than(const std::string& chosen, const std::vector<Candidate>& candidates) {
  std::vector<std::string> others;
  for (const Candidate& candidate : candidates) {
    if (candidate.text != chosen && candidate.token != LanguageModel::number_token) {
      others.push_back(candidate.text);
    }
  }
  return others;
}

void WordChooser::choose(std::vector<SeenWord>& words) {
  if (m_model.empty() || words.empty()) {
    return;
  }
  // Viterbi: the cheapest way to each candidate of each word.
  std::vector<const std::vector<Candidate>*> candidates_of;
  std::vector<std::vector<Path>> paths{{{0, 0, m_previous, m_model.look_up(m_previous)}}};
  for (const SeenWord& seen : words) {
    candidates_of.push_back(&candidates(seen));
    std::vector<Path> next;
    for (const Candidate& to : *candidates_of.back()) {
      next.push_back(path_to(to, paths.back()));
    }
    paths.push_back(std::move(next));
  }
  const auto cheaper = [](const Path& a, const Path& b) { return a.cost < b.cost; };
  auto at = static_cast<std::size_t>(std::min_element(paths.back().begin(), paths.back().end(), cheaper) -
                                     paths.back().begin());
  m_previous = paths.back()[at].token;
  for (std::size_t i = words.size(); i-- > 0;) {
    OcrWord& word = words[i].word;
    if (const Candidate& chosen = (*candidates_of[i])[at]; chosen.text != word.text) {
      word.read = std::exchange(word.text, chosen.text);
    }
    at = paths[i + 1][at].from;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (OcrWord& word = words[i].word; word.confidence < sure_word && !is_common(words, i)) {
      word.others = others_than(word.text, *candidates_of[i]);
    }
  }
}

bool WordChooser::is_common(const std::vector<SeenWord>& words, std::size_t i) const {
  const auto token = [&](std::size_t k) { return candidate(words[k].word.text, 0).token; };
  return (i > 0 && m_model.has_pair(token(i - 1), token(i))) ||
         (i + 1 < words.size() && m_model.has_pair(token(i), token(i + 1)));
}

}  // namespace sohoa
