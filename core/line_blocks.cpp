// SPDX-License-Identifier: Apache-2.0
#include "core/line_blocks.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

// Measured on office papers after NĐ 30/2020.
constexpr double same_centre = 0.015;  // lines of one centred text, part of the width
constexpr double title_centre = 0.05;  // titles above a signature, over which the seal lies, part of the width
constexpr double text_centre = 0.53;   // between the margins of NĐ 30/2020, App. I, part of the width
constexpr double heading_centre = 0.06;
constexpr double same_edge = 0.012;    // lines that begin below each other, part of the width
constexpr double short_line = 0.6;     // a receiver, not a paragraph of the text, part of the width
constexpr double half_line = 0.5;      // what a stamp leaves of a subject, not of the text, part of the width
constexpr double close_by = 1.5;       // gap between lines of one text, in heights
constexpr double with_a_gap = 0.5;     // factor for a text of which a line may be missing
constexpr double unread = 0.6;         // mean confidence of a line of a list that is no text
constexpr double stamped = 0.75;       // mean confidence of stamps and seals beside the text
constexpr std::size_t max_lines = 20;  // of one value
constexpr std::size_t max_items = 60;  // of a list

bool begins_large(const std::string& text) {
  static const TextPattern large("^\\p{Lu}\\p{Ll}", "core");
  return large.finds(text);
}

// What of the line lies about the centre: all of it, or what is left without the stamp before it, or nothing. A stamp
// reads badly, or the text after it begins with a capital letter.
PlacedLine centred_part(const PlacedLine& line, double centre, double width) {
  double sum = 0;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const PlacedLine rest = rest_of(line, line.words[i].begin);
    const bool unsure = sum < stamped * static_cast<double>(i) && rest.box.right - rest.box.left < half_line * width;
    if ((i == 0 || unsure || begins_large(rest.text)) && std::abs(rest.centre() - centre) <= same_centre * width) {
      return rest;
    }
    sum += line.words[i].confidence;
  }
  return {};
}

struct Item {
  PlacedLine line;
  bool bulleted = false;
};

// The line without its bullet.
Item item_of(const PlacedLine& line) {
  for (const char* bullet : {"-", "–", "—", "+", "•", "~"}) {
    const std::string mark = bullet;
    if (line.text.compare(0, mark.size(), mark) == 0) {
      const std::size_t begin = line.text.find_first_not_of(' ', mark.size());
      return begin == std::string::npos ? Item{{}, true} : Item{rest_of(line, begin), true};
    }
  }
  return {line, false};
}

void append(PlacedLine& line, const PlacedLine& more) {
  const std::size_t moved = line.text.size() + 1;
  line.text += " " + more.text;
  line.box = united(line.box, more.box);
  for (PlacedWord word : more.words) {
    word.begin += moved;
    word.end += moved;
    line.words.push_back(word);
  }
}

bool is_capital(const std::string& text) {
  static const TextPattern small("\\p{Ll}", "core");
  return !small.finds(text);
}

bool ends_with(const std::string& text, const char* marks) {
  return !text.empty() && std::string(marks).find(text.back()) != std::string::npos;
}

bool same_row(const PlacedLine& a, const PlacedLine& b) {
  return std::abs(middle_of(a.box) - middle_of(b.box)) < std::min(a.height(), b.height()) / 2;
}

// As follows(), where boxes may overlap because a word of the row stands high.
bool goes_on_below(const PlacedLine& upper, const PlacedLine& lower) {
  const double height = std::min(upper.height(), lower.height());
  return lower.box.bottom - upper.box.bottom > height / 3 && lower.box.top - upper.box.bottom <= close_by * height;
}

