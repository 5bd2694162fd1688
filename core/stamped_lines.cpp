// SPDX-License-Identifier: Apache-2.0
#include "core/stamped_lines.hpp"

#include "core/second_look.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sohoa {
namespace {

constexpr double sure_word = 0.8;
constexpr double found_word = 0.5;
constexpr double beside = 2;  // heights of the line that it must go on for beside the stamp

// Of a stamp of which the frame is too thin to be seen as one: signs that many heights of a line wide and high.
constexpr double stamp_width = 5;
constexpr double stamp_height = 2.5;
constexpr double between = 1;  // heights of a line, between the pieces of a stamp

bool stands_in(const OcrWord& word, const Box& box) { return shared_area(word.box, box) > 0.5 * area_of(word.box); }

bool is_crossed(const Box& line, const Box& stamp) {
  const double room = beside * height_of(line);
  const double middle = middle_of(line);
  return middle > stamp.top && middle < stamp.bottom && line.left < stamp.right && line.right > stamp.left &&
         (line.right > stamp.right + room || line.left < stamp.left - room);
}

// Stamps, and what else of coloured ink stands above `head_end`, pieces near each other as one.
std::vector<Box> coloured_places(const std::vector<OcrMark>& marks, double head_end, double line_height) {
  std::vector<Box> places;
  for (const OcrMark& mark : marks) {
    if (mark.kind != OcrMark::Kind::stamp && (mark.kind == OcrMark::Kind::seal || mark.box.bottom > head_end)) {
      continue;
    }
    Box place = mark.box;
    const auto near = [&](const Box& other) { return touch(with_room(place, between * line_height), other); };
    for (auto at = std::find_if(places.begin(), places.end(), near); at != places.end();
         at = std::find_if(places.begin(), places.end(), near)) {
      place = united(place, *at);
      places.erase(at);
    }
    places.push_back(place);
  }
  std::erase_if(places, [&](const Box& place) {
    return place.right - place.left < stamp_width * line_height || height_of(place) < stamp_height * line_height;
  });
  return places;
}

bool same_place(const OcrWord& a, const OcrWord& b) {
  return shared_area(a.box, b.box) > 0.5 * std::min(area_of(a.box), area_of(b.box));
}

// The surer reading of each word; less what the stamp left, which is none. Nothing where a word is lost that was surely
// read beside the stamp.
std::vector<SeenWord> merged(const SeenLine& print, const SeenLine& line, const Box& stamp,
                             const LanguageModel& model) {
  std::vector<const SeenWord*> beside_stamp;
  for (const SeenWord& seen : line.words) {
    if (seen.word.confidence >= sure_word && !stands_in(seen.word, stamp)) {
      beside_stamp.push_back(&seen);
    }
  }
  if (beside_stamp.empty()) {
    return {};
  }
  Box print_box = beside_stamp.front()->word.box;
  for (const SeenWord* seen : beside_stamp) {
    print_box = united(print_box, seen->word.box);
  }
  std::vector<SeenWord> words;
  for (SeenWord seen : print.words) {
    // What is left of the stamp makes boxes higher.
    seen.word.box.top = std::clamp(seen.word.box.top, print_box.top, print_box.bottom - 1);
    seen.word.box.bottom = std::clamp(seen.word.box.bottom, seen.word.box.top + 1, print_box.bottom);
    const auto known = std::find_if(beside_stamp.begin(), beside_stamp.end(),
                                    [&](const SeenWord* other) { return same_place(other->word, seen.word); });
    if (known != beside_stamp.end()) {
      words.push_back((*known)->word.confidence > seen.word.confidence ? **known : seen);
      beside_stamp.erase(known);
    } else if (seen.word.confidence >= found_word || has(model, seen.word)) {
      words.push_back(seen);
    }
  }
  return beside_stamp.empty() ? words : std::vector<SeenWord>();
}

// What was surely read in the stamp where no print is.
SeenLine stamp_words(const SeenLine& line, const SeenLine& print, const Box& stamp) {
  SeenLine words = line;
  std::erase_if(words.words, [&](const SeenWord& seen) {
    const bool is_print = std::any_of(print.words.begin(), print.words.end(), [&](const SeenWord& other) {
      return shared_area(other.word.box, seen.word.box) > 0;
    });
    return is_print || seen.word.confidence < sure_word || !stands_in(seen.word, stamp);
  });
  if (!words.words.empty()) {
    words.line.box = box_of(words.words);
  }
  return words;
}

}  // namespace

std::vector<StampedLine> stamped_lines(const SeenPage& page, const std::vector<OcrMark>& marks, double head_end) {
  std::vector<StampedLine> found;
  const std::vector<Box> stamps = coloured_places(marks, head_end, middle_height(page).value_or(0));
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Box& line = page.lines[i].line.box;
    const auto stamp =
        std::find_if(stamps.begin(), stamps.end(), [&](const Box& box) { return is_crossed(line, box); });
    if (stamp != stamps.end()) {
      found.push_back(
          {i, *stamp, {std::min(line.left, stamp->left), line.top, std::max(line.right, stamp->right), line.bottom}});
    }
  }
  return found;
}

std::size_t take_print(SeenPage& page, const StampedLine& place, SeenLine print, const LanguageModel& model) {
  SeenLine& line = page.lines[place.line];
  print.words = merged(print, line, place.stamp, model);
  if (print.words.empty()) {
    return 0;
  }
  print.line.box = box_of(print.words);
  SeenLine stamp = stamp_words(line, print, place.stamp);
  print.block = line.block;
  print.begins_block = line.begins_block || !stamp.words.empty();
  line = std::move(print);
  if (stamp.words.empty()) {
    return 0;
  }
  page.lines.insert(page.lines.begin() + static_cast<std::ptrdiff_t>(place.line), std::move(stamp));
  return 1;
}

}  // namespace sohoa
