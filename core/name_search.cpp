// SPDX-License-Identifier: Apache-2.0
#include "core/name_search.hpp"

#include "core/letters.hpp"
#include "core/text_ways.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>

namespace sohoa {
namespace {

constexpr double rarer = 0.4;  // times the logarithm of a word's place in its list
constexpr double rarer_surname = 0.7;
constexpr double rare_surname = 4;  // costs one that is not among the commonest
constexpr double rank_cost = 1;     // costs a name that has one before it
constexpr double seen_rank = 2;     // that a letter of it must cost less than noise
constexpr double em_off = 0.25;     // that a name's width is off, in em
constexpr double most_misfit = 4;   // what is read of a title or a name may be off by anything
constexpr double room_misfit = 8;   // where there is room for a middle name
constexpr double two_words = 3;     // costs a name that has no middle one
constexpr double four_words = 1.5;

constexpr std::size_t most_words = 4;
constexpr double hopeless = 0.04;     // a letter's chance on average, before words are exchanged
constexpr double least_likely = 0.2;  // after that
constexpr int often = 3;              // looks that read a word
constexpr std::size_t clearest = 3;   // looks that count: in others strokes hide what these show
constexpr double least_ink = 0.3;     // the chance of a letter where one stands

double rarity(std::size_t place) { return rarer * std::log(static_cast<double>(place + 1)); }

double rarity_of_surname(std::size_t place) {
  const double common = rarer_surname * std::log(static_cast<double>(std::min(place, common_surnames) + 1));
  return place < common_surnames ? common : common + rare_surname;
}

using Name = TextWords;  // the family name first

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
  Search(const NameLists& lists, const std::vector<SeenLine>& looks, double width) : m_width(width) {
    m_space = m_alphabet.place(" ");
    for (std::size_t i = 0; i < lists.surnames.size(); ++i) {
      m_surnames.push_back(word(lists.surnames[i], "", "", rarity_of_surname(i)));
    }
    for (std::size_t i = 0; i < lists.words.size(); ++i) {
      m_words.push_back(word(lists.words[i], " ", "", rarity(i)));
    }
    for (const std::string& rank : lists.ranks) {
      m_ranks.push_back(word(rank, "", " ", rank_cost));
    }
    for (const std::string& text : read_often(looks)) {
      // Listed, or cut off: Thịn of Thịnh.
      const bool begins_listed = std::any_of(lists.words.begin(), lists.words.end(),
                                             [&text](const std::string& word) { return word.starts_with(text); });
      if (!begins_listed && !name_word_like(text, lists.words)) {
        m_words.push_back(word(text, " ", "", rarity(lists.words.size())));
      }
    }
    m_surnames_in_order = in_order(m_surnames);
    m_words_in_order = in_order(m_words);
    for (const SeenLine& look : looks) {
      if (!look.steps.empty()) {
        m_looks.push_back(m_alphabet.costs(look.steps));
      }
    }
    for (std::size_t i = 0; i < m_looks.size(); i += LookBlock::lanes) {
      m_blocks.emplace_back(std::span(m_looks).subspan(i, std::min(LookBlock::lanes, m_looks.size() - i)));
    }
    for (const LookBlock& block : m_blocks) {
      m_ways.emplace_back(block, m_space);
    }
  }

  struct Ranked {
    Name name;
    double cost = 1e9;
    const TextWord* rank = nullptr;  // before the name
  };

  [[nodiscard]] Ranked best() {
    Ranked best = best_after(nullptr);
    if (const TextWord* rank = likeliest_rank(); rank != nullptr) {
      if (Ranked other = best_after(rank); other.cost < best.cost) {
        best = std::move(other);
      }
    }
    return best;
  }

  // How likely the name's word there is the right one, if the others are.
  [[nodiscard]] double certainty(const Ranked& best, std::size_t place) {
    double others = 0;
    Name name = best.name;
    for (const TextWord* word : place == 0 ? m_surnames_in_order : m_words_in_order) {
      if (word->text != best.name[place]->text) {
        name[place] = word;
        others += std::exp(best.cost - ranked(name, best.rank).cost);
      }
    }
    return 1 / (1 + others);
  }

