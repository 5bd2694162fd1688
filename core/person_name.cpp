// SPDX-License-Identifier: Apache-2.0
#include "core/person_name.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace sohoa {
namespace {

// What a letter costs that reads otherwise, of one that reads as any other:
constexpr double other_mark = 0.25;
constexpr double look_alike = 0.5;
constexpr double unread = 0.7;       // of a letter that is hidden
constexpr double two_strokes = 0.5;  // that are one letter's stems
constexpr double an_em_off = 0.3;    // what a name is wider or narrower than its place takes off its likeness
constexpr double most_misfit = 0.2;
constexpr double most_cost = 5;
constexpr double sure_word = 0.8;
constexpr double nearly_same = 0.8;     // to a listed name, of a word that may be one that is not listed
constexpr double least_certain = 0.65;  // of a word that is kept where a seal lies
constexpr double least_like = 0.55;
constexpr double least_margin = 0.08;  // to the next name of other letters

// Letters of each group differ by a stroke.
constexpr std::array<std::string_view, 6> strokes = {"lit1fjr", "hbnku", "ceoa0", "g6yq9", "db", "vyw"};

bool look_like(char a, char b) {
  return std::any_of(strokes.begin(), strokes.end(), [=](std::string_view group) {
    return group.find(a) != std::string_view::npos && group.find(b) != std::string_view::npos;
  });
}

double cost_of(const std::string& read, const std::string& meant) {
  if (to_lower(read) == to_lower(meant)) {
    return 0;
  }
  if (!is_letter(read)) {
    return look_alike;
  }
  const std::string a = comparable(read);
  const std::string b = comparable(meant);
  return a == b ? other_mark : look_like(a.front(), b.front()) ? look_alike : 1;
}

// Whether two letters that were read may be the stems of the one that is meant: ll and tl of H.
bool may_be_stems(const std::string& first, const std::string& second, const std::string& meant) {
  constexpr std::string_view thin = "lit1fjr|u";
  constexpr std::string_view wide = "hnmudbkqoc";
  const auto is_thin = [&](const std::string& letter) {
    return !is_letter(letter) || thin.find(comparable(letter)) != std::string_view::npos;
  };
  return is_upper(meant) && is_thin(first) && is_thin(second) && wide.find(comparable(meant)) != std::string_view::npos;
}

// Edit distance with the costs above.
double distance(const std::vector<std::string>& read, const std::vector<std::string>& meant) {
  std::vector<std::vector<double>> cost(read.size() + 1, std::vector<double>(meant.size() + 1));
  for (std::size_t i = 0; i <= read.size(); ++i) {
    for (std::size_t j = 0; j <= meant.size(); ++j) {
      double least = i == 0 && j == 0 ? 0 : most_cost * 100;
      if (i > 0) {
        least = std::min(least, cost[i - 1][j] + (is_letter(read[i - 1]) ? 1 : look_alike));
      }
      if (j > 0) {
        least = std::min(least, cost[i][j - 1] + unread);
      }
      if (i > 0 && j > 0) {
        least = std::min(least, cost[i - 1][j - 1] + cost_of(read[i - 1], meant[j - 1]));
      }
      if (i > 1 && j > 0 && may_be_stems(read[i - 2], read[i - 1], meant[j - 1])) {
        least = std::min(least, cost[i - 2][j - 1] + two_strokes);
      }
      cost[i][j] = least;
    }
  }
  return cost[read.size()][meant.size()];
}

// The name's first letter, and a small one: a word such as tá, not a name without its beginning.
bool begins_small(const std::vector<std::string>& read, const std::vector<std::string>& name) {
  return !read.empty() && is_letter(read.front()) && !is_upper(read.front()) &&
         comparable(read.front()) == comparable(name.front());
}

}  // namespace

bool is_name_word(std::string_view word) {
  const std::vector<std::string> letters = split_characters(word);
  return !letters.empty() && is_upper(letters.front()) &&
         std::all_of(letters.begin() + 1, letters.end(), [](const auto& l) { return is_letter(l) && !is_upper(l); });
}

double print_width(std::string_view word) {
  double width = 0;
  for (const std::string& letter : split_characters(word)) {
    const char base = comparable(letter).empty() ? ' ' : comparable(letter).front();
    const auto is_one_of = [base](std::string_view letters) { return letters.find(base) != std::string_view::npos; };
    if (is_upper(letter)) {
      width += is_one_of("mw") ? 0.93 : is_one_of("i") ? 0.39 : 0.7;
    } else {
      width += is_one_of("mw") ? 0.8 : is_one_of("ijl") ? 0.28 : is_one_of("frt") ? 0.37 : is_one_of(" ") ? 0.25 : 0.51;
    }
  }
  return width;
}

std::vector<double> likeness(std::string_view read, std::span<const std::string> names, double room) {
  const std::vector<std::string> letters = split_characters(read);
  std::vector<double> all;
  for (const std::string& name : names) {
    const std::vector<std::string> meant = split_characters(name);
    const double misfit = room > 0 ? std::min(most_misfit, an_em_off * std::abs(print_width(name) - room)) : 0;
    const double cost = begins_small(letters, meant) ? most_cost : distance(letters, meant);
    all.push_back(1 - cost / static_cast<double>(meant.size()) - misfit);
  }
  return all;
}

std::optional<ToldName> name_word_like(std::string_view read, const std::vector<std::string>& commonest_first) {
  const std::vector<double> like = likeness(parts_of(read).core, commonest_first);
  const auto best = std::max_element(like.begin(), like.end());
  if (best == like.end() || *best < least_like) {
    return std::nullopt;
  }
  const std::string& name = commonest_first[static_cast<std::size_t>(best - like.begin())];
  for (std::size_t i = 0; i < like.size(); ++i) {
    if (*best < 1 && like[i] > *best - least_margin && comparable(commonest_first[i]) != comparable(name)) {
      return std::nullopt;
    }
  }
  return ToldName{name, *best};
}

void name_by_list(OcrWord& word, const std::vector<std::string>& list) {
  if (is_name_word(word.text) && word.confidence >= sure_word) {
    return;
  }
  const double least = is_name_word(word.text) ? nearly_same : 0;
  if (const auto like = name_word_like(word.text, list); like && like->certainty >= least && like->text != word.text) {
    word.read = std::exchange(word.text, like->text);
    word.confidence = std::max(least_certain, std::min(word.confidence, like->certainty));
  }
}

}  // namespace sohoa