// Whether the line is another item, or more of one, of the list so far.
bool belongs(const PlacedLine& line, const std::vector<PlacedLine>& so_far, bool bullets, double width) {
  const PlacedLine& last = so_far.back();
  if (same_row(last, line)) {
    return line.box.left > last.box.left;
  }
  const Item item = item_of(line);
  if (!goes_on_below(last, line) || line.box.right - line.box.left > short_line * width) {
    return false;
  }
  if (item.bulleted) {
    return line.box.left < last.box.right && last.box.left < line.box.right;
  }
  if (bullets) {
    return !ends_with(last.text, ".") && line.box.left > last.box.left - same_edge * width &&
           line.box.left < last.box.right;
  }
  return !ends_with(last.text, ".") && (std::abs(line.box.left - last.box.left) <= same_edge * width ||
                                        std::abs(line.centre() - last.centre()) <= same_centre * width);
}

}  // namespace

FoundField text_of(const std::vector<PlacedLine>& lines, const std::string& between) {
  FoundField found;
  found.prose = true;
  double sum = 0;
  double weight = 0;
  for (const PlacedLine& line : lines) {
    found.box = found.value.empty() ? line.box : united(found.box, line.box);
    found.value += (found.value.empty() ? "" : between) + line.text;
    for (const PlacedWord& word : line.words) {
      const auto length = static_cast<double>(word.end - word.begin);
      sum += word.confidence * length;
      weight += length;
    }
  }
  found.confidence = weight > 0 ? sum / weight : 0;
  found.read = found.value;
  return found;
}

double least_confidence(const std::vector<PlacedLine>& lines) {
  double least = 1;
  for (const PlacedLine& line : lines) {
    least = std::min(least, line.least_confidence({0, line.text.size(), true}));
  }
  return lines.empty() ? 0 : least;
}

PlacedLine rest_of(const PlacedLine& line, std::size_t begin) {
  PlacedLine rest;
  rest.text = line.text.substr(begin);
  rest.box = line.box_of({begin, line.text.size(), true});
  for (PlacedWord word : line.words) {
    if (word.end > begin) {
      word.begin = word.begin > begin ? word.begin - begin : 0;
      word.end -= begin;
      rest.words.push_back(word);
    }
  }
  return rest;
}

PlacedLine part_of(const PlacedLine& line, const Span& span) {
  PlacedLine part = rest_of(line, span.begin);
  const std::size_t length = span.end - span.begin;
  part.text.resize(length);
  part.box = line.box_of(span);
  part.words.erase(std::remove_if(part.words.begin(), part.words.end(),
                                  [length](const PlacedWord& word) { return word.begin >= length; }),
                   part.words.end());
  return part;
}

PlacedLine less_scraps(const PlacedLine& line) {
  static const TextPattern capitals(R"(^\p{Lu}{2,}[.,]?$)", "core");
  constexpr double badly = 0.8;
  const auto first = std::find_if(line.words.begin(), line.words.end(), [&](const PlacedWord& word) {
    return word.confidence >= badly || capitals.finds(line.text.substr(word.begin, word.end - word.begin));
  });
  if (first == line.words.begin() || first == line.words.end() || !is_capital(line.text.substr(first->begin))) {
    return line;
  }
  return part_of(line, {first->begin, line.text.size(), true});
}

bool follows(const PlacedLine& upper, const PlacedLine& lower) {
  return lower.box.top >= (upper.box.top + upper.box.bottom) / 2 &&
         lower.box.top - upper.box.bottom <= close_by * std::min(upper.height(), lower.height());
}

