// SPDX-License-Identifier: Apache-2.0
#include "core/page_order.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr double margin = 0.13;     // of the height, where numbers stand
constexpr double off_middle = 0.1;  // of the width
constexpr int most_missing = 12;    // more is another numbering

// The number that is all the line has: digits, with strokes, "Trang" and how many pages there are.
std::optional<int> number_in(const OcrLine& line, double& confidence) {
  std::string text;
  confidence = 1;
  for (const OcrWord& word : line.words) {
    text += (text.empty() ? "" : " ") + to_lower(word.text);
    confidence = has_digit(word.text) ? std::min(confidence, word.confidence) : confidence;
  }
  for (const char* word : {"trang số", "trang", "page"}) {
    const std::size_t length = std::string_view(word).size();
    if (text.starts_with(word)) {
      text.erase(0, length);
      break;
    }
  }
  const auto is_stroke = [](const std::string& sign) {
    return sign == "-" || sign == "–" || sign == "—" || sign == " " || sign == "." || sign == "|" || sign == "_" ||
           sign == "~";
  };
  std::string digits;
  bool ended = false;
  bool total = false;
  for (const std::string& sign : split_characters(text)) {
    if (is_digit(sign)) {
      if (ended && !total) {
        return std::nullopt;
      }
      digits += total ? "" : sign;
    } else if (sign == "/" && !digits.empty() && !total) {
      total = true;
    } else if (!is_stroke(sign)) {
      return std::nullopt;
    } else {
      ended = !digits.empty();
    }
  }
  if (digits.empty() || digits.size() > 4 || digits[0] == '0') {
    return std::nullopt;
  }
  return std::stoi(digits);
}

std::string list_of(int first, int last) {
  return first == last ? "number " + std::to_string(first) + " is"
                       : "numbers " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

struct Seen {
  std::size_t page = 0;   // from 0
  std::size_t place = 0;  // among the pages that are not blank
  int number = 0;
  std::size_t paper = 0;  // papers have numbers of their own
  int due = 0;            // the number that it has if nothing is wrong; 0: any
};

// The pages with a number, without what one misread digit would explain.
std::vector<Seen> numbers_of(const std::vector<NumberedPage>& pages, double least_confidence) {
  std::vector<Seen> seen;
  std::size_t place = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].number && pages[i].number->confidence >= least_confidence) {
      seen.push_back({i, place, pages[i].number->number});
    }
    place += pages[i].blank ? 0U : 1U;
  }
  std::multiset<int> all;
  for (const Seen& one : seen) {
    all.insert(one.number);
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto agrees = [&](std::size_t other) {
      return seen[other].number + static_cast<int>(seen[i].place) - static_cast<int>(seen[other].place);
    };
    if (i == 0 || i + 1 == seen.size() || agrees(i - 1) != agrees(i + 1) || agrees(i - 1) == seen[i].number) {
      continue;
    }
    // It stands where the missing one would: a misreading, unless the number is nowhere else and so may be a
    // stranger's.
    if (all.count(agrees(i - 1)) == 0) {
      all.erase(all.find(seen[i].number));
      seen[i].number = agrees(i - 1);
      all.insert(seen[i].number);
    }
  }
  return seen;
}

// A paper begins where a number is no larger than the pages without one before it allow, or far from what is due.
void part_papers(std::vector<Seen>& seen, std::size_t pages) {
  std::size_t paper = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    Seen& one = seen[i];
    const int between = static_cast<int>(i == 0 ? one.place : one.place - seen[i - 1].place - 1);
    if (i == 0) {
      one.due = between > 0 || (one.number == 2 && pages > 1) ? between + 1 : 0;
    } else {
      one.due = seen[i - 1].number + between + 1;
    }
    const bool small = one.number < one.due && (one.number == 1 || (between > 0 && one.number <= between + 1));
    if (small || std::abs(one.number - one.due) > most_missing) {
      paper += i > 0 ? 1 : 0;
      one.due = 0;
    }
    one.paper = paper;
  }
}

// The first and last number that are due before it and that its paper has nowhere; 0: none.
std::pair<int, int> missing_before(const std::vector<Seen>& seen, std::size_t at) {
  std::pair<int, int> missing{0, 0};
  for (int number = std::max(1, seen[at].due); seen[at].due > 0 && number < seen[at].number; ++number) {
    const bool there = std::any_of(seen.begin(), seen.end(), [&](const Seen& other) {
      return other.paper == seen[at].paper && other.number == number;
    });
    if (!there) {
      missing = {missing.first == 0 ? number : missing.first, number};
    }
  }
  return missing;
}

}  // namespace

std::optional<PrintedNumber> printed_number(const OcrPage& page) {
  const OcrLine* top = nullptr;
  const OcrLine* low = nullptr;
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      if (line.words.empty()) {
        continue;
      }
      top = top == nullptr || line.box.top < top->box.top ? &line : top;
      low = low == nullptr || line.box.bottom > low->box.bottom ? &line : low;
    }
  }
  for (const OcrLine* line : {top, low}) {
    if (line == nullptr) {
      return std::nullopt;
    }
    const bool above = line == top;
    const double middle = (line->box.left + line->box.right) / 2;
    const bool at_margin = above ? line->box.bottom < margin * page.height : line->box.top > (1 - margin) * page.height;
    const bool centred = std::abs(middle - page.width / 2.0) < off_middle * page.width;
    const bool right_below = !above && middle > page.width * (0.5 + off_middle);
    double confidence = 0;
    if (const auto number = at_margin && (centred || right_below) ? number_in(*line, confidence) : std::nullopt;
        number) {
      return PrintedNumber{*number, confidence};
    }
  }
  return std::nullopt;
}

std::vector<Problem> judge_order(const std::vector<NumberedPage>& pages, double least_confidence) {
  std::vector<Problem> problems;
  std::vector<Seen> seen = numbers_of(pages, least_confidence);
  part_papers(seen, pages.size());
  const auto tell = [&problems](const char* id, const Seen& at, std::string message, const char* remedy) {
    problems.push_back({Severity::warning, id, std::move(message), remedy, at.page + 1});
  };
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Seen& one = seen[i];
    const Seen* before = i > 0 && seen[i - 1].paper == one.paper ? &seen[i - 1] : nullptr;
    if (before != nullptr && one.number == before->number) {
      tell("page-repeated", one, "the page has number " + std::to_string(one.number) + ", as the one before it",
           "remove the page if it was scanned twice");
    } else if (before != nullptr && one.number < before->number) {
      tell("page-out-of-order", one,
           "the page has number " + std::to_string(one.number) + " and comes after number " +
               std::to_string(before->number),
           "put the pages in order");
    } else if (const auto [first, last] = missing_before(seen, i); first > 0) {
      tell("page-missing", one,
           "page " + list_of(first, last) + " missing before number " + std::to_string(one.number) +
               ": two sheets may have gone through the feeder at once",
           "look for the sheet and scan the document again");
    }
  }
  return problems;
}

}  // namespace sohoa
