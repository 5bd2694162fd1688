// SPDX-License-Identifier: Apache-2.0
#include "core/person_name.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"
#include "core/vietnamese.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <span>
#include <unordered_map>
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
constexpr double never_meant = 5;
constexpr double nearly_same = 0.8;  // to a listed name, of a word that may be one that is not listed
constexpr double least_like = 0.55;
constexpr double least_margin = 0.08;  // to the next name of other letters

// Letters of each group differ by a stroke.
constexpr std::array<std::string_view, 6> strokes = {"lit1fjr", "hbnku", "ceoa0", "g6yq9", "db", "vyw"};

bool look_like(char a, char b) {
  return std::any_of(strokes.begin(), strokes.end(), [=](std::string_view group) {
    return group.find(a) != std::string_view::npos && group.find(b) != std::string_view::npos;
  });
}

// What comparing letters asks of each, found once: there are few of them, and every reading meets every name.
struct Letter {
  std::string lower;
  std::string base;  // without marks; empty for signs
  bool is_letter = false;
  bool is_capital = false;

  [[nodiscard]] bool is_one_of(std::string_view letters) const {
    return letters.find(base.empty() ? ' ' : base.front()) != std::string_view::npos;
  }
};
using Letters = std::vector<const Letter*>;

Letters letters_of(std::string_view word) {
  static std::unordered_map<std::string, Letter> known;
  Letters letters;
  for (const std::string& text : split_characters(word)) {
    const auto [at, is_new] = known.try_emplace(text);
    if (is_new) {
      at->second = {to_lower(text), comparable(text), is_letter(text), is_upper(text)};
    }
    letters.push_back(&at->second);
  }
  return letters;
}

double cost_of(const Letter& read, const Letter& meant) {
  if (read.lower == meant.lower) {
    return 0;
  }
  if (!read.is_letter) {
    return look_alike;
  }
  return read.base == meant.base ? other_mark : look_like(read.base.front(), meant.base.front()) ? look_alike : 1;
}

// Whether two letters that were read may be the stems of the one that is meant: ll and tl of H.
bool may_be_stems(const Letter& first, const Letter& second, const Letter& meant) {
  const auto is_thin = [](const Letter& letter) { return !letter.is_letter || letter.is_one_of("lit1fjr|u"); };
  return meant.is_capital && is_thin(first) && is_thin(second) && meant.is_one_of("hnmudbkqoc");
}

// Edit distance with the costs above.
double distance(const Letters& read, const Letters& meant) {
  std::vector<std::vector<double>> cost(read.size() + 1, std::vector<double>(meant.size() + 1));
  for (std::size_t i = 0; i <= read.size(); ++i) {
    for (std::size_t j = 0; j <= meant.size(); ++j) {
      double least = i == 0 && j == 0 ? 0 : std::numeric_limits<double>::infinity();
      if (i > 0) {
        least = std::min(least, cost[i - 1][j] + (read[i - 1]->is_letter ? 1 : look_alike));
      }
      if (j > 0) {
        least = std::min(least, cost[i][j - 1] + unread);
      }
      if (i > 0 && j > 0) {
        least = std::min(least, cost[i - 1][j - 1] + cost_of(*read[i - 1], *meant[j - 1]));
      }
      if (i > 1 && j > 0 && may_be_stems(*read[i - 2], *read[i - 1], *meant[j - 1])) {
        least = std::min(least, cost[i - 2][j - 1] + two_strokes);
      }
      cost[i][j] = least;
    }
  }
  return cost[read.size()][meant.size()];
}

// The name's first letter, and a small one: a word such as tá, not a name without its beginning. All of a longer name's
// letters are the name, of which a stroke hides the capital's height.
bool begins_small(const Letters& read, const Letters& name) {
  constexpr std::size_t longer = 4;
  const auto same = [](const Letter* a, const Letter* b) { return a->base == b->base; };
  return !read.empty() && read.front()->is_letter && !read.front()->is_capital &&
         read.front()->base == name.front()->base &&
         !(name.size() >= longer && std::equal(read.begin(), read.end(), name.begin(), name.end(), same));
}

}  // namespace

bool is_name_word(std::string_view word) {
  const std::vector<std::string> letters = split_characters(word);
  return !letters.empty() && is_upper(letters.front()) &&
         std::all_of(letters.begin() + 1, letters.end(), [](const auto& l) { return is_letter(l) && !is_upper(l); });
}

void keep_names(std::vector<SeenWord>& words, const NameLists& lists) {
  const auto is_one_of = [](const SeenWord& seen, const std::vector<std::string>& list) {
    return seen.word.confidence >= sure_name_word &&
           std::find(list.begin(), list.end(), parts_of(seen.word.text).core) != list.end();
  };
  bool in_name = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool begins = i + 1 < words.size() && is_one_of(words[i], lists.surnames) &&
                        is_name_word(parts_of(words[i + 1].word.text).core);
    in_name = begins || (in_name && is_one_of(words[i], lists.words));
    if (in_name) {
      words[i].glyphs.clear();
    }
  }
}

double print_width(std::string_view word) {
  double width = 0;
  for (const Letter* letter : letters_of(word)) {
    if (letter->is_capital) {
      width += letter->is_one_of("mw") ? 0.93 : letter->is_one_of("i") ? 0.39 : 0.7;
    } else {
      width += letter->is_one_of("mw")    ? 0.8
               : letter->is_one_of("ijl") ? 0.28
               : letter->is_one_of("frt") ? 0.37
               : letter->is_one_of(" ")   ? 0.25
                                          : 0.51;
    }
  }
  return width;
}

std::vector<double> likeness(std::string_view read, std::span<const std::string> names, double room) {
  const Letters letters = letters_of(read);
  std::vector<double> all;
  for (const std::string& name : names) {
    const Letters meant = letters_of(name);
    const double misfit = room > 0 ? std::min(most_misfit, an_em_off * std::abs(print_width(name) - room)) : 0;
    const double cost = begins_small(letters, meant) ? never_meant : distance(letters, meant);
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

std::optional<std::string> listed_with_other_marks(const std::string& word, const std::vector<std::string>& list) {
  const auto toneless = [](const std::string& text) {
    std::string letters;
    for (const std::string& letter : split_characters(text)) {
      letters += without_tone(letter);
    }
    return letters;
  };
  std::vector<std::string> same;
  std::copy_if(list.begin(), list.end(), std::back_inserter(same),
               [&](const std::string& entry) { return comparable(entry) == comparable(word); });
  if (same.empty() || std::find(same.begin(), same.end(), word) != same.end()) {
    return std::nullopt;
  }
  const auto tone = std::find_if(same.begin(), same.end(),
                                 [&](const std::string& entry) { return toneless(entry) == toneless(word); });
  if (tone != same.end()) {
    return *tone;
  }
  return same.size() == 1 ? std::optional(same.front()) : std::nullopt;
}

std::optional<ToldName> meant_by(const OcrWord& word, const std::vector<std::string>& list) {
  const std::string core = parts_of(word.text).core;
  const bool may_be_rare = is_name_word(core);
  if (may_be_rare && word.confidence >= sure_name_word) {
    return std::nullopt;
  }
  const auto like = name_word_like(core, list);
  return like && like->certainty >= (may_be_rare ? nearly_same : 0) ? like : std::nullopt;
}

void name_by_list(OcrWord& word, const std::vector<std::string>& list) {
  if (const auto like = meant_by(word, list); like && like->text != word.text) {
    word.read = std::exchange(word.text, like->text);
    word.confidence = std::max(told_name_word, std::min(word.confidence, like->certainty));
  }
}

}  // namespace sohoa
