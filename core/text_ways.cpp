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

// a's where a is less, else b's; nor does a branch.
std::int32_t of_less(float a, float b, std::int32_t as, std::int32_t bs) {
  const std::int32_t mask = -static_cast<std::int32_t>(a < b);
  return (as & mask) | (bs & ~mask);
}

// What a step costs that is no part of the text.
float no_part(const std::vector<float>& step) { return std::min(step.back(), noise); }

constexpr std::size_t lanes = LookBlock::lanes;
using Lanes = std::array<float, lanes>;

// What it costs that nothing of the text is there yet, after so many steps.
std::vector<float> noise_before(const LookBlock& looks) {
  std::vector<float> costs(lanes);
  for (std::size_t i = 0; i < looks.steps() * lanes; ++i) {
    costs.push_back(costs[i] + looks.outside()[i]);
  }
  return costs;
}

// To be at the letter before, and at none before that, or at the letter before both.
struct WaysIn {
  const float* last;
  const float* last_before;
  const float* second;
  float again;  // costs a letter that is the one before, without a step of none between them
  float skip;   // costs to leave the space before it out
};

SOHOA_WIDE void pass_letter(const float* letter, const LookBlock& looks, const WaysIn& in, float* __restrict at,
                            float* __restrict before) {
  const float* none = looks.none();
  const auto [last, last_before, second, again, skip] = in;
  std::fill_n(at, lanes, never);
  std::fill_n(before, lanes, never);
  const std::size_t end = looks.steps() * lanes;
  for (std::size_t i = 0; i < end; i += lanes) {
    for (std::size_t k = i; k < i + lanes; ++k) {
      const float stays = least(at[k], before[k]);
      const float comes = least(last[k] + again, least(second[k], last_before[k]) + skip);
      at[k + lanes] = least(stays, comes) + letter[k];
      before[k + lanes] = least(before[k], last[k]) + none[k];
    }
  }
}

// What the text costs of which the last letter is there after so many steps.
SOHOA_WIDE void end_text(const float* last, const LookBlock& looks, float* __restrict costs) {
  const float* outside = looks.outside();
  const std::size_t end = looks.steps() * lanes;
  std::fill_n(costs, lanes, never);
  for (std::size_t i = 0; i < end; i += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) {
      costs[k] = least(costs[k], last[i + k]) + outside[i + k];
    }
  }
  for (std::size_t k = 0; k < lanes; ++k) {
    costs[k] = least(costs[k], last[end + k]);
  }
}

// Of each look, after so many steps: the costs, and the steps before the way's word.
struct StatesIn {
  const float* cost;
  const std::int32_t* begin;
};
struct WordWaysIn {
  StatesIn last;
  StatesIn last_before;
  StatesIn word;  // to begin the word
  float again;
  float skip;
};

SOHOA_WIDE void pass_letter(const float* letter, const LookBlock& looks, const WordWaysIn& in, float* __restrict at,
                            std::int32_t* __restrict at_begin, float* __restrict before,
                            std::int32_t* __restrict before_begin) {
  const float* none = looks.none();
  const auto [last, last_before, word, again, skip] = in;
  std::fill_n(at, lanes, never);
  std::fill_n(at_begin, lanes, 0);
  std::fill_n(before, lanes, never);
  std::fill_n(before_begin, lanes, 0);
  const std::size_t end = looks.steps() * lanes;
  for (std::size_t i = 0; i < end; i += lanes) {
    for (std::size_t k = i; k < i + lanes; ++k) {
      const float spaceless = least(word.cost[k], last_before.cost[k]) + skip;
      const std::int32_t spaceless_begin =
          of_less(last_before.cost[k], word.cost[k], last_before.begin[k], word.begin[k]);
      const float next = last.cost[k] + again;
      const float comes = least(next, spaceless);
      const std::int32_t comes_begin = of_less(spaceless, next, spaceless_begin, last.begin[k]);
      const float stays = least(at[k], before[k]);
      const std::int32_t stays_begin = of_less(before[k], at[k], before_begin[k], at_begin[k]);
      at[k + lanes] = least(stays, comes) + letter[k];
      at_begin[k + lanes] = of_less(comes, stays, comes_begin, stays_begin);
      before_begin[k + lanes] = of_less(last.cost[k], before[k], last.begin[k], before_begin[k]);
      before[k + lanes] = least(before[k], last.cost[k]) + none[k];
    }
  }
}

