// SPDX-License-Identifier: Apache-2.0
#include "core/text_ways.hpp"

#include "core/letters.hpp"
#include "core/vietnamese.hpp"
#include "core/wide_loops.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace sohoa {
namespace {

constexpr float least_chance = 0.003F;  // of any letter anywhere
constexpr float other_marks = 0.1F;     // of the chance of a letter that differs in its marks only
const float noise = -std::log(0.02F);   // of what is no part of the text, a step before and after it
constexpr float no_space = 1.4F;        // costs two words that are read as one
constexpr float surely_none = 0.03F;    // at most, costs a step of none
constexpr float hardly_seen = 3;        // costs a letter of a word of which the look shows nothing
constexpr float never = 1e9F;

// std::min's references keep a loop from being done for several letters at a time.
float least(float a, float b) { return b < a ? b : a; }

// What a step costs that is no part of the text.
float outside(const std::vector<float>& step) { return std::min(step.back(), noise); }

}  // namespace

std::int32_t Alphabet::place(const std::string& text) {
  return m_places.try_emplace(text, static_cast<std::int32_t>(m_places.size())).first->second;
}

Letters Alphabet::places(std::string_view text) {
  Letters letters;
  for (const std::string& character : split_characters(text)) {
    letters.push_back(place(character));
  }
  return letters;
}

