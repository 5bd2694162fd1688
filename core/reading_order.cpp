// SPDX-License-Identifier: Apache-2.0
#include "core/reading_order.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

// Shares of the page.
constexpr double head_depth = 0.35;
constexpr double date_reach = 0.15;  // the date may begin left of the motto
constexpr double slack = 0.02;
constexpr double foot_from = 0.3;

constexpr double gutter = 1.2;     // between columns, in heights of the line's words
constexpr double next_line = 2.2;  // a column's next line begins no lower, in its heights

struct Place {
  std::size_t block;
  std::size_t line;
  double middle;  // y
};

double word_height(const OcrLine& line) {
  std::vector<double> heights;
  for (const OcrWord& word : line.words) {
    heights.push_back(height_of(word.box));
  }
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

// Where its letters end: specks and pen strokes behind it widen a word's box.
double end_of(const OcrWord& word) {
  return std::min(word.box.right, word.box.left + height_of(word.box) * static_cast<double>(characters(word.text)));
}

// The place of the first of such words one after the other.
template <std::size_t N>
std::optional<std::size_t> find_words(const OcrLine& line, const std::array<std::string_view, N>& wanted) {
  std::vector<std::string> plain;
  for (const OcrWord& word : line.words) {
    plain.push_back(comparable(word.text));
  }
  const auto at = std::search(plain.begin(), plain.end(), wanted.begin(), wanted.end());
  return at != plain.end() ? std::optional<std::size_t>(at - plain.begin()) : std::nullopt;
}

// The left column's last word may touch the motto and be one word with its first: ANCỘNG HÒA.
void free_motto(OcrLine& line) {
  constexpr std::string_view first = "cong";
  for (std::size_t i = 0; i + 1 < line.words.size(); ++i) {
    OcrWord& glued = line.words[i];
    const std::vector<std::string> letters = split_characters(glued.text);
    if (letters.size() < first.size() + 2 || !comparable(glued.text).ends_with(first) ||
        comparable(line.words[i + 1].text) != "hoa") {
      continue;
    }
    OcrWord motto = glued;
    const std::size_t before = letters.size() - first.size();
    motto.text = std::accumulate(letters.begin() + static_cast<std::ptrdiff_t>(before), letters.end(), std::string());
    glued.text.resize(glued.text.size() - motto.text.size());
    glued.box.right = glued.box.left + (glued.box.right - glued.box.left) * static_cast<double>(before) /
                                           static_cast<double>(letters.size());
    motto.box.left = glued.box.right;
    line.words.insert(line.words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(motto));
    return;
  }
}

OcrLine part_of(const OcrLine& line, std::size_t from, std::size_t to) {
  OcrLine part = line;
  part.words.assign(line.words.begin() + static_cast<std::ptrdiff_t>(from),
                    line.words.begin() + static_cast<std::ptrdiff_t>(to));
  part.fit_to_words();
  return part;
}

// Where the left column ends at the latest and the right one begins at the earliest.
struct Border {
  double left_end;
  double right_begin;
  bool right_has_room;      // as for a signature
  double right_words = -1;  // where words of the right column begin, however near the left one ends
};

struct Halves {
  std::optional<OcrLine> left;
  std::optional<OcrLine> right;
};

// Nothing for a line that runs on across the border.
std::optional<Halves> halves_of(const OcrLine& line, const Border& border) {
  std::size_t cut = 0;
  double widest = gutter * word_height(line);
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    const double from = end_of(line.words[i - 1]);
    const double to = line.words[i].box.left;
    if (to == border.right_words) {
      cut = i;
      break;
    }
    if (to - from > widest && to > border.right_begin && from < border.left_end) {
      widest = to - from;
      cut = i;
    }
  }
  if (cut > 0) {
    return Halves{part_of(line, 0, cut), part_of(line, cut, line.words.size())};
  }
  if (end_of(line.words.back()) <= border.left_end) {
    return Halves{line, std::nullopt};
  }
  return line.box.left >= border.right_begin ? std::optional(Halves{std::nullopt, line}) : std::nullopt;
}

