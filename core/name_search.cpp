// SPDX-License-Identifier: Apache-2.0
#include "core/name_search.hpp"

#include "core/letters.hpp"
#include "core/vietnamese.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

namespace sohoa {
namespace {

// Costs are negative logarithms of chances.
constexpr double least_chance = 0.003;  // of any letter anywhere
constexpr double other_marks = 0.1;     // of the chance of a letter that differs in its marks only
constexpr double noise_chance = 0.02;   // of what is no name's, a step before and after it
constexpr double no_space = 1.4;        // costs two words that are read as one
constexpr double rarer = 0.4;           // costs each doubling, nearly, of a word's place in its list
constexpr double two_words = 2;         // costs a name that has no middle one
constexpr double four_words = 0.7;
constexpr double never = 1e9;

constexpr double sure_word = 0.8;
constexpr std::size_t first_surnames = 6;
constexpr std::size_t first_words = 14;
constexpr std::size_t starts = 4;
constexpr int often = 3;
constexpr std::size_t clearest = 3;      // looks that count: in others strokes hide what these show
constexpr double least_ink = 0.3;        // the chance of a letter where one stands
constexpr double told_certainty = 0.65;  // as where a seal lies

double rarity(std::size_t place) { return rarer * std::log(static_cast<double>(place + 1)); }

using Letters = std::vector<std::size_t>;  // places in an alphabet

class Alphabet {
 public:
  std::size_t place(const std::string& text) {
    const auto [at, is_new] = m_places.try_emplace(text, m_letters.size());
    if (is_new) {
      m_letters.push_back(text);
    }
    return at->second;
  }
  Letters places(std::string_view word) {
    Letters letters;
    for (const std::string& character : split_characters(word)) {
      letters.push_back(place(character));
    }
    return letters;
  }
  // Of each letter, and last of none.
  [[nodiscard]] std::vector<double> costs(const NetworkStep& step) const {
    std::vector<double> chances(m_letters.size() + 1);
    const auto raise = [&](const std::string& text, double chance) {
      if (const auto at = m_places.find(text); at != m_places.end()) {
        chances[at->second] = std::max(chances[at->second], chance);
      }
    };
    for (const auto& [text, chance] : step.chances) {
      if (text.empty() || !(text == " " || is_letter(text))) {
        chances.back() += chance;
        continue;
      }
      raise(text, chance);
      for (const std::string& sibling : mark_siblings(text)) {
        raise(sibling, other_marks * chance);
      }
    }
    for (double& value : chances) {
      value = -std::log(std::clamp(value, least_chance, 1.0));
    }
    return chances;
  }

 private:
  std::map<std::string, std::size_t> m_places;
  std::vector<std::string> m_letters;
};

struct Word {
  std::string text;
  Letters letters;
  double cost = 0;  // of its rarity
};
using Name = std::vector<const Word*>;  // the family name first

struct Look {
  std::vector<std::vector<double>> costs;  // by step
  double least = 0;                        // that any text costs
};

// The cheapest ways of a look's steps through a text (connectionist temporal classification): noise, each letter, which
// a step of none may go before, noise again.
class Ways {
 public:
  Ways(const Letters& letters, std::size_t space) : m_letters(letters), m_space(space) {}

  [[nodiscard]] double cost(const Look& look) {
    const std::size_t count = m_letters.size();
    m_none.assign(count, never);
    m_letter.assign(count, never);
    m_before = 0;
    m_after = never;
    for (const std::vector<double>& step : look.costs) {
      advance(step);
    }
    return std::min(m_after, m_letter.back());
  }

 private:
  void advance(const std::vector<double>& step) {
    static const double noise = -std::log(noise_chance);
    const double none = step.back();
    m_after = std::min(m_after, m_letter.back()) + std::min(none, noise);
    for (std::size_t i = m_letters.size(); i-- > 0;) {
      const double last = i == 0 ? m_before : m_letter[i - 1];
      double best = std::min(m_letter[i], m_none[i]);
      if (i == 0 || m_letters[i] != m_letters[i - 1]) {
        best = std::min(best, last);
      }
      if (i > 1 && m_letters[i - 1] == m_space) {
        best = std::min(best, std::min(m_letter[i - 2], m_none[i - 1]) + no_space);
      }
      m_letter[i] = best + step[m_letters[i]];
      m_none[i] = std::min(m_none[i], last) + none;
    }
    m_before += std::min(none, noise);
  }

