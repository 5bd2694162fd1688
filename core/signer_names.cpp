// SPDX-License-Identifier: Apache-2.0
#include "core/signer_names.hpp"

#include "core/hidden_names.hpp"
#include "core/letters.hpp"
#include "core/name_beginning.hpp"
#include "core/name_search.hpp"
#include "core/name_votes.hpp"
#include "core/pen_strokes.hpp"
#include "core/second_look.hpp"
#include "core/stamp_looks.hpp"
#include "core/text.hpp"
#include "core/unseen_names.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

// Pixels of the reading image:
constexpr int thin = 3;
constexpr int bold = 4;
constexpr int joined = 9;
constexpr int joined_less = 7;

// Of a line's height, that the second look of a kind sees more of around it.
constexpr double less_close = 0.3;
constexpr double hardly_less_close = 0.1;
constexpr double further = 3;  // to the left, of a name of which the place was told too narrow

void move_by(SeenLine& line, double right, double down) {
  const auto move = [=](Box& box) { box = {box.left + right, box.top + down, box.right + right, box.bottom + down}; };
  move(line.line.box);
  for (SeenWord& seen : line.words) {
    move(seen.word.box);
  }
  for (NetworkStep& step : line.steps) {
    step.at += right;
  }
}

// What is read there begins with small letters at its edge: ương of Dương, for the place was told too narrow.
bool begins_inside_word(const std::vector<SeenLine>& readings, const Box& box) {
  return !readings.empty() && std::all_of(readings.begin(), readings.end(), [&box](const SeenLine& line) {
    const auto first = std::find_if(line.words.begin(), line.words.end(),
                                    [](const SeenWord& seen) { return !parts_of(seen.word.text).core.empty(); });
    if (first == line.words.end() || first->word.box.left > box.left + height_of(box)) {
      return false;
    }
    const std::string letter = split_characters(parts_of(first->word.text).core).front();
    return is_letter(letter) && !is_upper(letter);
  });
}

// In em, of a name that stands in the middle below its title and ends where most looks see it end; 0 where none does.
double em_width_of(const std::vector<SeenLine>& looks, const UnseenName& name) {
  std::vector<double> rights;
  for (const SeenLine& look : looks) {
    const auto last = std::find_if(look.words.rbegin(), look.words.rend(),
                                   [](const SeenWord& seen) { return characters(parts_of(seen.word.text).core) > 1; });
    if (last != look.words.rend()) {
      rights.push_back(last->word.box.right);
    }
  }
  if (rights.empty()) {
    return 0;
  }
  const auto middle = rights.begin() + static_cast<std::ptrdiff_t>(rights.size() / 2);
  std::nth_element(rights.begin(), middle, rights.end());
  return std::max(0.0, 2 * (*middle - name.middle) / name.em);
}

class SignerNames {
 public:
  SignerNames(const Pix& picture, double scale, const NameLists& names, const LineReader& read)
      : m_picture(picture), m_scale(scale), m_names(names), m_read(read) {
    m_whole = whole_of(picture, scale);
  }

  void read_hidden(HiddenName name, SeenLine& line) const {
    std::vector<NameLook> looks = name_looks(name);
    std::vector<SeenLine> seen =
        looks.empty() ? std::vector<SeenLine>() : look_twice(name.box, looks.front(), less_close);
    if (name.begins_hidden && begins_inside_word(seen, name.box)) {
      name.box.left = std::max(m_whole.left, name.box.left - further * height_of(name.box));
      name.left.reset();
      seen = look_twice(name.box, looks.front(), less_close);
    }
    NameBeginnings beginnings(name, line, m_names);
    EndingVotes endings;
    std::vector<SeenLine> readings;
    for (const NameLook how : looks) {
      if (how != looks.front()) {
        seen = look_twice(name.box, how, less_close);
      }
      for (SeenLine& again : seen) {
        if (name.begins_hidden) {
          beginnings.add(again);
        }
        endings.add(name.ends_hidden ? ending_of(again, line) : NamePart());
        readings.push_back(std::move(again));
      }
      if (name.begins_hidden && beginnings.agree() && all_say(readings, line, name.known)) {
        break;
      }
    }
    std::size_t first = name.known;
    NamePart beginning = name.begins_hidden ? beginnings.winner() : NamePart();
    const bool begun = !name.begins_hidden || beginning.certainty > 0;
    if (begun) {
      first = complete(line, name.known, std::move(beginning), endings.winner());
    }
    settle(line, first + 1, readings, m_names.words);
    first = name_from(line, first);
    if (!begun || may_be_told_otherwise(line, first)) {
      replace_name(line, first, find_name(readings, m_names, beginnings.width()));
    }
  }

