// SPDX-License-Identifier: Apache-2.0
#include "core/name_search.hpp"

#include "core/letters.hpp"
#include "core/vietnamese.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace sohoa {
namespace {

// Costs are negative logarithms of chances.
constexpr float least_chance = 0.003F;  // of any letter anywhere
constexpr float other_marks = 0.1F;     // of the chance of a letter that differs in its marks only
const float noise = -std::log(0.02F);   // of what is no name's, a step before and after it
constexpr float no_space = 1.4F;        // costs two words that are read as one
constexpr double rarer = 0.4;           // times the logarithm of a word's place in its list
constexpr double two_words = 3;         // costs a name that has no middle one
constexpr double four_words = 1.5;
constexpr float never = 1e9F;

constexpr std::size_t most_words = 4;
constexpr double hopeless = 0.04;     // a letter's chance on average, of the likeliest name
constexpr float surely_none = 0.03F;  // at most, costs a step of none
constexpr int often = 3;              // looks that read a word
constexpr std::size_t clearest = 3;   // looks that count: in others strokes hide what these show
constexpr double least_ink = 0.3;     // the chance of a letter where one stands

double rarity(std::size_t place) { return rarer * std::log(static_cast<double>(place + 1)); }

using Letters = std::vector<std::int32_t>;  // places in an alphabet

class Alphabet {
 public:
  std::int32_t place(const std::string& text) {
    return m_places.try_emplace(text, static_cast<std::int32_t>(m_places.size())).first->second;
  }
  Letters places(std::string_view word) {
    Letters letters;
    for (const std::string& character : split_characters(word)) {
      letters.push_back(place(character));
    }
    return letters;
  }
  // Of each letter, and last of none.
  [[nodiscard]] std::vector<float> costs(const NetworkStep& step) const {
    std::vector<float> chances(m_places.size() + 1);
    const auto raise = [&](const std::string& text, float chance) {
      if (const auto at = m_places.find(text); at != m_places.end()) {
        float& most = chances[static_cast<std::size_t>(at->second)];
        most = std::max(most, chance);
      }
    };
    for (const auto& [text, likely] : step.chances) {
      const auto chance = static_cast<float>(likely);
      if (text.empty() || !(text == " " || is_letter(text))) {
        chances.back() += chance;
        continue;
      }
      raise(text, chance);
      for (const std::string& sibling : mark_siblings(text)) {
        raise(sibling, other_marks * chance);
      }
    }
    for (float& value : chances) {
      value = -std::log(std::clamp(value, least_chance, 1.0F));
    }
    return chances;
  }

 private:
  std::map<std::string, std::int32_t> m_places;
};

struct Word {
  std::string text;
  Letters letters;  // of one that follows another, the space before it, too
  double cost = 0;  // of its rarity
};
using Name = std::vector<const Word*>;  // the family name first

struct Look {
  std::vector<std::vector<float>> costs;  // by step
  double least = 0;                       // that any text costs
};

// What a step costs that is no part of the name.
// What a step costs that is no part of the name.
float outside(const std::vector<float>& step) { return std::min(step.back(), noise); }

// The cheapest ways of a look's steps through a text (connectionist temporal classification): noise, each letter, which
// a step of none may go before, noise again.
class Ways {
 public:
  Ways(const Letters& letters, std::int32_t space) : m_letters(letters) {
    m_again.assign(letters.size(), 0);
    m_skip.assign(letters.size(), never);
    for (std::size_t i = 1; i < letters.size(); ++i) {
      m_again[i] = letters[i] == letters[i - 1] ? never : 0;
      m_skip[i] = letters[i - 1] == space ? no_space : never;
    }
  }

  [[nodiscard]] float cost(const Look& look) {
    const std::size_t count = m_letters.size();
    m_none.assign(count + 1, never);
    m_letter.assign(count + 2, never);
    m_next_none = m_none;
    m_next_letter = m_letter;
    m_letter[1] = 0;  // before the first letter
    float after = never;
    for (const std::vector<float>& step : look.costs) {
      after = std::min(after, m_letter.back()) + outside(step);
      advance(step.data(), step.back(), count);
      m_next_letter[1] = m_letter[1] + outside(step);
      m_letter.swap(m_next_letter);
      m_none.swap(m_next_none);
    }
    return std::min(after, m_letter.back());
  }

 private:
  // Letter i lies at i + 2 and what is before it at i + 1.
  SOHOA_WIDE void advance(const float* step, float none, std::size_t count) {
    const std::int32_t* letters = m_letters.data();
    const float* again = m_again.data();
    const float* skip = m_skip.data();
    const float* at = m_letter.data();
    const float* between = m_none.data();
    float* __restrict next_at = m_next_letter.data();
    float* __restrict next_between = m_next_none.data();
    for (std::size_t i = 0; i < count; ++i) {
      const float stays = std::min(at[i + 2], between[i + 1]);
      const float comes = std::min(at[i + 1] + again[i], std::min(at[i], between[i]) + skip[i]);
      next_at[i + 2] = std::min(stays, comes) + step[letters[i]];
      next_between[i + 1] = std::min(between[i + 1], at[i + 1]) + none;
    }
  }