// Takes the words' ends that a word makes cheaper.
SOHOA_WIDE void end_word(StatesIn last, const Lanes& own, std::int32_t place, std::size_t count, float* __restrict cost,
                         std::int32_t* __restrict begin, std::int32_t* __restrict word) {
  for (std::size_t i = lanes; i < count; i += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) {
      const float ends = last.cost[i + k] + own[k];
      begin[i + k] = of_less(ends, cost[i + k], last.begin[i + k], begin[i + k]);
      word[i + k] = of_less(ends, cost[i + k], place, word[i + k]);
      cost[i + k] = least(cost[i + k], ends);
    }
  }
}

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
    look.noise += static_cast<double>(no_part(costs));
    look.steps.push_back(std::move(costs));
    auto most = static_cast<double>(least_chance);
    for (const auto& [text, chance] : step.chances) {
      most = std::max(most, chance);
    }
    look.least -= std::log(most);
  }
  return look;
}

LookBlock::LookBlock(std::span<const StepCosts> looks) : m_letters(looks.front().steps.front().size() - 1) {
  for (const StepCosts& look : looks) {
    m_steps_of.push_back(look.steps.size());
    m_steps = std::max(m_steps, look.steps.size());
  }
  const std::size_t outsides = (m_letters + 1) * m_steps * lanes;
  m_costs.assign(outsides, never);
  m_costs.resize(outsides + m_steps * lanes, 0);
  m_least.assign((m_letters + 1) * lanes, never);
  for (std::size_t look = 0; look < looks.size(); ++look) {
    for (std::size_t t = 0; t < m_steps_of[look]; ++t) {
      const std::vector<float>& step = looks[look].steps[t];
      for (std::size_t letter = 0; letter < step.size(); ++letter) {
        m_costs[(letter * m_steps + t) * lanes + look] = step[letter];
        float& most_likely = m_least[letter * lanes + look];
        most_likely = least(most_likely, step[letter]);
      }
      m_costs[outsides + t * lanes + look] = no_part(step);
    }
  }
}

TextWays::TextWays(const LookBlock& looks, std::int32_t space) : m_looks(looks), m_space(space) {
  m_columns.push_back({noise_before(looks), std::vector<float>((looks.steps() + 1) * lanes, never)});
}

std::span<const float> TextWays::costs(const Letters& letters) {
  const auto other = std::mismatch(m_letters.begin(), m_letters.end(), letters.begin(), letters.end()).second;
  for (auto i = static_cast<std::size_t>(other - letters.begin()); i < letters.size(); ++i) {
    pass(letters, i);
  }
  m_letters = letters;
  end_text(m_columns[letters.size()].at.data(), m_looks, m_costs.data());
  return std::span(m_costs).first(m_looks.looks());
}

void TextWays::pass(const Letters& letters, std::size_t place) {
  if (m_columns.size() <= place + 1) {
    m_columns.push_back(m_columns.front());
  }
  const Column& last = m_columns[place];
  const Column& second = m_columns[place > 0 ? place - 1 : 0];
  const float again = place > 0 && letters[place] == letters[place - 1] ? never : 0;
  const float skip = place > 0 && letters[place - 1] == m_space ? no_space : never;
  Column& column = m_columns[place + 1];
  pass_letter(m_looks.letter(letters[place]), m_looks,
              {last.at.data(), last.before.data(), second.at.data(), again, skip}, column.at.data(),
              column.before.data());
}

TokenPassing::TokenPassing(const LookBlock& looks, std::int32_t space) : m_looks(looks), m_space(space) {
  m_ends.push_back({noise_before(looks), {}, {}, {}});
}