  const Letters& m_letters;
  std::size_t m_space;
  std::vector<double> m_none;    // before each letter
  std::vector<double> m_letter;  // at each letter
  double m_before = 0;
  double m_after = 0;
};

class Search {
 public:
  Search(const NameLists& lists, const std::map<std::string, int>& read, const std::vector<SeenLine>& looks) {
    m_space = m_alphabet.place(" ");
    for (std::size_t i = 0; i < lists.surnames.size(); ++i) {
      m_surnames.push_back({lists.surnames[i], m_alphabet.places(lists.surnames[i]), rarity(i)});
    }
    for (std::size_t i = 0; i < lists.words.size(); ++i) {
      m_words.push_back({lists.words[i], m_alphabet.places(lists.words[i]), rarity(i)});
    }
    for (const auto& [text, count] : read) {
      const bool listed = std::find(lists.words.begin(), lists.words.end(), text) != lists.words.end();
      if (count >= often && !listed && !listed_with_other_marks(text, lists.words)) {
        m_words.push_back({text, m_alphabet.places(text), rarity(lists.words.size())});
      }
    }
    for (const SeenLine& line : looks) {
      Look look;
      for (const NetworkStep& step : line.steps) {
        look.costs.push_back(m_alphabet.costs(step));
        double most = least_chance;
        for (const auto& [text, chance] : step.chances) {
          most = std::max(most, chance);
        }
        look.least -= std::log(most);
      }
      m_looks.push_back(std::move(look));
    }
  }

  struct Ranked {
    Name name;
    double cost = never;
  };

  [[nodiscard]] Ranked best() const {
    std::vector<Ranked> ranked;
    const std::vector<const Word*> surnames = cheapest(m_surnames, false, first_surnames);
    const std::vector<const Word*> words = cheapest(m_words, true, first_words);
    for (const Word* surname : surnames) {
      for (const Word* last : words) {
        ranked.push_back(rank({surname, last}));
        for (const Word* middle : words) {
          ranked.push_back(rank({surname, middle, last}));
        }
      }
    }
    const std::size_t count = std::min(starts, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end(),
                      [](const Ranked& a, const Ranked& b) { return a.cost < b.cost; });
    Ranked best;
    for (std::size_t i = 0; i < count; ++i) {
      while (improve(ranked[i])) {
      }
      best = ranked[i].cost < best.cost ? ranked[i] : best;
    }
    return best;
  }

  // How likely the name's word there is the right one, if the others are.
  [[nodiscard]] double certainty(const Ranked& best, std::size_t place) const {
    double others = 0;
    Name name = best.name;
    for (const Word& word : place == 0 ? m_surnames : m_words) {
      if (word.text != best.name[place]->text) {
        name[place] = &word;
        others += std::exp(best.cost - rank(name).cost);
      }
    }
    return 1 / (1 + others);
  }

  // The mean chance of a letter, of that of the likeliest text.
  [[nodiscard]] double likelihood(const Ranked& best) const {
    return std::exp(-best.cost / static_cast<double>(letters_of(best.name).size()));
  }

 private:
  [[nodiscard]] Letters letters_of(const Name& name) const {
    Letters letters;
    for (const Word* word : name) {
      if (!letters.empty()) {
        letters.push_back(m_space);
      }
      letters.insert(letters.end(), word->letters.begin(), word->letters.end());
    }
    return letters;
  }

  [[nodiscard]] double mean_cost(const Letters& letters) const {
    Ways ways(letters, m_space);
    std::vector<double> costs;
    for (const Look& look : m_looks) {
      costs.push_back(ways.cost(look) - look.least);
    }
    const auto end = costs.begin() + static_cast<std::ptrdiff_t>(std::min(clearest, costs.size()));
    std::partial_sort(costs.begin(), end, costs.end());
    return std::accumulate(costs.begin(), end, 0.0) / static_cast<double>(end - costs.begin());
  }

  [[nodiscard]] Ranked rank(Name name) const {
    double cost = mean_cost(letters_of(name)) + (name.size() == 2 ? two_words : name.size() > 3 ? four_words : 0);
    for (const Word* word : name) {
      cost += word->cost;
    }
    return {std::move(name), cost};
  }