  const Letters& m_letters;
  std::vector<float> m_again;  // costs a letter that is the one before, without a step of none between them
  std::vector<float> m_skip;   // costs to leave the space before it out
  std::vector<float> m_none;
  std::vector<float> m_letter;
  std::vector<float> m_next_none;
  std::vector<float> m_next_letter;
};

// The likeliest names of one look, as far as each can be told from the likeliest words before (token passing): for each
// number of words the one that ends the line at the least cost.
class Passing {
 public:
  Passing(const Look& look, std::int32_t space) : m_look(look), m_space(space) {
    std::vector<End> begin(look.costs.size() + 1);
    begin[0].cost = 0;
    for (std::size_t t = 0; t < look.costs.size(); ++t) {
      begin[t + 1].cost = begin[t].cost + outside(look.costs[t]);
    }
    m_ends.push_back(std::move(begin));
  }

  void add(const std::vector<Word>& words) {
    std::vector<End> ends(m_look.costs.size() + 1);
    for (const Word& word : words) {
      pass(word, ends);
    }
    m_ends.push_back(std::move(ends));
  }

  [[nodiscard]] Name best() const {
    const std::vector<End>& ends = m_ends.back();
    std::size_t at = 0;
    float least = never;
    float after = 0;
    for (std::size_t t = ends.size(); t-- > 0;) {
      if (ends[t].cost + after < least) {
        least = ends[t].cost + after;
        at = t;
      }
      after += t > 0 ? outside(m_look.costs[t - 1]) : 0;
    }
    Name name;
    for (std::size_t count = m_ends.size(); least < never && count-- > 1;) {
      name.insert(name.begin(), m_ends[count][at].word);
      at = m_ends[count][at].begin;
    }
    return name;
  }

 private:
  struct End {  // of a word, after so many steps
    float cost = never;
    std::size_t begin = 0;  // steps before the word
    const Word* word = nullptr;
  };
  struct State {
    float cost = never;
    std::size_t begin = 0;
    friend bool operator<(const State& a, const State& b) { return a.cost < b.cost; }
    [[nodiscard]] State plus(float more) const { return {cost + more, begin}; }
  };

  void pass(const Word& word, std::vector<End>& ends) {
    const std::vector<End>& before = m_ends.back();
    const Letters& letters = word.letters;
    m_none.assign(letters.size(), {});
    m_letter.assign(letters.size(), {});
    for (std::size_t t = 0; t < m_look.costs.size(); ++t) {
      const std::vector<float>& step = m_look.costs[t];
      const State begin{before[t].cost, t};
      for (std::size_t i = letters.size(); i-- > 0;) {
        const State& last = i > 0 ? m_letter[i - 1] : begin;
        State comes = i > 0 && letters[i] == letters[i - 1] ? State() : last;
        if (i > 0 && letters[i - 1] == m_space) {  // the word's first letter without a space before it
          comes = std::min(comes, std::min(begin, m_none[i - 1]).plus(no_space));
        }
        m_letter[i] = std::min({m_letter[i], m_none[i], comes}).plus(step[static_cast<std::size_t>(letters[i])]);
        m_none[i] = std::min(m_none[i], last).plus(step.back());
      }
      const State& end = m_letter.back();
      if (end.cost + static_cast<float>(word.cost) < ends[t + 1].cost) {
        ends[t + 1] = {end.cost + static_cast<float>(word.cost), end.begin, &word};
      }
    }
  }

  const Look& m_look;
  std::int32_t m_space;
  std::vector<std::vector<End>> m_ends;  // by the number of words
  std::vector<State> m_letter;
  std::vector<State> m_none;  // before each letter
};

// The words that may be a name's and that so many looks read surely.
std::vector<std::string> read_often(const std::vector<SeenLine>& looks) {
  std::map<std::string, int> count;
  for (const SeenLine& look : looks) {
    for (const SeenWord& seen : look.words) {
      if (seen.word.confidence >= sure_name_word && is_name_word(seen.word.text)) {
        ++count[seen.word.text];
      }
    }
  }
  std::vector<std::string> words;
  for (const auto& [text, looks_that_have] : count) {
    if (looks_that_have >= often) {
      words.push_back(text);
    }
  }
  return words;
}

class Search {
 public:
  Search(const NameLists& lists, const std::vector<SeenLine>& looks) {
    m_space = m_alphabet.place(" ");
    for (std::size_t i = 0; i < lists.surnames.size(); ++i) {
      m_surnames.push_back({lists.surnames[i], m_alphabet.places(lists.surnames[i]), rarity(i)});
    }
    for (std::size_t i = 0; i < lists.words.size(); ++i) {
      m_words.push_back({lists.words[i], m_alphabet.places(" " + lists.words[i]), rarity(i)});
    }
    for (const std::string& text : read_often(looks)) {
      const bool listed = std::find(lists.words.begin(), lists.words.end(), text) != lists.words.end();
      if (!listed && !name_word_like(text, lists.words)) {
        m_words.push_back({text, m_alphabet.places(" " + text), rarity(lists.words.size())});
      }
    }
    for (const SeenLine& look : looks) {
      if (!look.steps.empty()) {
        m_looks.push_back(look_of(look.steps));
      }
    }
  }

