// SPDX-License-Identifier: Apache-2.0
// What it costs to read a line as one text or another, from what the network held possible at each of its steps along
// it (connectionist temporal classification: noise, each letter, which a step of none may go before, noise again).
// Costs are negative logarithms of chances.
#pragma once

#include "core/ocr_result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

using Letters = std::vector<std::int32_t>;  // places in an alphabet

// Of one look at a line.
struct StepCosts {
  std::vector<std::vector<float>> steps;  // of each letter of the alphabet, and last of none
  double least = 0;                       // that any text costs
  double noise = 0;                       // costs no text at all
};

// The letters of all texts that are looked for, and the space. It must be whole before costs are asked.
class Alphabet {
 public:
  std::int32_t place(const std::string& text);
  Letters places(std::string_view text);
  [[nodiscard]] StepCosts costs(const std::vector<NetworkStep>& steps) const;

 private:
  [[nodiscard]] std::vector<float> costs_of(const NetworkStep& step) const;

  std::map<std::string, std::int32_t> m_places;
};

// The cheapest way of steps through one text, which must outlive this.
class TextWays {
 public:
  TextWays(const Letters& letters, std::int32_t space);
  [[nodiscard]] float cost(const StepCosts& look);

 private:
  // A step on from the costs at each letter and at none before it. Restricted pointers let letters be done together.
  void advance(const std::vector<float>& step, const float* __restrict at, const float* __restrict between,
               float* __restrict next_at, float* __restrict next_between) const;

  const Letters& m_letters;
  std::vector<float> m_again;  // costs a letter that is the one before, without a step of none between them
  std::vector<float> m_skip;   // costs to leave the space before it out
  std::vector<float> m_none;
  std::vector<float> m_letter;
  std::vector<float> m_next_none;
  std::vector<float> m_next_letter;
};

struct TextWord {
  std::string text;
  Letters letters;   // of one that follows another, the space before it, too
  double width = 0;  // of those in print (core/person_name.hpp), in em
  double cost = 0;   // of its rarity
};
using TextWords = std::vector<const TextWord*>;

// The likeliest words along one look, as far as each can be told from the likeliest before (token passing): for each
// number of words those that end the line at the least cost; words of which the look shows nothing are passed over. The
// look, which has a step at least, and the words must outlive this.
class TokenPassing {
 public:
  TokenPassing(const StepCosts& look, std::int32_t space);
  void add(const TextWords& words);      // of which one is the next; in_order() makes it quicker
  [[nodiscard]] TextWords best() const;  // none where nothing is near

 private:
  struct End {  // of a word, after so many steps
    float cost = 0;
    std::size_t begin = 0;  // steps before the word
    const TextWord* word = nullptr;
  };
  struct State {
    float cost = 0;
    std::uint32_t begin = 0;
    friend bool operator<(const State& a, const State& b) { return a.cost < b.cost; }
    [[nodiscard]] State plus(float more) const { return {cost + more, begin}; }
  };

  struct Column {  // of one letter of a word, after so many steps
    std::vector<State> at;
    std::vector<State> before;  // at none
  };

  [[nodiscard]] bool is_seen(const Letters& letters) const;
  void pass(const Letters& letters, std::size_t place);

  const StepCosts& m_look;
  std::int32_t m_space;
  std::vector<float> m_least;            // that each letter costs anywhere
  std::vector<std::vector<End>> m_ends;  // by the number of words
  std::vector<Column> m_columns;         // of the word in hand
};

// By their letters, so that words that begin alike are neighbours.
TextWords in_order(const std::vector<TextWord>& words);

}  // namespace sohoa