  // The mean chance of a letter, of that of the likeliest text.
  [[nodiscard]] double likelihood(const Ranked& best) const {
    const double cost = best.cost - misfit(best.name, best.rank);
    return std::exp(-cost / static_cast<double>(letters_of(best.name, best.rank).size()));
  }

 private:
  TextWord word(const std::string& text, const char* before, const char* after, double cost) {
    const std::string spaced = before + text + after;
    return {text, m_alphabet.places(spaced), print_width(spaced), cost};
  }

  [[nodiscard]] static Letters letters_of(const Name& name, const TextWord* rank) {
    Letters letters = rank == nullptr ? Letters() : rank->letters;
    for (const TextWord* word : name) {
      letters.insert(letters.end(), word->letters.begin(), word->letters.end());
    }
    return letters;
  }

  // Above what the looks cost otherwise, the mean of the clearest ones.
  [[nodiscard]] double mean_cost(const Letters& letters, double StepCosts::*otherwise) {
    std::vector<double> costs;
    for (TextWays& ways : m_ways) {
      for (const float cost : ways.costs(letters)) {
        costs.push_back(static_cast<double>(cost) - m_looks[costs.size()].*otherwise);
      }
    }
    const auto end = costs.begin() + static_cast<std::ptrdiff_t>(std::min(clearest, costs.size()));
    std::partial_sort(costs.begin(), end, costs.end());
    return std::accumulate(costs.begin(), end, 0.0) / static_cast<double>(end - costs.begin());
  }

  // What a name costs before anybody looks.
  [[nodiscard]] double rarity_and_misfit(const Name& name, const TextWord* rank) const {
    double cost = (rank == nullptr ? 0 : rank->cost) + (name.size() == 2  ? two_words
                                                        : name.size() > 3 ? four_words
                                                                          : 0);
    for (const TextWord* word : name) {
      cost += word->cost;
    }
    return cost + misfit(name, rank);
  }

  [[nodiscard]] Ranked ranked(Name name, const TextWord* rank) {
    const double cost = mean_cost(letters_of(name, rank), &StepCosts::least) + rarity_and_misfit(name, rank);
    return {std::move(name), cost, rank};
  }

  // Costs a name that is wider or less wide than its place.
  [[nodiscard]] double misfit(const Name& name, const TextWord* rank) const {
    if (m_width <= 0) {
      return 0;
    }
    double width = rank == nullptr ? 0 : rank->width;
    for (const TextWord* word : name) {
      width += word->width;
    }
    const double off = (width - m_width) / em_off;
    return std::min(name.size() == 2 && off < 0 ? room_misfit : most_misfit, off * off / 2);
  }

  [[nodiscard]] const TextWord* among_words(const TextWord& surname) const {
    const auto at =
        std::find_if(m_words.begin(), m_words.end(), [&](const TextWord& word) { return word.text == surname.text; });
    return at == m_words.end() ? nullptr : &*at;
  }

  bool take(Ranked& best, const Name& name) {
    if (rarity_and_misfit(name, best.rank) > best.cost) {
      return false;
    }
    Ranked other = ranked(name, best.rank);
    const bool better = other.cost < best.cost;
    best = better ? std::move(other) : best;
    return better;
  }

  // In the likeliest names of any look; in the order of the lists.
  struct Seen {
    std::set<const TextWord*> surnames;
    std::set<const TextWord*> words;
  };

