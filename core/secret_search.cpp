// SPDX-License-Identifier: Apache-2.0
#include "core/secret_search.hpp"

#include "core/letters.hpp"
#include "core/other_stamps.hpp"
#include "core/secrecy.hpp"
#include "core/stamp_looks.hpp"
#include "core/stamp_over_print.hpp"
#include "core/stamp_places.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace sohoa {
namespace {

constexpr std::size_t few_letters = 4;
constexpr double sure = 0.85;  // confidence of each word in a place that need not be read again

// What the page's text has in the box, when nothing there is unsure.
std::optional<std::string> sure_text_in(const OcrPage& page, const Box& box) {
  std::string text;
  if (std::any_of(page.marks.begin(), page.marks.end(), [&](const OcrMark& mark) { return touch(mark.box, box); })) {
    return std::nullopt;
  }
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        if (holds_middle(box, word.box)) {
          if (word.confidence < sure) {
            return std::nullopt;
          }
          text += (text.empty() ? "" : " ") + word.text;
        }
      }
    }
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

// What is left of print in several pieces looks like a short mark at times.
bool is_scattered(const std::string& read, const std::string& mark) {
  constexpr std::size_t is_long = 5;
  int words = 0;
  for (const std::string& word : split_words(read)) {
    if (comparable(word) == comparable(mark)) {
      return false;
    }
    words += comparable(word).empty() ? 0 : 1;
  }
  return words > 1 && comparable(mark).size() < is_long;
}

// The words of a reading that has a few letters, most of them capitals.
std::set<std::string> words_in_capitals(const std::string& read, const std::vector<std::string>& marks,
                                        const Recognizer& reader) {
  constexpr std::size_t short_word = 3;
  std::set<std::string> known;
  if (comparable(read).size() >= few_letters && mostly_capitals(read)) {
    for (const std::string& word : split_words(read)) {
      const std::string core = parts_of(word).core;
      if (characters(core) >= short_word && reader.knows(core) && !is_near_mark(comparable(core), marks)) {
        known.insert(comparable(core));
      }
    }
  }
  return known;
}

// Whether two looks see the same word in capitals: another stamp. What it lies over is in small ones, and both together
// read as no word, or as another one in each look.
bool says_something(const std::vector<std::string>& readings, const std::vector<std::string>& marks,
                    const Recognizer& reader) {
  std::set<std::string> seen;
  for (const std::string& read : readings) {
    for (const std::string& word : words_in_capitals(read, marks, reader)) {
      if (!seen.insert(word).second) {
        return true;
      }
    }
  }
  return false;
}

// Two capitals side by side as a mark has them. Feet and heads of print, which make a frame at times, though no
// straight one, read as anything.
bool has_letters_of(const std::vector<std::string>& marks, const std::string& read) {
  const std::vector<std::string> letters = split_characters(read);
  for (std::size_t i = 1; i < letters.size(); ++i) {
    const std::string pair = letters[i - 1] + letters[i];
    if (is_upper(letters[i - 1]) && is_upper(letters[i]) &&
        std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
          return comparable(mark).find(comparable(pair)) != std::string::npos;
        })) {
      return true;
    }
  }
  return false;
}

// The frames of marks are 8 mm high and 20 to 50 wide; those of other kinds are longer, as SAO Y BẢN CHÍNH, or higher,
// as an office's for what it received. What makes a clear one in the small seal of an electronic signature is narrower;
// of a worn one a part may be seen.
bool is_of_a_mark_s_size(const Box& box, bool clear, double dpi) {
  constexpr double highest = 13.0 / 25.4;    // inches
  constexpr double narrowest = 15.0 / 25.4;  // inches
  constexpr double widest = 6.5;             // times as wide as high
  const double width = box.right - box.left;
  return width < widest * height_of(box) &&
         (dpi <= 0 || (height_of(box) < highest * dpi && (!clear || width > narrowest * dpi)));
}

// What a look at a piece gave.
struct Seen {
  std::optional<std::string> mark;
  std::optional<std::string> another = {};  // stamp that was told, by its name; empty where that was not read
};

