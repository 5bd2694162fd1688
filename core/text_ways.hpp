// SPDX-License-Identifier: Apache-2.0
// What it costs to read a line as one text or another, from what the network held possible at each of its steps along
// it (connectionist temporal classification: noise, each letter, which a step of none may go before, noise again).
// Costs are negative logarithms of chances.
#pragma once

#include "core/ocr_result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
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

// Up to eight looks at a line, side by side, so that loops do all of them at once: of each step eight costs. After a
// look's last step come some that change nothing.
class LookBlock {
 public:
  static constexpr std::size_t lanes = 8;
  explicit LookBlock(std::span<const StepCosts> looks);
  [[nodiscard]] std::size_t looks() const { return m_steps_of.size(); }
  [[nodiscard]] std::size_t steps() const { return m_steps; }  // of the longest
  [[nodiscard]] std::size_t steps_of(std::size_t look) const { return m_steps_of[look]; }
  [[nodiscard]] const float* letter(std::int32_t letter) const { return at(static_cast<std::size_t>(letter)); }
  [[nodiscard]] const float* none() const { return at(m_letters); }
  [[nodiscard]] const float* outside() const { return at(m_letters + 1); }  // of what is no part of the text
  // That a letter costs at any step.
  [[nodiscard]] float cheapest(std::int32_t letter, std::size_t look) const {
    return m_least[static_cast<std::size_t>(letter) * lanes + look];
  }

 private:
  [[nodiscard]] const float* at(std::size_t row) const { return m_costs.data() + row * m_steps * lanes; }

  std::size_t m_steps = 0;
  std::size_t m_letters = 0;
  std::vector<std::size_t> m_steps_of;
  std::vector<float> m_costs;  // by letter, step and look
  std::vector<float> m_least;
};

// The cheapest way of each look's steps through one text after another. The looks must outlive this.
class TextWays {
 public:
  TextWays(const LookBlock& looks, std::int32_t space);
  // Of each look. What the text before has of the same letters in front is not done again.
  [[nodiscard]] std::span<const float> costs(const Letters& letters);

 private:
  struct Column {  // of a letter: what it costs to be at it, and at none before it, after so many steps
    std::vector<float> at;
    std::vector<float> before;
  };

  void pass(const Letters& letters, std::size_t place);

  const LookBlock& m_looks;
  std::int32_t m_space;
  Letters m_letters;
  std::vector<Column> m_columns;  // first of what is before the text
  std::array<float, LookBlock::lanes> m_costs{};
};

struct TextWord {
  std::string text;
  Letters letters;   // of one that follows another, the space before it, too
  double width = 0;  // of those in print (core/person_name.hpp), in em
  double cost = 0;   // of its rarity
};
using TextWords = std::vector<const TextWord*>;

// The likeliest words along each look, as far as each can be told from the likeliest before (token passing): for each
// number of words those that end the line at the least cost; words of which a look shows nothing are passed over. The
// looks, which have a step at least, and the words must outlive this.
class TokenPassing {
 public:
  TokenPassing(const LookBlock& looks, std::int32_t space);
  void add(const TextWords& words);  // of which one is the next; in_order() makes it quicker
  // So many words along a look, of those that were added; none where nothing is near.
  [[nodiscard]] TextWords best(std::size_t look, std::size_t count) const;

 private:
  struct States {  // of each look after so many steps
    std::vector<float> cost;
    std::vector<std::int32_t> begin;  // steps before the word
  };
  struct Column {  // of one letter of a word
    States at;
    States before;  // at none
  };
  struct Ends : States {
    std::vector<std::int32_t> word;  // place among the words
    TextWords words;
  };

  [[nodiscard]] std::array<float, LookBlock::lanes> own_cost(const TextWord& word) const;
  void pass(const Letters& letters, std::size_t place);

  const LookBlock& m_looks;
  std::int32_t m_space;
  States m_begin;                 // of the words that are added
  std::vector<Ends> m_ends;       // by the number of words
  std::vector<Column> m_columns;  // of the word in hand
};

// By their letters, so that words that begin alike are neighbours.
TextWords in_order(const std::vector<TextWord>& words);

}  // namespace sohoa