  struct Ranked {
    Name name;
    double cost = 1e9;
  };

  [[nodiscard]] Ranked best() const {
    Ranked best;
    Seen seen;
    for (const Look& look : m_looks) {
      Passing passing(look, m_space);
      passing.add(m_surnames);
      for (std::size_t count = 2; count <= most_words; ++count) {
        passing.add(m_words);
        if (const Name name = passing.best(); !name.empty()) {
          seen.surnames.insert(name.front());
          seen.words.insert(name.begin() + 1, name.end());
          take(best, name);
        }
      }
    }
    if (best.name.empty() || likelihood(best) < hopeless) {
      return {};
    }
    while (exchange(best, seen) || lengthen(best, seen)) {
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
  [[nodiscard]] Look look_of(const std::vector<NetworkStep>& steps) const {
    Look look;
    bool was_none = false;
    for (const NetworkStep& step : steps) {
      std::vector<float> costs = m_alphabet.costs(step);
      const bool is_none = costs.back() < surely_none;
      if (is_none && was_none) {
        continue;  // one step of none does for several
      }
      was_none = is_none;
      look.costs.push_back(std::move(costs));
      double most = static_cast<double>(least_chance);
      for (const auto& [text, chance] : step.chances) {
        most = std::max(most, chance);
      }
      look.least -= std::log(most);
    }
    return look;
  }

  [[nodiscard]] Letters letters_of(const Name& name) const {
    Letters letters;
    for (const Word* word : name) {
      letters.insert(letters.end(), word->letters.begin(), word->letters.end());
    }
    return letters;
  }

  [[nodiscard]] double mean_cost(const Letters& letters) const {
    Ways ways(letters, m_space);
    std::vector<double> costs;
    for (const Look& look : m_looks) {
      costs.push_back(static_cast<double>(ways.cost(look)) - look.least);
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

  [[nodiscard]] const Word* among_words(const Word& surname) const {
    const auto at =
        std::find_if(m_words.begin(), m_words.end(), [&](const Word& word) { return word.text == surname.text; });
    return at == m_words.end() ? nullptr : &*at;
  }

  bool take(Ranked& best, const Name& name) const {
    Ranked other = rank(name);
    const bool better = other.cost < best.cost;
    best = better ? std::move(other) : best;
    return better;
  }

  // In the likeliest names of any look; in the order of the lists.
  struct Seen {
    std::set<const Word*> surnames;
    std::set<const Word*> words;
  };

  // Puts another word in the place of one.
  [[nodiscard]] bool exchange(Ranked& best, const Seen& seen) const {
    bool better = false;
    for (std::size_t place = 0; place < best.name.size(); ++place) {
      Name name = best.name;
      for (const Word* word : place == 0 ? seen.surnames : seen.words) {
        name[place] = word;
        better = take(best, name) || better;
      }
    }
    return better;
  }

  // Puts one before all or between two.
  [[nodiscard]] bool lengthen(Ranked& best, const Seen& seen) const {
    bool better = false;
    const Name shorter = best.name;
    const Word* second = among_words(*shorter.front());
    for (std::size_t place = second == nullptr ? 1 : 0; shorter.size() < most_words && place <= shorter.size();
         ++place) {
      Name name = shorter;
      if (place == 0) {
        name.front() = second;
      }
      const auto at = name.insert(name.begin() + static_cast<std::ptrdiff_t>(place), nullptr);
      for (const Word* word : place == 0 ? seen.surnames : seen.words) {
        *at = word;
        better = take(best, name) || better;
      }
    }
    return better;
  }

  Alphabet m_alphabet;
  std::int32_t m_space = 0;
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

std::optional<FoundName> find_name(const std::vector<SeenLine>& looks, const NameLists& lists) {
  const auto shown = std::find_if(looks.begin(), looks.end(), [](const SeenLine& look) { return !look.steps.empty(); });
  if (shown == looks.end()) {
    return std::nullopt;
  }
  const Search search(lists, looks);
  const Search::Ranked best = search.best();
  if (best.name.empty()) {
    return std::nullopt;
  }
  FoundName found{{shown->line, {}, {}, false, {}}, search.likelihood(best), 1};
  found.line.line.fit_to(place_of(*shown));
  const Box& box = found.line.line.box;
  double left = box.left;
  const double width = (box.right - left) / static_cast<double>(best.name.size());
  for (std::size_t i = 0; i < best.name.size(); ++i, left += width) {
    found.line.words.push_back(
        {{best.name[i]->text, told_name_word, {left, box.top, left + width, box.bottom}, {}, {}}, {}});
    found.certainty = std::min(found.certainty, search.certainty(best, i));
  }
  return found;
}

}  // namespace sohoa