Seen look_at(const StampPiece& piece, const SeenPaper& paper, const SecrecyRules& rules, Recognizer& reader) {
  const OcrPage& page = paper.text;
  const bool clear = piece.framed && piece.clear >= clear_frame;
  const bool worn = piece.framed && piece.coloured && !clear;
  const StampShape shape = clear || worn ? StampShape::framed : piece.framed ? StampShape::unclear : StampShape::apart;
  const auto known = clear && !stands_askew(piece) ? sure_text_in(page, piece.box) : std::nullopt;
  const std::string read = reader.read_line(*piece.image);
  if (auto other = other_stamp_in(read, rules)) {  // what is read of it in other looks is worse
    return {std::nullopt, std::move(other)};
  }
  const auto mark_in = [&](const std::string& text) {
    auto mark = mark_in_stamp(text, shape, rules);
    // Parts of seals look like worn frames, and the few letters of a short mark are soon among what is read there.
    const bool is_short = mark && worn && comparable(*mark).size() < long_word;
    return is_short ? mark_in_stamp(text, StampShape::unclear, rules) : mark;
  };
  auto mark = mark_in(read);
  // The scanner's noise hides faint letters.
  if (!mark && !piece.framed && !piece.coloured && comparable(read).empty()) {
    mark = mark_in(reader.read_line(*without_noise(*piece.image)));
  }
  const bool sized = is_of_a_mark_s_size(piece.box, clear, paper.dpi);
  // Pale words are a pen's at times, but no pen writes in capitals of a mark's height.
  const bool pale = piece.pale && comparable(read).size() >= few_letters && mostly_capitals(read);
  const bool hides_print =
      (worn || pale) && sized && piece.down <= 0.5 && !lies_at_edge(piece.box, page) && lies_over_print(piece, page);
  // Two readings that agree have seen all there is, a cell of a table or a stamp of another kind, but where it is print
  // that a fainter stamp lies over.
  const bool agree = known && comparable(*known) == comparable(read);
  if (mark || !(clear || hides_print) || lies_in_seal(piece.box, page) || (agree && !goes_over_side(piece, page))) {
    return {mark};
  }
  constexpr std::ptrdiff_t seen_twice = 2;
  // What print and the office's stamp for what it received make together is hard to read, and no mark.
  const bool received = lies_in_received_stamp(piece.box, page, paper.dpi);
  std::vector<std::string> readings{read};
  const auto times = [&readings](const auto& is_so) { return std::count_if(readings.begin(), readings.end(), is_so); };
  for (const PixPtr& look : other_looks(*piece.image)) {
    readings.push_back(reader.read_line(*look));
    if (times([&](const auto& one) { return other_stamp_in(one, rules).has_value(); }) == seen_twice) {
      return {std::nullopt, other_stamp_in(readings.back(), rules)};
    }
    if ((mark = mark_in(readings.back())) && !is_scattered(readings.back(), *mark) &&
        (!received || mostly_capitals(readings.back()))) {
      return {mark};
    }
  }
  if (times([&](const auto& one) { return is_worn_other_stamp(one, rules); }) > 0 ||
      times([](const auto& one) { return is_long_number(one); }) >= seen_twice) {
    return {std::nullopt, std::string()};
  }
  const auto has_letters = [&](const auto& one) { return has_letters_of(rules.marks, one); };
  // A drawn frame across print is a stamp's, though little be read in it: MẬT has but three letters. So is a coloured
  // one, which no lines of print make.
  const bool drawn = piece.coloured || piece.clear >= drawn_frame;
  const std::size_t fewest = drawn && stands_askew(piece) ? 2 : few_letters;
  const bool unread = !agree && !received &&
                      times([=](const auto& one) { return comparable(one).size() >= fewest; }) > 0 &&
                      !says_something(readings, rules.marks, reader) && (drawn || times(has_letters) > 0) &&
                      !(piece.coloured && is_read_twice(readings));
  const HiddenPart hidden = drawn ? part_hidden_by(piece, page) : HiddenPart();
  // Where a line ends a form has boxes, too.
  const bool hides_an_end = hidden.end && times(has_letters) >= seen_twice;
  const bool hides =
      lies_over_print(piece, page) || (drawn && goes_over_side(piece, page)) || hidden.beginning || hides_an_end;
  return {unread && sized && hides ? std::optional<std::string>(unread_mark) : std::nullopt};
}

// Of one page. What cannot be read where another look, by colour or at more of it, read another stamp's name is that.
class StampSearch {
 public:
  StampSearch(const SeenPaper& page, const SecrecyRules& rules, Recognizer& reader)
      : m_page(page), m_rules(rules), m_reader(reader) {}

  // The first mark that was read.
  std::optional<std::string> mark_among(const std::vector<StampPiece>& pieces) {
    for (const StampPiece& piece : pieces) {
      if (m_rules.where != "anywhere" && piece.down > 0.5) {
        continue;
      }
      Seen seen = look_at(piece, m_page, m_rules, m_reader);
      if (seen.mark == unread_mark) {
        m_unread.push_back(piece.box);
      } else if (seen.mark) {
        return seen.mark;
      }
      if (seen.another) {
        m_others.push_back({std::move(*seen.another), piece.box});
      }
    }
    return std::nullopt;
  }
  // Those of other kinds of which the name was read.
  [[nodiscard]] std::vector<ReadStamp> others() const {
    std::vector<ReadStamp> read = m_others;
    std::erase_if(read, [](const ReadStamp& stamp) { return stamp.name.empty(); });
    return read;
  }
  // After all pieces.
  [[nodiscard]] std::optional<std::string> unread() const {
    const bool any = std::any_of(m_unread.begin(), m_unread.end(), [this](const Box& box) {
      return std::none_of(m_others.begin(), m_others.end(),
                          [&](const ReadStamp& other) { return holds_middle(other.box, box); });
    });
    return any ? std::optional<std::string>(unread_mark) : std::nullopt;
  }

 private:
  const SeenPaper& m_page;
  const SecrecyRules& m_rules;
  Recognizer& m_reader;
  std::vector<Box> m_unread;
  std::vector<ReadStamp> m_others;
};

// Looks in the order of what is likely, and no further than a mark.
std::optional<std::string> mark_among_stamps(StampSearch& search, const SeenPaper& page) {
  PrintPlaces print(page.picture, page.dpi, page.text);
  if (auto mark = search.mark_among(print.stamps())) {
    return mark;
  }
  ColourPlaces colours(page.scan, page.dpi, page.geometry.orientation);
  if (auto mark = search.mark_among(colours.stamps())) {
    return mark;
  }
  if (auto mark = search.mark_among(print.left_unread())) {
    return mark;
  }
  if (auto mark = search.mark_among(print.faint_frames())) {
    return mark;
  }
  auto mark = search.mark_among(colours.pale_words());
  return mark ? mark : search.unread();
}

}  // namespace

StampsFound find_stamps(const SeenPaper& page, const SecrecyRules& rules, Recognizer& reader) {
  if (rules.marks.empty() && rules.side_marks.empty()) {
    return {};
  }
  if (auto mark = mark_in_text(page.text, rules)) {
    return {std::move(mark), {}};
  }
  StampSearch search(page, rules, reader);
  auto mark = mark_among_stamps(search, page);
  return {std::move(mark), search.others()};
}

}  // namespace sohoa
