// SPDX-License-Identifier: Apache-2.0
#include "core/text_ways.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace {

using namespace sohoa;

constexpr std::int32_t space = 0;
constexpr std::int32_t letters = 6;  // of the alphabet, with the space
constexpr float never = 1e9F;

StepCosts look(std::mt19937& random, std::size_t steps) {
  std::uniform_real_distribution<float> cost(0, 6);
  StepCosts made;
  for (std::size_t t = 0; t < steps; ++t) {
    std::vector<float> step(letters + 1);
    std::generate(step.begin(), step.end(), [&] { return cost(random); });
    made.steps.push_back(std::move(step));
  }
  return made;
}

std::vector<StepCosts> looks(std::mt19937& random) {
  std::vector<StepCosts> made;
  for (const std::size_t steps : {40U, 55U, 31U, 48U, 60U}) {
    made.push_back(look(random, steps));
  }
  return made;
}

Letters text(std::mt19937& random, std::size_t length) {
  std::uniform_int_distribution<std::int32_t> letter(space, letters - 1);
  Letters made(length);
  std::generate(made.begin(), made.end(), [&] { return letter(random); });
  made.front() = made.back() = 1;
  return made;
}

// One step and one letter after the other.
float plain_cost(const Letters& text, const StepCosts& look) {
  const auto outside = [](const std::vector<float>& step) { return std::min(step.back(), -std::log(0.02F)); };
  std::vector<float> at(text.size() + 2, never);  // letter i at i + 2
  std::vector<float> before(text.size() + 2, never);
  at[1] = 0;
  float after = never;
  for (const std::vector<float>& step : look.steps) {
    after = std::min(after, at.back()) + outside(step);
    std::vector<float> next_at(text.size() + 2, never);
    std::vector<float> next_before(text.size() + 2, never);
    next_at[1] = at[1] + outside(step);
    for (std::size_t i = 0; i < text.size(); ++i) {
      float comes = i > 0 && text[i] == text[i - 1] ? never : at[i + 1];
      if (i > 0 && text[i - 1] == space) {
        comes = std::min(comes, std::min(at[i], before[i + 1]) + 1.4F);
      }
      next_at[i + 2] = std::min({at[i + 2], before[i + 2], comes}) + step[static_cast<std::size_t>(text[i])];
      next_before[i + 2] = std::min(before[i + 2], at[i + 1]) + step.back();
    }
    at = std::move(next_at);
    before = std::move(next_before);
  }
  return std::min(after, at.back());
}

}  // namespace

TEST_SUITE("core/text_ways") {
  TEST_CASE("looks that are done at once cost what each costs alone, after whatever text") {
    std::mt19937 random(7);
    const std::vector<StepCosts> all = looks(random);
    const LookBlock block(all);
    TextWays ways(block, space);
    Letters written;
    for (const std::size_t length : {1U, 5U, 12U, 12U, 3U, 9U, 20U}) {
      const Letters other = text(random, length);
      written.resize(std::min(written.size(), length / 2));  // some letters in front are those of the text before
      written.insert(written.end(), other.begin(), other.end());
      const auto costs = ways.costs(written);
      REQUIRE(costs.size() == all.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(costs[i] == plain_cost(written, all[i]));
      }
    }
  }

  TEST_CASE("the words that are told are those of the cheapest text") {
    std::mt19937 random(11);
    const std::vector<StepCosts> all = looks(random);
    const LookBlock block(all);
    std::vector<TextWord> first;
    std::vector<TextWord> second;
    for (std::size_t i = 0; i < 12; ++i) {
      first.push_back({std::to_string(i), text(random, 2 + i % 3), 0, 0.3 * static_cast<double>(i)});
      second.push_back(first.back());
      second.back().letters.insert(second.back().letters.begin(), space);
    }
    TokenPassing passing(block, space);
    passing.add(in_order(first));
    passing.add(in_order(second));
    TextWays ways(block, space);
    for (std::size_t i = 0; i < all.size(); ++i) {
      double least = 1e9;
      std::vector<std::string> cheapest;
      for (const TextWord& one : first) {
        for (const TextWord& other : second) {
          Letters both = one.letters;
          both.insert(both.end(), other.letters.begin(), other.letters.end());
          const double cost = static_cast<double>(ways.costs(both)[i]) + one.cost + other.cost;
          if (cost < least) {
            least = cost;
            cheapest = {one.text, other.text};
          }
        }
      }
      const TextWords told = passing.best(i, 2);
      REQUIRE(told.size() == 2);
      CHECK(told[0]->text == cheapest[0]);
      CHECK(told[1]->text == cheapest[1]);
    }
  }
}
