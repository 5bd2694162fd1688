// SPDX-License-Identifier: Apache-2.0
#include "core/page_lines.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

constexpr double noise = 0.1;           // confidence of what is seal, stamp or speck
constexpr double one_line_gap = 1;      // between pieces of a line, in heights of a word
constexpr double letter_gap = 0.2;      // between pieces of a word, the same
constexpr double one_line_slope = 0.3;  // of their baselines, the same
constexpr double mostly = 0.7;          // of a row's width, in the right column, which has all of it then
constexpr double wide_gap = 2.5;        // between two columns, in heights of a word
constexpr std::size_t max_rows = 2000;  // a page of print has a tenth of it
constexpr std::size_t max_words = 200;  // in a row
constexpr std::size_t max_word = 400;   // bytes
constexpr double sealed_height = 0.25;  // of a line in a seal's height
constexpr double sealed_before = 3;     // from a seal to the line that it may have cut, in heights
constexpr double right_side = 0.4;      // where a signature may begin, part of the width

bool is_placed(const Box& box) {
  return std::isfinite(box.left) && std::isfinite(box.top) && std::isfinite(box.right) && std::isfinite(box.bottom) &&
         box.left <= box.right && box.top <= box.bottom;
}

double centre_x(const Box& box) { return (box.left + box.right) / 2; }

}  // namespace

double PlacedLine::least_confidence(const Span& span) const {
  double least = 1;
  bool any = false;
  for (const PlacedWord& word : words) {
    if (word.begin < span.end && span.begin < word.end) {
      least = std::min(least, word.confidence);
      any = true;
    }
  }
  return any ? least : 0;
}

Box PlacedLine::box_of(const Span& span) const {
  std::optional<Box> all;
  for (const PlacedWord& word : words) {
    if (word.begin < span.end && span.begin < word.end) {
      all = all ? united(*all, word.box) : word.box;
    }
  }
  return all.value_or(box);
}

PageLines::PageLines(const OcrPage& page, const ExtractRules& rules, const TextPattern* divider,
                     const TextPattern* head_end)
    : m_width(page.width),
      m_height(page.height),
      m_head(rules.head * page.height),
      m_border(rules.column * page.width) {
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      const double baseline = (line.baseline_left + line.baseline_right) / 2;
      Row row;
      for (std::size_t i = 0; i < line.words.size() && i < max_words; ++i) {
        const OcrWord& word = line.words[i];
        const std::string text = to_nfc(trim(word.text));
        if (!text.empty() && text.size() <= max_word && std::isfinite(word.confidence) && word.confidence >= noise &&
            is_placed(word.box)) {
          const bool known = std::isfinite(baseline) && std::abs(baseline - word.box.bottom) < 2 * height_of(word.box);
          row.push_back({text, std::min(word.confidence, 1.0), word.box, known ? baseline : word.box.bottom,
                         to_nfc(trim(word.read))});
        }
      }
      if (!row.empty() && m_rows.size() < max_rows) {
        m_rows.push_back(std::move(row));
      }
    }
  }
  for (const Row& segment : segments()) {
    const PlacedLine line = placed(segment);
    if (head_end != nullptr && line.box.top < m_head && head_end->finds(line.text)) {
      m_head = line.box.top;
    }
  }
  for (std::size_t i = 0; divider != nullptr && i < m_rows.size(); ++i) {
    const PlacedLine line = placed(m_rows[i]);
    const std::vector<TextMatch> found =
        line.box.top < m_head ? divider->find_all(line.text) : std::vector<TextMatch>();
    if (!found.empty()) {
      const Box box = line.box_of(found.front()[0]);
      m_border = box.left - height_of(box) / 2;
      m_divider_bottom = box.bottom;
      break;
    }
  }
  for (const OcrMark& mark : page.marks) {
    if ((mark.kind == OcrMark::Kind::seal || mark.kind == OcrMark::Kind::stamp) && is_placed(mark.box)) {
      m_seals.push_back(mark.box);
    }
  }
}

bool PageLines::sealed(const PlacedLine& line) const {
  return std::any_of(m_seals.begin(), m_seals.end(), [&line](const Box& seal) {
    const double shared = std::min(seal.bottom, line.box.bottom) - std::max(seal.top, line.box.top);
    return shared > sealed_height * line.height() && seal.left < line.box.right &&
           seal.right > line.box.left - sealed_before * line.height();
  });
}

bool PageLines::ends_seal(const PlacedLine& line) const {
  constexpr double reach = 2;  // of the line's height
  return std::any_of(m_seals.begin(), m_seals.end(), [&line](const Box& seal) {
    return seal.left < line.centre() && seal.right > line.box.left - reach * line.height() &&
           seal.top < line.box.top - 2 * reach * line.height() &&
           std::abs(seal.bottom - middle_of(line.box)) < reach * line.height();
  });
}

const std::vector<PlacedLine>& PageLines::in(Region region) {
  const auto known = m_made.find(region);
  return known != m_made.end() ? known->second : m_made.emplace(region, make(region)).first->second;
}