class Columns {
 public:
  explicit Columns(OcrPage& page) : m_page(page) {
    for (std::size_t b = 0; b < page.blocks.size(); ++b) {
      for (std::size_t l = 0; l < page.blocks[b].lines.size(); ++l) {
        if (!page.blocks[b].lines[l].words.empty()) {
          m_places.push_back({b, l, middle_of(page.blocks[b].lines[l].box)});
        }
      }
    }
    std::stable_sort(m_places.begin(), m_places.end(),
                     [](const Place& a, const Place& b) { return a.middle < b.middle; });
  }

  void part_head() {
    for (const Place& place : m_places) {
      OcrLine& line = m_page.blocks[place.block].lines[place.line];
      if (line.box.bottom < head_depth * m_page.height) {
        free_motto(line);
      }
      auto motto = find_words(line, std::array<std::string_view, 4>{"cong", "hoa", "xa", "hoi"});
      motto = motto ? motto : find_words(line, std::array<std::string_view, 3>{"dang", "cong", "san"});
      if (motto && line.box.bottom < head_depth * m_page.height) {
        const double begin = line.words[*motto].box.left;
        take(line.box.top - height_of(line.box), head_depth * m_page.height,
             {begin + slack * m_page.width, begin - date_reach * m_page.width, false, begin});
        return;
      }
    }
  }

  void part_foot() {
    for (const Place& place : m_places) {
      const OcrLine& line = line_at(place);
      if (line.box.top > foot_from * m_page.height &&
          find_words(line, std::array<std::string_view, 2>{"noi", "nhan"}) == std::size_t{0}) {
        take(line.box.top, m_page.height, {0.6 * m_page.width, 0.38 * m_page.width, true});
        return;
      }
    }
  }

 private:
  [[nodiscard]] const OcrLine& line_at(const Place& place) const {
    return m_page.blocks[place.block].lines[place.line];
  }

  // Lines from `top` on until one belongs to no column.
  void take(double top, double bottom, const Border& border) {
    OcrBlock left;
    OcrBlock right;
    std::vector<Place> taken;
    bool across = false;
    for (const Place& place : m_places) {
      if (place.middle < top) {
        continue;
      }
      const OcrLine& line = line_at(place);
      const std::optional<Halves> halves = halves_of(line, border);
      if (!halves || place.middle > bottom || (halves->left && !follows(line, left)) ||
          (halves->right && !border.right_has_room && !follows(line, right))) {
        break;
      }
      across = across || (halves->left && halves->right);
      if (halves->left) {
        left.lines.push_back(*halves->left);
      }
      if (halves->right) {
        right.lines.push_back(*halves->right);
      }
      taken.push_back(place);
    }
    if (across) {
      replace(taken, std::move(left), std::move(right));
    }
  }

  static bool follows(const OcrLine& line, const OcrBlock& column) {
    return column.lines.empty() ||
           line.box.top - column.lines.back().box.bottom < next_line * height_of(column.lines.back().box);
  }

  void replace(const std::vector<Place>& taken, OcrBlock left, OcrBlock right) {
    const auto is_taken = [&](std::size_t b, std::size_t l) {
      return std::any_of(taken.begin(), taken.end(), [&](const Place& p) { return p.block == b && p.line == l; });
    };
    std::vector<OcrBlock> blocks;
    bool put = false;
    for (std::size_t b = 0; b < m_page.blocks.size(); ++b) {
      OcrBlock rest;
      for (std::size_t l = 0; l < m_page.blocks[b].lines.size(); ++l) {
        if (!is_taken(b, l)) {
          rest.lines.push_back(std::move(m_page.blocks[b].lines[l]));
        } else if (!put) {
          close(blocks, std::exchange(rest, {}));
          close(blocks, std::move(left));
          close(blocks, std::move(right));
          put = true;
        }
      }
      close(blocks, std::move(rest));
    }
    m_page.blocks = std::move(blocks);
  }

  static void close(std::vector<OcrBlock>& blocks, OcrBlock block) {
    if (block.lines.empty()) {
      return;
    }
    block.box = block.lines.front().box;
    for (const OcrLine& line : block.lines) {
      block.box = united(block.box, line.box);
    }
    blocks.push_back(std::move(block));
  }

  OcrPage& m_page;
  std::vector<Place> m_places;  // from top to bottom
};

}  // namespace

void read_columns_apart(OcrPage& page) {
  Columns(page).part_head();
  Columns(page).part_foot();
}

}  // namespace sohoa
