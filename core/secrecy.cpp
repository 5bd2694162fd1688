// SPDX-License-Identifier: Apache-2.0
#include "core/secrecy.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr double wide_gap = 1.6;     // of the line's height, between parts of a line that are not one
constexpr double unsure = 0.8;       // confidence of a word that may be another one
constexpr std::size_t id_part = 16;  // hex digits: no two documents share them

// A part of a line with wide gaps around it.
struct Segment {
  Box box;
  std::string text;
  bool is_sure = true;
};

std::vector<Segment> segments_of(const OcrLine& line) {
  std::vector<Segment> segments;
  for (const OcrWord& word : line.words) {
    const double gap = wide_gap * std::min(height_of(line.box), height_of(word.box) * 1.5);
    if (segments.empty() || word.box.left - segments.back().box.right > gap) {
      segments.push_back({word.box, word.text, word.confidence >= unsure});
    } else {
      segments.back().is_sure = segments.back().is_sure && word.confidence >= unsure;
      segments.back().box = united(segments.back().box, word.box);
      segments.back().text += " " + word.text;
    }
  }
  return segments;
}

// A tilted mark comes as two lines, the second below the first and to the right or the left of it.
bool go_on(const Segment& first, const Segment& second) {
  const double height = height_of(first.box);
  const double down = second.box.top - first.box.top;
  return std::abs(down) < 2.5 * height && second.box.left < first.box.right + 3 * height &&
         second.box.right > first.box.left;
}

// The mark whose words come one after the other, the second one letter off at most. A long first word is enough.
std::optional<std::string> mark_in_two(const Segment& first, const std::vector<Segment>& below,
                                       const SecrecyRules& rules) {
  auto mark = in_capitals(first.text) ? first_of_mark(comparable_words(first.text), rules) : std::nullopt;
  if (!mark || comparable(first.text).size() >= long_word) {
    return mark;
  }
  const std::string second = last_comparable_word(*mark);
  const bool goes_on = std::any_of(below.begin(), below.end(), [&](const Segment& segment) {
    const std::vector<std::string> words = comparable_words(segment.text);
    return !words.empty() && edit_distance(words.front(), second) <= 1 && go_on(first, segment);
  });
  return goes_on ? mark : std::nullopt;
}

// One of the words that make another word of the mark stands right behind it, in whatever line it was read.
bool goes_on_as_word(const Segment& mark, const OcrPage& page, const SecrecyRules& rules) {
  const double height = height_of(mark.box);
  const std::vector<std::string> own = split_words(mark.text);
  const auto is_behind = [&](const OcrWord& word) {
    return std::find(own.begin(), own.end(), word.text) == own.end() && word.box.left > mark.box.left &&
           word.box.left < mark.box.right + height &&
           std::abs(middle_of(word.box) - middle_of(mark.box)) < height / 2 &&
           std::any_of(rules.before.begin(), rules.before.end(),
                       [&](const std::string& other) { return comparable(other) == comparable(word.text); });
  };
  return std::any_of(page.blocks.begin(), page.blocks.end(), [&](const OcrBlock& block) {
    return std::any_of(block.lines.begin(), block.lines.end(), [&](const OcrLine& line) {
      return std::any_of(line.words.begin(), line.words.end(), is_behind);
    });
  });
}

}  // namespace

std::string described(const std::string& mark) {
  return mark == unread_mark ? "a stamp across its print that cannot be read" : "the secrecy mark " + mark;
}

Json to_json(const SecrecyRules& rules) {
  return Json{{"marks", rules.marks},   {"side_marks", rules.side_marks}, {"after", rules.after},
              {"before", rules.before}, {"others", rules.others},         {"where", rules.where}};
}

std::optional<std::string> mark_in_text(const OcrPage& page, const SecrecyRules& rules) {
  std::vector<Segment> above;  // of the line before
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      if (rules.where != "anywhere" && middle_of(line.box) > page.height / 2.0) {
        continue;
      }
      std::vector<Segment> segments = segments_of(line);
      const bool broken_off = std::any_of(above.begin(), above.end(), [&](const Segment& before) {
        const std::string last = last_comparable_word(before.text);
        return std::any_of(rules.after.begin(), rules.after.end(),
                           [&](const std::string& word) { return last == comparable(word); });
      });
      std::vector<Segment> places = segments;
      if (segments.size() == 2) {  // a faint word is read shorter than it is
        places.push_back({line.box, segments[0].text + " " + segments[1].text});
      }
      for (const Segment& segment : places) {
        auto mark = broken_off ? std::nullopt : mark_in_stamp(segment.text, StampShape::bare, rules);
        if (!mark && !broken_off && !segment.is_sure) {
          mark = short_mark_worn_in_front(segment.text, rules);
        }
        if (mark && !goes_on_as_word(segment, page, rules)) {
          return mark;
        }
      }
      for (const Segment& segment : above) {
        if (auto mark = mark_in_two(segment, segments, rules)) {
          return mark;
        }
      }
      above = std::move(segments);
    }
  }
  for (const Segment& segment : above) {
    if (auto mark = mark_in_two(segment, {}, rules)) {
      return mark;
    }
  }
  return std::nullopt;
}

bool is_secret(const Json& record) {
  return string_of(record, "status") == to_string(Status::quarantined) &&
         string_of(first_error(record), "id") == secret_mark_id;
}

std::string short_id(const std::string& id) { return id.substr(0, id_part); }

void make_secret(Document& document, std::size_t page, const std::string& mark) {
  Json& record = document.record();
  for (const char* key : {"fields", "dossier", "code", "pdf", "sidecars", "signatures", "problems"}) {
    record.erase(key);
  }
  record["pages"] = Json(document.page_count(), Json::object());
  document.add_problem(
      {Severity::error, std::string(secret_mark_id),
       "page " + std::to_string(page) + " bears " + described(mark) + ", so nothing of the document was copied or kept",
       "take the scans out of the inbox and deal with the paper as a secret one; if the mark is none, "
       "run again with --not-secret " +
           short_id(document.id()),
       page});
  document.set_status(Status::quarantined);
}

}  // namespace sohoa