  [[nodiscard]] std::vector<const Word*> cheapest(const std::vector<Word>& words, bool inner, std::size_t count) const {
    std::vector<std::pair<double, const Word*>> ranked;
    for (const Word& word : words) {
      Letters letters = inner ? Letters{m_space} : Letters();
      letters.insert(letters.end(), word.letters.begin(), word.letters.end());
      ranked.emplace_back(mean_cost(letters) + word.cost, &word);
    }
    count = std::min(count, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end());
    std::vector<const Word*> first;
    for (std::size_t i = 0; i < count; ++i) {
      first.push_back(ranked[i].second);
    }
    return first;
  }

  [[nodiscard]] const Word* among_words(const Word& surname) const {
    const auto at =
        std::find_if(m_words.begin(), m_words.end(), [&](const Word& word) { return word.text == surname.text; });
    return at == m_words.end() ? nullptr : &*at;
  }

  // Puts another word in the place of one, before all or between two.
  [[nodiscard]] bool improve(Ranked& best) const {
    const double before = best.cost;
    const auto take = [&](Name name) {
      if (Ranked other = rank(std::move(name)); other.cost < best.cost) {
        best = std::move(other);
      }
    };
    for (std::size_t place = 0; place < best.name.size(); ++place) {
      for (const Word& word : place == 0 ? m_surnames : m_words) {
        Name name = best.name;
        name[place] = &word;
        take(std::move(name));
      }
    }
    if (const Word* second = among_words(*best.name.front()); second != nullptr && best.name.size() < 4) {
      Name longer = best.name;
      longer.front() = second;
      longer.insert(longer.begin(), nullptr);
      for (const Word& word : m_surnames) {
        longer.front() = &word;
        take(longer);
      }
    }
    for (std::size_t place = 1; best.name.size() < 4 && place <= best.name.size(); ++place) {
      const Name shorter = best.name;
      for (const Word& word : m_words) {
        Name name = shorter;
        name.insert(name.begin() + static_cast<std::ptrdiff_t>(place), &word);
        take(std::move(name));
      }
    }
    return best.cost < before;
  }

  Alphabet m_alphabet;
  std::size_t m_space = 0;
  std::vector<Word> m_surnames;
  std::vector<Word> m_words;
  std::vector<Look> m_looks;
};

// From the first letter to the last.
Box place_of(const SeenLine& look) {
  Box place{look.line.box.right, look.line.box.top, look.line.box.left, look.line.box.bottom};
  for (const NetworkStep& step : look.steps) {
    const auto is_there = [](const auto& letter) { return letter.second >= least_ink && is_letter(letter.first); };
    if (std::any_of(step.chances.begin(), step.chances.end(), is_there)) {
      place.left = std::min(place.left, step.at);
      place.right = std::max(place.right, step.at);
    }
  }
  return place.right > place.left ? place : look.line.box;
}

}  // namespace

void NameSearch::add(const SeenLine& look) {
  for (const SeenWord& seen : look.words) {
    if (seen.word.confidence >= sure_word && is_name_word(seen.word.text)) {
      ++m_read[seen.word.text];
    }
  }
  if (!look.steps.empty()) {
    m_looks.push_back(look);
  }
}

std::optional<FoundName> NameSearch::winner() const {
  if (m_looks.empty()) {
    return std::nullopt;
  }
  const Search search(m_lists, m_read, m_looks);
  const Search::Ranked best = search.best();
  if (best.name.empty()) {
    return std::nullopt;
  }
  FoundName found{{m_looks.front().line, {}, {}, false, {}}, search.likelihood(best), 1};
  found.line.line.fit_to(place_of(m_looks.front()));
  const Box& box = found.line.line.box;
  double left = box.left;
  const double width = (box.right - left) / static_cast<double>(best.name.size());
  for (std::size_t i = 0; i < best.name.size(); ++i, left += width) {
    found.line.words.push_back(
        {{best.name[i]->text, told_certainty, {left, box.top, left + width, box.bottom}, {}, {}}, {}});
    found.certainty = std::min(found.certainty, search.certainty(best, i));
  }
  return found;
}

}  // namespace sohoa