// A look that shows nothing of a word leaves it out, as if it cost too much.
std::array<float, LookBlock::lanes> TokenPassing::own_cost(const TextWord& word) const {
  Lanes own{};
  for (std::size_t look = 0; look < m_looks.looks(); ++look) {
    float cost = 0;
    for (const std::int32_t letter : word.letters) {
      cost += letter == m_space ? 0 : m_looks.cheapest(letter, look) - hardly_seen;
    }
    own[look] = cost <= 0 ? static_cast<float>(word.cost) : never;
  }
  return own;
}

// What the word before has of the same letters in front is there already.
void TokenPassing::add(const TextWords& words) {
  const std::size_t count = m_ends.front().cost.size();
  m_begin.cost = m_ends.back().cost;
  m_begin.begin.clear();
  for (std::size_t i = 0; i < count; ++i) {
    m_begin.begin.push_back(static_cast<std::int32_t>(i / lanes));
  }
  Ends ends{std::vector<float>(count, never), std::vector<std::int32_t>(count), std::vector<std::int32_t>(count),
            words};
  const Letters nothing;
  const Letters* before = &nothing;
  for (std::size_t place = 0; place < words.size(); ++place) {
    const Letters& letters = words[place]->letters;
    const Lanes own = own_cost(*words[place]);
    if (std::all_of(own.begin(), own.begin() + m_looks.looks(), [](float cost) { return cost == never; })) {
      continue;
    }
    const auto other = std::mismatch(before->begin(), before->end(), letters.begin(), letters.end()).second;
    for (auto i = static_cast<std::size_t>(other - letters.begin()); i < letters.size(); ++i) {
      pass(letters, i);
    }
    before = &letters;
    const States& last = m_columns[letters.size() - 1].at;
    end_word({last.cost.data(), last.begin.data()}, own, static_cast<std::int32_t>(place), count, ends.cost.data(),
             ends.begin.data(), ends.word.data());
  }
  m_ends.push_back(std::move(ends));
}

TextWords TokenPassing::best(std::size_t look, std::size_t count) const {
  const std::vector<float>& ends = m_ends[count].cost;
  std::size_t at = 0;
  float least = never;
  float after = 0;
  for (std::size_t t = m_looks.steps_of(look) + 1; t-- > 0;) {
    const float cost = ends[t * lanes + look] + after;
    if (cost < least) {
      least = cost;
      at = t;
    }
    after += t > 0 ? m_looks.outside()[(t - 1) * lanes + look] : 0;
  }
  TextWords words;
  for (; least < never && count > 0; --count) {
    const Ends& end = m_ends[count];
    words.insert(words.begin(), end.words[static_cast<std::size_t>(end.word[at * lanes + look])]);
    at = static_cast<std::size_t>(end.begin[at * lanes + look]);
  }
  return words;
}

void TokenPassing::pass(const Letters& letters, std::size_t place) {
  if (m_columns.size() <= place) {
    const std::size_t count = m_begin.cost.size();
    const States states{std::vector<float>(count), std::vector<std::int32_t>(count)};
    m_columns.push_back({states, states});
  }
  const auto in = [](const States& states) { return StatesIn{states.cost.data(), states.begin.data()}; };
  const bool again = place > 0 && letters[place] == letters[place - 1];
  const bool after_space = place > 0 && letters[place - 1] == m_space;
  const WordWaysIn ways{in(place > 0 ? m_columns[place - 1].at : m_begin),
                        in(place > 0 ? m_columns[place - 1].before : m_begin), in(m_begin), again ? never : 0,
                        after_space ? no_space : never};
  Column& column = m_columns[place];
  pass_letter(m_looks.letter(letters[place]), m_looks, ways, column.at.cost.data(), column.at.begin.data(),
              column.before.cost.data(), column.before.begin.data());
}

TextWords in_order(const std::vector<TextWord>& words) {
  TextWords sorted;
  std::transform(words.begin(), words.end(), std::back_inserter(sorted), [](const TextWord& word) { return &word; });
  std::sort(sorted.begin(), sorted.end(), [](const TextWord* a, const TextWord* b) { return a->letters < b->letters; });
  return sorted;
}

}  // namespace sohoa