std::vector<FoundField> block_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern,
                                 const TextPattern* until, bool below, double width) {
  std::vector<PlacedLine> text;
  std::optional<PlacedLine> above;
  double centre = 0;
  bool passed_over = false;  // a line that may belong to the text
  bool doubtful = false;
  for (const PlacedLine& line : lines) {
    if (!above) {
      const std::vector<TextMatch> found = pattern.find_all(line.text);
      if (found.empty()) {
        continue;
      }
      const TextMatch& match = found.front();
      above = below ? part_of(line, match[0]) : line;
      centre = above->centre();
      if (below && match[0].begin > 0 && std::abs(centre - text_centre * width) > heading_centre * width) {
        above.reset();  // the end of a line of the text
        continue;
      }
      if (!below) {
        text.push_back(rest_of(line, value_of(match).begin));
      }
      continue;
    }
    const PlacedLine part = below ? centred_part(line, centre, width) : line;
    if (part.words.empty()) {
      const bool in_the_way = line.box.left < centre && centre < line.box.right;
      passed_over = passed_over || in_the_way;
      doubtful = doubtful || (in_the_way && !text.empty() && follows(*above, line));
      continue;
    }
    if (!follows(*above, part) || (until != nullptr && until->finds(part.text)) || text.size() == max_lines) {
      break;
    }
    doubtful = doubtful || passed_over;
    text.push_back(part);
    above = part;
  }
  std::vector<FoundField> found;
  if (!text.empty()) {
    found.push_back(text_of(text));
    found.back().confidence *= doubtful ? with_a_gap : 1;
  }
  return found;
}

std::vector<FoundField> list_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern,
                                const TextPattern* until, const TextPattern* last, double width) {
  std::vector<PlacedLine> pieces;
  std::vector<PlacedLine> items;
  bool bullets = false;
  bool lost = false;  // an item
  const auto add = [&](const PlacedLine& line) {
    const Item item = item_of(line);
    const bool fresh = item.bulleted || items.empty() || (bullets && ends_with(items.back().text, ";"));
    bullets = bullets || item.bulleted;
    if (item.line.words.empty()) {
      return;
    }
    if (fresh) {
      items.push_back(item.line);
    } else {
      append(items.back(), item.line);
    }
  };
  for (const PlacedLine& line : lines) {
    if (pieces.empty()) {
      if (const std::vector<TextMatch> found = pattern.find_all(line.text); !found.empty()) {
        pieces.push_back(line);
        const std::size_t begin = line.text.find_first_not_of(' ', found.front()[0].end);
        if (begin != std::string::npos) {
          pieces.back() = rest_of(line, begin);
          add(pieces.back());
        }
      }
      continue;
    }
    if (items.size() == max_items || (until != nullptr && until->finds(line.text))) {
      break;
    }
    if (belongs(line, pieces, bullets, width)) {
      pieces.push_back(line);
      add(line);
    } else if (text_of({line}).confidence < unread && goes_on_below(pieces.back(), line)) {
      pieces.push_back(line);
      lost = true;
    } else if (line.box.left < pieces.back().box.right && pieces.back().box.left < line.box.right) {
      break;  // what stands below is something else
    }
  }
  const bool cut = !items.empty() &&
                   (lost || ends_with(items.back().text, ",") || (last != nullptr && !last->finds(items.back().text)));
  for (PlacedLine& item : items) {
    const std::size_t end = item.text.find_last_not_of(" ;:,.");
    item.text.resize(end == std::string::npos ? 0 : end + 1);
  }
  items.erase(std::remove_if(items.begin(), items.end(), [](const PlacedLine& item) { return item.text.empty(); }),
              items.end());
  if (items.empty()) {
    return {};
  }
  FoundField found = text_of(items, "; ");
  found.confidence *= cut ? with_a_gap : 1;
  return {found};
}

std::vector<PlacedLine> titles_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern, double width) {
  std::vector<PlacedLine> best;
  std::vector<PlacedLine> run;
  for (const PlacedLine& line : lines) {
    const bool title = pattern.finds(line.text);
    const bool goes_on = !run.empty() && follows(run.back(), line) && is_capital(line.text) &&
                         std::abs(line.centre() - run.back().centre()) <= title_centre * width;
    if (!goes_on) {
      if (!title) {
        continue;
      }
      run.clear();
    }
    run.push_back(line);
    best = run;
  }
  return best;
}

}  // namespace sohoa
