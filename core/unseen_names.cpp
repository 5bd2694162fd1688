// SPDX-License-Identifier: Apache-2.0
#include "core/unseen_names.hpp"

#include "core/hidden_names.hpp"
#include "core/person_name.hpp"
#include "core/second_look.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// In heights of a line:
constexpr double below_title = 18;
constexpr double nearest = 1.5;  // that a name stands below it
constexpr double beside = 10;    // of a mark
constexpr double above_mark = 9;
constexpr double one_title = 3;  // between lines of one, or columns, at most
constexpr double left_half = 7;
constexpr double right_half = 8.5;  // where no seal lies
constexpr double half_room = 2;
constexpr double room_below = 6;
constexpr double middle_left = 0.5;  // of what is searched: a seal hides what is further left
constexpr double middle_right = 4;
constexpr double marks_above = 0.6;  // of the small letters
constexpr double marks_below = 0.4;

constexpr double least_runs = 6;
constexpr double as_many = 0.8;  // of the row that has most
constexpr double half = 0.5;

bool is_signed_there(const Box& title, double height, const std::vector<OcrMark>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const OcrMark& mark) {
    return (mark.kind == OcrMark::Kind::seal || mark.kind == OcrMark::Kind::signature) &&
           title.bottom < mark.box.bottom && title.bottom > mark.box.top - above_mark * height &&
           title.right > mark.box.left && title.left < mark.box.right + beside * height;
  });
}

// Nothing was read for some lines below it: a pen that leaves no mark, black in a colour scan, spoilt the name.
bool is_room_below(const Box& title, double height, const SeenPage& page) {
  const double middle = (title.left + title.right) / 2;
  return std::none_of(page.lines.begin(), page.lines.end(), [&](const SeenLine& line) {
    return line.line.box.left < middle + half_room * height && line.line.box.right > middle - half_room * height &&
           middle_of(line.line.box) > title.bottom && middle_of(line.line.box) < title.bottom + room_below * height;
  });
}

bool stands_below(const Box& name, const Box& title, double height) {
  const double middle = (title.left + title.right) / 2;
  return middle_of(name) > title.bottom && middle_of(name) < title.bottom + below_title * height &&
         name.left < middle + middle_right * height && name.right > middle - middle_right * height;
}

// More words than a name has were read there.
bool is_other_text(const Box& place, const SeenPage& page) {
  return std::any_of(page.lines.begin(), page.lines.end(), [&](const SeenLine& line) {
    const double middle = middle_of(line.line.box);
    return line.words.size() > longest_name && middle > place.top && middle < place.bottom &&
           line.line.box.left < place.right && line.line.box.right > place.left;
  });
}

std::size_t words_known(const SeenLine& line) { return line.words.size() - known_end(line.words); }

// How often ink begins in each row, the mean of three.
std::vector<double> runs_by_row(const Pix& ink) {
  auto* pix = const_cast<Pix*>(&ink);
  const Size size = size_of(ink);
  std::vector<double> runs(static_cast<std::size_t>(size.height));
  for (int y = 0; y < size.height; ++y) {
    const l_uint32* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    bool before = false;
    for (int x = 0; x < size.width; ++x) {
      const bool here = GET_DATA_BIT(line, x) != 0;
      runs[static_cast<std::size_t>(y)] += here && !before ? 1 : 0;
      before = here;
    }
  }
  std::vector<double> means = runs;
  for (std::size_t y = 1; y + 1 < runs.size(); ++y) {
    means[y] = (runs[y - 1] + runs[y] + runs[y + 1]) / 3;
  }
  return means;
}