std::vector<float> Alphabet::costs_of(const NetworkStep& step) const {
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

StepCosts Alphabet::costs(const std::vector<NetworkStep>& steps) const {
  StepCosts look;
  bool was_none = false;
  for (const NetworkStep& step : steps) {
    std::vector<float> costs = costs_of(step);
    const bool is_none = costs.back() < surely_none;
    if (is_none && was_none) {
      continue;  // one step of none does for several
    }
    was_none = is_none;
    look.noise += static_cast<double>(outside(costs));
    look.steps.push_back(std::move(costs));
    auto most = static_cast<double>(least_chance);
    for (const auto& [text, chance] : step.chances) {
      most = std::max(most, chance);
    }
    look.least -= std::log(most);
  }
  return look;
}

TextWays::TextWays(const Letters& letters, std::int32_t space) : m_letters(letters) {
  m_again.assign(letters.size(), 0);
  m_skip.assign(letters.size(), never);
  for (std::size_t i = 1; i < letters.size(); ++i) {
    m_again[i] = letters[i] == letters[i - 1] ? never : 0;
    m_skip[i] = letters[i - 1] == space ? no_space : never;
  }
}

float TextWays::cost(const StepCosts& look) {
  const std::size_t count = m_letters.size();
  m_none.assign(count + 1, never);
  m_letter.assign(count + 2, never);
  m_next_none = m_none;
  m_next_letter = m_letter;
  m_letter[1] = 0;  // before the first letter
  float after = never;
  for (const std::vector<float>& step : look.steps) {
    after = std::min(after, m_letter.back()) + outside(step);
    advance(step, m_letter.data(), m_none.data(), m_next_letter.data(), m_next_none.data());
    m_next_letter[1] = m_letter[1] + outside(step);
    m_letter.swap(m_next_letter);
    m_none.swap(m_next_none);
  }
  return std::min(after, m_letter.back());
}

// Letter i lies at i + 2 and what is before it at i + 1.
SOHOA_WIDE void TextWays::advance(const std::vector<float>& step, const float* __restrict at,
                                  const float* __restrict between, float* __restrict next_at,
                                  float* __restrict next_between) const {
  const std::size_t count = m_letters.size();
  const std::int32_t* letters = m_letters.data();
  const float* costs = step.data();
  const float none = step.back();
  const float* again = m_again.data();
  const float* skip = m_skip.data();
  for (std::size_t i = 0; i < count; ++i) {
    const float stays = least(at[i + 2], between[i + 1]);
    const float comes = least(at[i + 1] + again[i], least(at[i], between[i]) + skip[i]);
    next_at[i + 2] = least(stays, comes) + costs[letters[i]];
    next_between[i + 1] = least(between[i + 1], at[i + 1]) + none;
  }
}

TokenPassing::TokenPassing(const StepCosts& look, std::int32_t space) : m_look(look), m_space(space) {
  std::vector<End> begin{{0}};
  for (const std::vector<float>& step : look.steps) {
    begin.push_back({begin.back().cost + outside(step)});
  }
  m_ends.push_back(std::move(begin));
  m_least.assign(look.steps.empty() ? 0 : look.steps.front().size(), never);
  for (const std::vector<float>& step : look.steps) {
    std::transform(step.begin(), step.end(), m_least.begin(), m_least.begin(),
                   [](float one, float other) { return std::min(one, other); });
  }
}

bool TokenPassing::is_seen(const Letters& letters) const {
  float cost = 0;
  for (const std::int32_t letter : letters) {
    cost += letter == m_space ? 0 : m_least[static_cast<std::size_t>(letter)] - hardly_seen;
  }
  return cost <= 0;
}

// What the word before has of the same letters in front is there already.
void TokenPassing::add(const TextWords& words) {
  std::vector<End> ends(m_look.steps.size() + 1, End{never});
  const Letters nothing;
  const Letters* before = &nothing;
  for (const TextWord* word : words) {
    const Letters& letters = word->letters;
    if (!is_seen(letters)) {
      continue;
    }
    const auto other = std::mismatch(before->begin(), before->end(), letters.begin(), letters.end()).second;
    for (auto i = static_cast<std::size_t>(other - letters.begin()); i < letters.size(); ++i) {
      pass(letters, i);
    }
    before = &letters;
    const std::vector<State>& last = m_columns[letters.size() - 1].at;
    const auto own = static_cast<float>(word->cost);
    for (std::size_t t = 1; t < ends.size(); ++t) {
      if (last[t].cost + own < ends[t].cost) {
        ends[t] = {last[t].cost + own, last[t].begin, word};
      }
    }
  }
  m_ends.push_back(std::move(ends));
}

TextWords TokenPassing::best() const {
  const std::vector<End>& ends = m_ends.back();
  std::size_t at = 0;
  float least = never;
  float after = 0;
  for (std::size_t t = ends.size(); t-- > 0;) {
    if (ends[t].cost + after < least) {
      least = ends[t].cost + after;
      at = t;
    }
    after += t > 0 ? outside(m_look.steps[t - 1]) : 0;
  }
  TextWords words;
  for (std::size_t count = m_ends.size(); least < never && count-- > 1;) {
    words.insert(words.begin(), m_ends[count][at].word);
    at = m_ends[count][at].begin;
  }
  return words;
}

void TokenPassing::pass(const Letters& letters, std::size_t place) {
  const std::size_t steps = m_look.steps.size();
  if (m_columns.size() <= place) {
    m_columns.resize(place + 1, {std::vector<State>(steps + 1), std::vector<State>(steps + 1)});
  }
  const std::vector<End>& ends = m_ends.back();
  const Column* previous = place > 0 ? &m_columns[place - 1] : nullptr;
  Column& column = m_columns[place];
  const auto letter = static_cast<std::size_t>(letters[place]);
  const bool again = place > 0 && letters[place] == letters[place - 1];
  const bool after_space = place > 0 && letters[place - 1] == m_space;
  State at{never};
  State before{never};
  for (std::size_t t = 0; t < steps; ++t) {
    const std::vector<float>& step = m_look.steps[t];
    const State begin{ends[t].cost, static_cast<std::uint32_t>(t)};
    const State last = previous != nullptr ? previous->at[t] : begin;
    State comes = again ? State{never} : last;
    if (after_space) {  // the word's first letter without a space before it
      comes = std::min(comes, std::min(begin, previous->before[t]).plus(no_space));
    }
    column.at[t] = at;
    column.before[t] = before;
    at = std::min({at, before, comes}).plus(step[letter]);
    before = std::min(before, last).plus(step.back());
  }
  column.at[steps] = at;
  column.before[steps] = before;
}

TextWords in_order(const std::vector<TextWord>& words) {
  TextWords sorted;
  std::transform(words.begin(), words.end(), std::back_inserter(sorted), [](const TextWord& word) { return &word; });
  std::sort(sorted.begin(), sorted.end(), [](const TextWord* a, const TextWord* b) { return a->letters < b->letters; });
  return sorted;
}

}  // namespace sohoa