  [[nodiscard]] Ranked best_after(const TextWord* rank) {
    Ranked best{{}, 1e9, rank};
    Seen seen;
    if (m_width > 0) {  // any may be the one that is as wide
      std::for_each(m_surnames.begin(), m_surnames.end(),
                    [&seen](const TextWord& word) { seen.surnames.insert(&word); });
    }
    for (const LookBlock& block : m_blocks) {
      TokenPassing passing(block, m_space);
      const std::size_t before = rank == nullptr ? 0 : 1;
      if (rank != nullptr) {
        passing.add({rank});
      }
      passing.add(m_surnames_in_order);
      for (std::size_t count = 2; count <= most_words; ++count) {
        passing.add(m_words_in_order);
      }
      for (std::size_t look = 0; look < block.looks(); ++look) {
        for (std::size_t count = 2; count <= most_words; ++count) {
          Name name = passing.best(look, before + count);
          if (!name.empty()) {
            name.erase(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(before));
            seen.surnames.insert(name.front());
            seen.words.insert(name.begin() + 1, name.end());
            take(best, name);
          }
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

  // The rank that the looks show rather than noise, by each of its letters; null where they show none.
  [[nodiscard]] const TextWord* likeliest_rank() {
    const TextWord* best = nullptr;
    double least = -seen_rank;
    for (const TextWord& rank : m_ranks) {
      const double cost = mean_cost(rank.letters, &StepCosts::noise);
      if (cost / static_cast<double>(rank.letters.size()) < least) {
        least = cost / static_cast<double>(rank.letters.size());
        best = &rank;
      }
    }
    return best;
  }

  // Puts another word in the place of one.
  [[nodiscard]] bool exchange(Ranked& best, const Seen& seen) {
    bool better = false;
    for (std::size_t place = 0; place < best.name.size(); ++place) {
      Name name = best.name;
      for (const TextWord* word : place == 0 ? seen.surnames : seen.words) {
        name[place] = word;
        better = take(best, name) || better;
      }
    }
    return better;
  }

  // Puts one before all or between two.
  [[nodiscard]] bool lengthen(Ranked& best, const Seen& seen) {
    bool better = false;
    const Name shorter = best.name;
    const TextWord* second = among_words(*shorter.front());
    for (std::size_t place = second == nullptr ? 1 : 0; shorter.size() < most_words && place <= shorter.size();
         ++place) {
      Name name = shorter;
      if (place == 0) {
        name.front() = second;
      }
      const auto at = name.insert(name.begin() + static_cast<std::ptrdiff_t>(place), nullptr);
      for (const TextWord* word : place == 0 ? seen.surnames : seen.words) {
        *at = word;
        better = take(best, name) || better;
      }
    }
    return better;
  }

  Alphabet m_alphabet;
  std::int32_t m_space = 0;
  double m_width;  // of all, in em; 0: unknown
  std::vector<TextWord> m_surnames;
  std::vector<TextWord> m_words;
  std::vector<TextWord> m_ranks;
  TextWords m_surnames_in_order;
  TextWords m_words_in_order;
  std::vector<StepCosts> m_looks;
  std::vector<LookBlock> m_blocks;  // of them
  std::vector<TextWays> m_ways;     // of each block
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

std::optional<FoundName> find_name(const std::vector<SeenLine>& looks, const NameLists& lists, double width) {
  const auto shown = std::find_if(looks.begin(), looks.end(), [](const SeenLine& look) { return !look.steps.empty(); });
  if (shown == looks.end()) {
    return std::nullopt;
  }
  Search search(lists, looks, width);
  const Search::Ranked best = search.best();
  const double likelihood = best.name.empty() ? 0 : search.likelihood(best);
  if (likelihood < least_likely) {
    return std::nullopt;
  }
  FoundName found{{shown->line, {}, {}, false, {}}, likelihood, 1, best.rank != nullptr};
  found.line.line.fit_to(place_of(*shown));
  const Box& box = found.line.line.box;
  double left = box.left;
  const double each = (box.right - left) / static_cast<double>(best.name.size());
  for (std::size_t i = 0; i < best.name.size(); ++i, left += each) {
    found.line.words.push_back(
        {{best.name[i]->text, told_name_word, {left, box.top, left + each, box.bottom}, {}, {}}, {}});
    found.certainty = std::min(found.certainty, search.certainty(best, i));
  }
  return found;
}

}  // namespace sohoa