// The lowest line of print below the title: a pen's strokes and a seal's ring are crossed less often than letters.
std::optional<Box> line_below(const Box& title, double height, const Pix& picture, double scale) {
  const double middle = (title.left + title.right) / 2;
  const Size size = size_of(picture);
  const Box search{std::max(0.0, middle - middle_left * height), title.bottom + nearest * height,
                   std::min(size.width / scale, middle + middle_right * height),
                   std::min(size.height / scale, title.bottom + below_title * height)};
  const PixPtr part = search.bottom - search.top < height || search.right - search.left < height
                          ? nullptr
                          : part_of(picture, search, scale);
  if (part == nullptr) {
    return std::nullopt;
  }
  const std::vector<double> runs = runs_by_row(*darker(*part, ink_level));
  const double most = *std::max_element(runs.begin(), runs.end());
  if (most < least_runs) {
    return std::nullopt;
  }
  const auto at = std::find_if(runs.rbegin(), runs.rend(), [&](double count) { return count >= as_many * most; });
  const auto is_print = [&](double count) { return count >= half * most; };
  const auto top = std::find_if_not(at, runs.rend(), is_print).base();
  const auto bottom = std::find_if_not(at.base(), runs.end(), is_print);
  return Box{std::max(0.0, middle - left_half * height),
             search.top + static_cast<double>(top - runs.begin()) / scale - marks_above * height,
             std::min(size.width / scale, middle + right_half * height),
             search.top + static_cast<double>(bottom - runs.begin()) / scale + marks_below * height};
}

double width_of(const Box& box) { return box.right - box.left; }

struct TitleBlock {
  Title title;
  double lowest = 0;  // of the lines of one title
};

// Of the titles at which somebody signed or may have.
std::vector<TitleBlock> signed_titles(const SeenPage& page, const std::vector<OcrMark>& marks, double height) {
  std::vector<TitleBlock> blocks;
  for (const SeenLine& line : page.lines) {
    const std::optional<Title> title = title_of(line);
    if (!title) {
      continue;
    }
    const Box& box = title->box;
    if (!is_signed_there(box, height, marks) && !is_room_below(box, height, page)) {
      continue;
    }
    const auto same = std::find_if(blocks.begin(), blocks.end(), [&](const TitleBlock& other) {
      return other.title.box.left < box.right + one_title * height &&
             other.title.box.right > box.left - one_title * height &&
             std::abs(box.top - other.lowest) < one_title * height;
    });
    if (same == blocks.end()) {
      blocks.push_back({*title, box.bottom});
      continue;
    }
    same->lowest = std::max(same->lowest, box.bottom);
    // A line in pieces is one; of several the seal cuts those that are less wide.
    if (std::abs(middle_of(box) - middle_of(same->title.box)) < height / 2) {
      same->title = {united(box, same->title.box), same->title.width + title->width + print_width(" ")};
    } else if (width_of(box) > width_of(same->title.box)) {
      same->title = *title;
    }
  }
  return blocks;
}

}  // namespace

std::vector<UnseenName> unseen_names(const SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture,
                                     double scale) {
  const double height = middle_height(page).value_or(0);
  std::vector<UnseenName> names;
  for (const auto& [title, lowest] : signed_titles(page, marks, height)) {
    const bool read = std::any_of(page.lines.begin(), page.lines.end(), [&](const SeenLine& line) {
      return words_known(line) >= 1 && stands_below(box_of(line.words, known_end(line.words)), title.box, height);
    });
    if (read) {
      continue;
    }
    const Box box{title.box.left, title.box.top, title.box.right, lowest};
    const std::optional<Box> place = line_below(box, height, picture, scale);
    if (place && !is_other_text(*place, page)) {
      names.push_back({*place, (box.left + box.right) / 2, width_of(box) / title.width});
    }
  }
  return names;
}

void add_name(SeenPage& page, SeenLine name) {
  const Box box = name.line.box;
  const auto stands_there = [&](const SeenLine& line) {
    if (line.words.empty()) {
      return false;
    }
    const Box words = box_of(line.words);
    return 2 * shared_area(words, box) > area_of(words) && middle_of(words) > box.top && middle_of(words) < box.bottom;
  };
  const auto there = std::find_if(page.lines.begin(), page.lines.end(), stands_there);
  if (there == page.lines.end()) {
    name.block = box;
    name.begins_block = true;
    page.lines.push_back(std::move(name));
  } else if (words_known(*there) == 0 && there->words.size() <= name.words.size()) {
    name.block = there->block;
    name.begins_block = there->begins_block;
    *there = std::move(name);
  }
}

}  // namespace sohoa
