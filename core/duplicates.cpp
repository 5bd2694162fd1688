// SPDX-License-Identifier: Apache-2.0
#include "core/duplicates.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace sohoa {
namespace {

constexpr std::size_t few_words = 12;  // of a page that has too little text to be compared
constexpr double sure = 0.9;           // confidence
constexpr double farthest = 30;        // mm that a sheet may lie elsewhere; more is the same text on another page
constexpr double same_place = 4;       // mm, after the pages were laid upon each other
constexpr double most_denied = 0.015;  // share of words that are surely others
constexpr double most_ink_off = 0.4;   // of the whole page's ink
constexpr std::size_t sketched = 24;   // words by which pages are found that may be the same
constexpr int enough_in_common = 7;
constexpr long most_side = 1000;  // cells

using Word = PageFace::Word;

struct Shift {
  double x = 0;
  double y = 0;
};

double median(std::vector<double> values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::map<std::string, const Word*> singles(const PageFace& page) {
  std::map<std::string, const Word*> found;
  for (const Word& word : page.words) {
    const auto [entry, fresh] = found.try_emplace(word.text, &word);
    if (!fresh) {
      entry->second = nullptr;
    }
  }
  return found;
}

// How far the words that each page has once lie from each other.
std::optional<Shift> shift_of(const PageFace& a, const PageFace& b) {
  const auto of_a = singles(a);
  std::vector<double> x;
  std::vector<double> y;
  for (const auto& [text, word] : singles(b)) {
    const auto other = of_a.find(text);
    if (word != nullptr && other != of_a.end() && other->second != nullptr) {
      x.push_back(word->x - other->second->x);
      y.push_back(word->y - other->second->y);
    }
  }
  if (x.size() < few_words / 2) {
    return std::nullopt;
  }
  const Shift shift{median(x), median(y)};
  return std::hypot(shift.x, shift.y) > farthest ? std::nullopt : std::optional(shift);
}

enum class Fate { same, denied, unknown };

// Denied: what was surely read is another word there. Slips of reading are none; a figure or two of a number may be.
Fate fate_of(const Word& word, const PageFace& other, const Shift& shift) {
  const std::size_t slips = has_digit(word.text) ? 1 : word.text.size() / 2;
  bool others = false;
  for (const Word& there : other.words) {
    if (std::abs(there.x - word.x - shift.x) > same_place || std::abs(there.y - word.y - shift.y) > same_place) {
      continue;
    }
    if (there.text == word.text) {
      return Fate::same;
    }
    if (edit_distance(word.text, there.text) <= slips) {
      return Fate::unknown;
    }
    others = others || there.sure;
  }
  return others && word.sure ? Fate::denied : Fate::unknown;
}

bool same_words(const PageFace& a, const PageFace& b, const Shift& shift, double share) {
  std::size_t same = 0;
  std::size_t denied = 0;
  for (const Word& word : a.words) {
    const Fate fate = fate_of(word, b, shift);
    same += fate == Fate::same ? 1U : 0U;
    denied += fate == Fate::denied ? 1U : 0U;
  }
  const std::size_t all = std::max(a.words.size(), b.words.size());
  return static_cast<double>(same) >= share * static_cast<double>(all) &&
         static_cast<double>(denied) <= std::max(1.0, most_denied * static_cast<double>(all));
}

// Of the cell and its neighbours.
int soft(const InkMap& map, int x, int y) {
  int sum = 0;
  for (int v = std::max(0, y - 1); v <= std::min(map.height - 1, y + 1); ++v) {
    for (int u = std::max(0, x - 1); u <= std::min(map.width - 1, x + 1); ++u) {
      sum += map.cells[static_cast<std::size_t>(v * map.width + u)];
    }
  }
  return sum;
}

// Share of the ink that is on one page only, when they are laid upon each other.
double ink_off(const InkMap& a, const InkMap& b, int right, int down) {
  long off = 0;
  long all = 0;
  for (int y = std::max(0, -down); y < std::min(a.height, b.height - down); ++y) {
    for (int x = std::max(0, -right); x < std::min(a.width, b.width - right); ++x) {
      const int here = soft(a, x, y);
      const int there = soft(b, x + right, y + down);
      off += std::abs(here - there);
      all += here + there;
    }
  }
  return all == 0 ? 1 : static_cast<double>(off) / static_cast<double>(all);
}

bool same_ink(const InkMap& a, const InkMap& b, const Shift& shift) {
  if (a.empty() || b.empty()) {
    return false;
  }
  const int right = static_cast<int>(std::lround(shift.x / ink_cell_mm));
  const int down = static_cast<int>(std::lround(shift.y / ink_cell_mm));
  double least = 1;
  for (const int dy : {-1, 0, 1}) {
    for (const int dx : {-1, 0, 1}) {
      least = std::min(least, ink_off(a, b, right + dx, down + dy));
    }
  }
  return least <= most_ink_off;
}

// The words with the smallest hashes: pages with the same words have the same ones.
std::set<std::size_t> sketch_of(const PageFace& page) {
  std::set<std::size_t> hashes;
  for (const Word& word : page.words) {
    hashes.insert(std::hash<std::string>{}(word.text));
  }
  while (hashes.size() > sketched) {
    hashes.erase(std::prev(hashes.end()));
  }
  return hashes;
}

}  // namespace

std::string to_pgm(const InkMap& map) {
  return "P5 " + std::to_string(map.width) + " " + std::to_string(map.height) + " 255\n" +
         std::string(map.cells.begin(), map.cells.end());
}

InkMap ink_map_from(const std::string& pgm) {
  const std::size_t end = std::min(pgm.find('\n'), pgm.size());
  long width = 0;
  long height = 0;
  if (!pgm.starts_with("P5 ")) {
    return {};
  }
  const auto [after, fault] = std::from_chars(pgm.data() + 3, pgm.data() + end, width);
  if (fault != std::errc() || after == pgm.data() + end ||
      std::from_chars(after + 1, pgm.data() + end, height).ec != std::errc()) {
    return {};
  }
  const bool fits = width > 0 && height > 0 && width <= most_side && height <= most_side &&
                    pgm.size() == end + 1 + static_cast<std::size_t>(width * height);
  return fits ? InkMap{static_cast<int>(width),
                       static_cast<int>(height),
                       {pgm.begin() + static_cast<std::ptrdiff_t>(end) + 1, pgm.end()}}
              : InkMap{};
}

PageFace face_of(const OcrPage& page, double dpi, InkMap ink) {
  PageFace face;
  face.ink = std::move(ink);
  const double mm = 25.4 / (dpi > 0 ? dpi : 300);
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        const std::string core = to_lower(parts_of(word.text).core);
        if (characters(core) > 2 || has_digit(core)) {
          face.words.push_back(
              {core, mm * (word.box.left + word.box.right) / 2, mm * middle_of(word.box), word.confidence >= sure});
        }
      }
    }
  }
  return face;
}

std::vector<std::pair<std::size_t, std::size_t>> find_duplicates(const std::vector<PageFace>& pages, double share) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  std::map<std::size_t, std::vector<std::size_t>> with_word;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].words.size() < few_words) {
      continue;
    }
    std::map<std::size_t, int> in_common;
    for (const std::size_t hash : sketch_of(pages[i])) {
      for (const std::size_t earlier : with_word[hash]) {
        ++in_common[earlier];
      }
      with_word[hash].push_back(i);
    }
    for (const auto& [earlier, count] : in_common) {
      if (count < std::min<int>(enough_in_common, static_cast<int>(few_words) / 2)) {
        continue;
      }
      const std::optional<Shift> shift = shift_of(pages[earlier], pages[i]);
      if (shift && same_words(pages[earlier], pages[i], *shift, share) &&
          same_ink(pages[earlier].ink, pages[i].ink, *shift)) {
        found.emplace_back(i, earlier);
        break;
      }
    }
  }
  return found;
}

}  // namespace sohoa
