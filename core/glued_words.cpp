// SPDX-License-Identifier: Apache-2.0
#include "core/glued_words.hpp"

#include "core/letters.hpp"
#include "core/second_look.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr std::size_t least_letters = 2;  // of a part: a lone letter is most often a misread piece of one
constexpr std::size_t most_letters = 24;  // of a word worth the search
constexpr std::size_t most_parts = 4;
constexpr double least_gap = 0.12;     // in heights of the word
constexpr double gap_to_others = 1.4;  // to the widest gap between letters
constexpr double reach = 1.3;          // from where the letters' number sets it, in letters

struct Gap {
  double from = 0;
  double to = 0;
  [[nodiscard]] double width() const { return to - from; }
};

// Empty columns between ink, in units of the box.
std::vector<Gap> gaps_of(const Pix& reading, const Box& word, double scale) {
  std::vector<Gap> gaps;
  const std::vector<int> counts = ink_by_column(reading, word, scale);
  std::size_t last = counts.size();
  for (std::size_t x = 0; x < counts.size(); ++x) {
    if (counts[x] == 0) {
      continue;
    }
    if (last < x && x - last > 1) {
      gaps.push_back({word.left + static_cast<double>(last + 1) / scale, word.left + static_cast<double>(x) / scale});
    }
    last = x;
  }
  std::stable_sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) { return a.width() > b.width(); });
  return gaps;
}

using Cuts = std::vector<std::size_t>;  // characters of the core before each cut

// Every way to part the core into syllables that the language has.
void find_cuts(const std::vector<std::string>& core, std::size_t from, const LanguageModel& model, Cuts& cuts,
               std::vector<Cuts>& all) {
  std::string part;
  for (std::size_t to = from; to < core.size(); ++to) {
    part += core[to];
    const std::size_t letters = to + 1 - from;
    if (letters < least_letters || !model.knows(part)) {
      continue;
    }
    if (to + 1 == core.size()) {
      if (!cuts.empty()) {
        all.push_back(cuts);
      }
    } else if (cuts.size() + 1 < most_parts) {
      cuts.push_back(to + 1);
      find_cuts(core, to + 1, model, cuts, all);
      cuts.pop_back();
    }
  }
}

// The gaps for the cuts, from left to right; none where the ink has others.
std::vector<Gap> gaps_for(const Cuts& cuts, std::size_t before, std::size_t letters, const Box& word,
                          std::vector<Gap> widest) {
  const double letter = (word.right - word.left) / static_cast<double>(letters);
  const double next = widest.size() > cuts.size() ? widest[cuts.size()].width() : 0;
  if (widest.size() < cuts.size() || widest[cuts.size() - 1].width() < gap_to_others * next ||
      widest[cuts.size() - 1].width() < least_gap * (word.bottom - word.top)) {
    return {};
  }
  widest.resize(cuts.size());
  std::sort(widest.begin(), widest.end(), [](const Gap& a, const Gap& b) { return a.from < b.from; });
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const double wanted = word.left + letter * static_cast<double>(before + cuts[i]);
    if (std::abs((widest[i].from + widest[i].to) / 2 - wanted) > reach * letter) {
      return {};
    }
  }
  return widest;
}

std::vector<SeenWord> parted(const SeenWord& seen, const Cuts& cuts, std::size_t before, const std::vector<Gap>& gaps) {
  const std::vector<std::string> characters = split_characters(seen.word.text);
  const bool glyph_each = seen.glyphs.size() == characters.size();
  std::vector<SeenWord> parts;
  std::size_t from = 0;
  double left = seen.word.box.left;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    const std::size_t to = i < cuts.size() ? before + cuts[i] : characters.size();
    SeenWord part{seen.word, {}};
    part.word.text.clear();
    for (std::size_t at = from; at < to; ++at) {
      part.word.text += characters[at];
    }
    if (glyph_each) {
      part.glyphs.assign(seen.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                         seen.glyphs.begin() + static_cast<std::ptrdiff_t>(to));
    }
    part.word.box.left = left;
    part.word.box.right = i < gaps.size() ? gaps[i].from : seen.word.box.right;
    left = i < gaps.size() ? gaps[i].to : left;
    parts.push_back(std::move(part));
    from = to;
  }
  return parts;
}

std::vector<SeenWord> parts_of_word(const SeenWord& seen, const Pix& reading, double scale,
                                    const LanguageModel& model) {
  const WordParts signs = parts_of(seen.word.text);
  const std::vector<std::string> core = split_characters(to_lower(signs.core));
  if (core.size() < 2 * least_letters || core.size() > most_letters || model.knows(to_lower(signs.core)) ||
      !std::all_of(core.begin(), core.end(), is_letter)) {
    return {};
  }
  std::vector<Cuts> all;
  Cuts begun;
  find_cuts(core, 0, model, begun, all);
  if (all.empty()) {
    return {};
  }
  const std::vector<Gap> gaps = gaps_of(reading, seen.word.box, scale);
  const std::size_t before = split_characters(signs.before).size();
  const std::size_t letters = split_characters(seen.word.text).size();
  for (const Cuts& cuts : all) {
    if (const std::vector<Gap> found = gaps_for(cuts, before, letters, seen.word.box, gaps); !found.empty()) {
      return parted(seen, cuts, before, found);
    }
  }
  return {};
}

}  // namespace

void part_glued_words(SeenPage& page, const Pix& reading, double scale, const LanguageModel& model) {
  if (model.empty()) {
    return;
  }
  for (SeenLine& line : page.lines) {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      std::vector<SeenWord> parts = parts_of_word(line.words[i], reading, scale, model);
      if (!parts.empty()) {
        const auto place = line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(i));
        line.words.insert(place, std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
        i += parts.size() - 1;
      }
    }
  }
}

}  // namespace sohoa