  [[nodiscard]] std::optional<FoundName> look_for(const UnseenName& name) const {
    std::vector<SeenLine> readings;
    for (const NameLook how :
         {NameLook::without_pen, NameLook::pen_joined_less, NameLook::bold_kept, NameLook::ink, NameLook::all}) {
      std::ranges::move(look_twice(name.box, how, hardly_less_close), std::back_inserter(readings));
    }
    return find_name(readings, m_names, em_width_of(readings, name));
  }

 private:
  // Two readings, close and less close, of what the look leaves of the picture there.
  [[nodiscard]] std::vector<SeenLine> look_twice(const Box& name, NameLook how, double margin) const {
    std::vector<SeenLine> readings;
    for (const double more : {0.0, margin * height_of(name)}) {
      const Box box = widened({name.left - more, name.top - more, name.right, name.bottom + more}, m_whole);
      if (const PixPtr part = picture_of(box, how); part != nullptr) {
        for (SeenLine& line : m_read(*part)) {
          move_by(line, box.left, box.top);
          readings.push_back(std::move(line));
        }
      }
    }
    return readings;
  }

  [[nodiscard]] PixPtr picture_of(const Box& box, NameLook how) const {
    switch (how) {
      case NameLook::without_pen:
        return less_pen(box, joined);
      case NameLook::pen_joined_less:
        return less_pen(box, joined_less);
      case NameLook::bold_kept:
        return less_pen(box, joined_less, true);
      default:
        break;
    }
    PixPtr part = part_of(m_picture, box, m_scale);
    if (part == nullptr || how == NameLook::all) {
      return part;
    }
    return how == NameLook::ink            ? darkest(*part)
           : how == NameLook::without_thin ? without_thin_strokes(*part, thin)
                                           : bold_strokes(*part, bold);
  }

  // Null where no pen goes through the line.
  [[nodiscard]] PixPtr less_pen(const Box& line, int reach, bool keep_bold = false) const {
    const double height = height_of(line);
    const Box tall{line.left, std::max(m_whole.top, line.top - height), line.right,
                   std::min(m_whole.bottom, line.bottom + height)};
    const PixPtr part = part_of(m_picture, tall, m_scale);
    if (part == nullptr) {
      return nullptr;
    }
    const auto row = [&](double y) { return static_cast<int>((y - tall.top) * m_scale); };
    const PixPtr print = without_pen(*part, row(line.top), row(line.bottom), reach, keep_bold);
    return print == nullptr
               ? nullptr
               : part_of(*print, {0, line.top - tall.top, line.right - line.left, line.bottom - tall.top}, m_scale);
  }

  const Pix& m_picture;
  double m_scale;
  const NameLists& m_names;
  const LineReader& m_read;
  Box m_whole;
};

}  // namespace

void read_signer_names(SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture, double scale,
                       const NameLists& names, const LineReader& read) {
  if (names.surnames.empty()) {
    return;
  }
  const SignerNames reader(picture, scale, names, read);
  const std::vector<HiddenName> hidden = hidden_names(page, marks, names);
  for (const HiddenName& name : hidden) {
    reader.read_hidden(name, page.lines[name.line]);
  }
  drop_parts_of_names(page, hidden);
  for (const UnseenName& unseen : unseen_names(page, marks, picture, scale)) {
    if (std::optional<FoundName> name = reader.look_for(unseen); name && name->is_likely()) {
      add_name(page, std::move(name->line));
    }
  }
}

}  // namespace sohoa