std::vector<PlacedLine> PageLines::make(Region region) const {
  std::vector<Row> rows;
  switch (region) {
    case Region::page:
      rows = m_rows;
      break;
    case Region::head_left:
      rows = column(0, m_border, m_head);
      break;
    case Region::head_right:
      rows = column(m_border, m_width, m_head);
      break;
    case Region::left:
      rows = column(0, m_width / 2, m_height);
      break;
    case Region::body:
    case Region::right:
      rows = segments();
      break;
  }
  std::vector<PlacedLine> lines;
  for (const Row& row : rows) {
    PlacedLine line = placed(row);
    if (region != Region::right || line.box.left > right_side * m_width) {
      lines.push_back(std::move(line));
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const PlacedLine& a, const PlacedLine& b) { return a.box.top < b.box.top; });
  return lines;
}

// The middle of a row that crosses the head's border with no wider a blank there than between words and stands most
// right of it, as a long place with its date does. Rows down to the divider's have both columns' words.
std::optional<double> PageLines::side_of(const Row& row) const {
  const auto second =
      std::find_if(row.begin(), row.end(), [this](const Word& word) { return centre_x(word.box) >= m_border; });
  if (!m_divider_bottom || second == row.begin() || second == row.end()) {
    return std::nullopt;
  }
  const Box all = united(row.front().box, row.back().box);
  const double gap = second->box.left - std::prev(second)->box.right;
  const double right = (all.right - m_border) / (all.right - all.left);
  if (gap > one_line_gap * height_of(second->box) || all.top <= *m_divider_bottom || right < mostly) {
    return std::nullopt;
  }
  return centre_x(all);
}

// The words above `bottom` between two places, put together again where they share a baseline.
std::vector<PageLines::Row> PageLines::column(double left, double right, double bottom) const {
  std::vector<Row> rows;
  for (const Row& row : m_rows) {
    const std::optional<double> all_at = side_of(row);
    Row part;
    for (const Word& word : row) {
      const double x = all_at.value_or(centre_x(word.box));
      if (x >= left && x < right && word.box.top < bottom) {
        part.push_back(word);
      }
    }
    if (part.empty()) {
      continue;
    }
    const auto same = std::find_if(rows.begin(), rows.end(), [&part](const Row& other) {
      const double height = std::min(height_of(part.front().box), height_of(other.front().box));
      return std::abs(part.front().baseline - other.front().baseline) < height / 2;
    });
    if (same == rows.end()) {
      rows.push_back(std::move(part));
    } else {
      same->insert(same->end(), part.begin(), part.end());
      std::stable_sort(same->begin(), same->end(),
                       [](const Word& a, const Word& b) { return a.box.left < b.box.left; });
    }
  }
  return rows;
}

// Rows parted where a wide gap shows that two columns were read as one line.
std::vector<PageLines::Row> PageLines::segments() const {
  std::vector<Row> parts;
  for (const Row& row : m_rows) {
    std::vector<double> heights;
    for (const Word& word : row) {
      heights.push_back(height_of(word.box));
    }
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    const double gap = wide_gap * heights[heights.size() / 2];
    parts.emplace_back();
    for (const Word& word : row) {
      if (!parts.back().empty() && word.box.left - parts.back().back().box.right > gap) {
        parts.emplace_back();
      }
      parts.back().push_back(word);
    }
  }
  return joined(std::move(parts));
}

// Pieces that lie closer than words do are one word: "C" and "HỦ".
void PageLines::join(Row& row, const Row& rest, bool one_word) {
  if (one_word) {
    Word& last = row.back();
    const Word& first = rest.front();
    if (!last.read.empty() || !first.read.empty()) {
      last.read = (last.read.empty() ? last.text : last.read) + (first.read.empty() ? first.text : first.read);
    }
    last.text += first.text;
    last.confidence = std::min(last.confidence, first.confidence);
    last.box = united(last.box, first.box);
  }
  row.insert(row.end(), rest.begin() + (one_word ? 1 : 0), rest.end());
}

// The pieces of one line that came as several: strokes lie between them.
std::vector<PageLines::Row> PageLines::joined(std::vector<Row> parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j < parts.size(); ++j) {
      const Word& end = parts[i].back();
      const double height =
          i == j || parts[j].empty() ? 0 : std::min(height_of(end.box), height_of(parts[j].front().box));
      const double gap = height > 0 ? parts[j].front().box.left - end.box.right : 0;
      if (height > 0 && gap > 0 && gap < one_line_gap * height &&
          std::abs(end.baseline - parts[j].front().baseline) < one_line_slope * height) {
        join(parts[i], parts[j], gap < letter_gap * height);
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(j));
        i -= j < i ? 1 : 0;
        j = 0;
      }
    }
  }
  return parts;
}

PlacedLine PageLines::placed(const Row& row) {
  PlacedLine line;
  for (const Word& word : row) {
    line.text += line.text.empty() ? "" : " ";
    line.box = line.words.empty() ? word.box : united(line.box, word.box);
    line.words.push_back({line.text.size(), line.text.size() + word.text.size(), word.confidence, word.box, word.read});
    line.text += word.text;
  }
  return line;
}

}  // namespace sohoa
