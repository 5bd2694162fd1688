// SPDX-License-Identifier: Apache-2.0
#include "core/person_name.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sohoa {
namespace {

// What a letter costs that reads otherwise, of one that reads as any other:
constexpr double other_mark = 0.25;
constexpr double look_alike = 0.5;
constexpr double unread = 0.7;         // of a letter that is hidden
constexpr double rarer = 0.01;         // each place down the list
constexpr double least_margin = 0.25;  // to the next name of other letters
constexpr double most_cost = 0.45;     // of a letter of the name

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

// Edit distance with the costs above.
double distance(const std::vector<std::string>& read, const std::vector<std::string>& meant) {
  std::vector<double> row(meant.size() + 1);
  for (std::size_t j = 0; j <= meant.size(); ++j) {
    row[j] = unread * static_cast<double>(j);
  }
  for (const std::string& letter : read) {
    double corner = row[0];
    row[0] += is_letter(letter) ? 1 : look_alike;
    for (std::size_t j = 1; j <= meant.size(); ++j) {
      const double replaced = corner + cost_of(letter, meant[j - 1]);
      corner = row[j];
      row[j] = std::min({replaced, row[j] + (is_letter(letter) ? 1 : look_alike), row[j - 1] + unread});
    }
  }
  return row.back();
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

std::optional<ToldName> family_name_like(std::string_view read, const std::vector<std::string>& commonest_first) {
  const std::vector<std::string> letters = split_characters(parts_of(read).core);
  struct Likeness {
    double cost = most_cost * 100;
    double ranked = most_cost * 100;
    const std::string* name = nullptr;
  };
  Likeness nearest;
  Likeness next;
  for (std::size_t i = 0; i < std::min(common_surnames, commonest_first.size()); ++i) {
    const std::vector<std::string> name = split_characters(commonest_first[i]);
    if (begins_small(letters, name)) {
      continue;
    }
    const double cost = distance(letters, name);
    const Likeness like{cost, cost + rarer * static_cast<double>(i), &commonest_first[i]};
    if (like.ranked < nearest.ranked) {
      next = nearest.name != nullptr && comparable(*nearest.name) == comparable(*like.name) ? next : nearest;
      nearest = like;
    } else if (like.ranked < next.ranked && comparable(*like.name) != comparable(*nearest.name)) {
      next = like;
    }
  }
  const bool clear = nearest.cost == 0 || next.ranked - nearest.ranked >= least_margin;
  if (nearest.name == nullptr || !clear || nearest.cost > most_cost * static_cast<double>(characters(*nearest.name))) {
    return std::nullopt;
  }
  return ToldName{*nearest.name, 1 - nearest.cost / static_cast<double>(characters(*nearest.name))};
}

}  // namespace sohoa
