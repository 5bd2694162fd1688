// SPDX-License-Identifier: Apache-2.0
#include "core/duplicates.hpp"
#include "core/page_order.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sohoa;

namespace {

constexpr int none = 0;
constexpr int blank = -1;

// "page-missing@3 …" of pages with these numbers.
std::string told(const std::vector<int>& numbers) {
  std::vector<NumberedPage> pages;
  for (const int number : numbers) {
    pages.push_back({number == blank, number > 0 ? std::optional(PrintedNumber{number, 0.95}) : std::nullopt});
  }
  std::string text;
  for (const Problem& problem : judge_order(pages, 0.8)) {
    text += (text.empty() ? "" : " ") + problem.id + "@" + std::to_string(problem.page.value_or(0));
  }
  return text;
}

OcrPage with_line(const std::string& text, double left, double top) {
  OcrPage page{2100, 2970, "vie", {}, {}};
  const auto line = [](const std::string& words, double x, double y) {
    const Box box{x, y, x + 40, y + 40};
    OcrLine made{box, y + 40, y + 40, {}};
    made.words.push_back({words, 0.9, box, {}});
    return made;
  };
  page.blocks.push_back({{}, {line("Căn", 300, 600), line(text, left, top), line("cứ", 300, 2400)}});
  return page;
}

// Lines of other words for each seed; `changed` of them are others.
PageFace face(unsigned seed, double shift, unsigned changed = 0) {
  PageFace page;
  page.ink = {100, 140, std::vector<std::uint8_t>(14000, 0)};
  for (unsigned i = 0; i < 200; ++i) {
    const unsigned own = i * 7 < changed * 7 ? 9000 : 0;
    std::string text = "w";
    for (unsigned rest = seed * 1000 + i + own; rest > 0; rest /= 26) {
      text += static_cast<char>('a' + rest % 26);
    }
    page.words.push_back({text + text, 20 + 12.0 * (i % 14) + shift, 30 + 8.0 * (i / 14) + shift, true});
    page.ink.cells[(15 + 4 * (i / 14)) * 100 + 10 + 6 * (i % 14) + seed % 3] = 200;
  }
  return page;
}

}  // namespace

TEST_SUITE("core::page_order") {
  TEST_CASE("numbers in order are told nothing") {
    CHECK(told({none, 2, 3, 4}).empty());
    CHECK(told({none, 2, none, 4}).empty());
    CHECK(told({none, blank, 2, blank, 3}).empty());
    CHECK(told({none, none, none}).empty());
    CHECK(told({7, 8, 9}).empty());
  }

  TEST_CASE("a paper that begins amid the document has its own numbers") {
    CHECK(told({none, 2, 3, none, 2, 3}).empty());
    CHECK(told({none, 2, 1, 2, 3}).empty());
    CHECK(told({none, none, 2, none, none, 2}).empty());
    CHECK(told({none, 2, 3, none, 2, 4}) == "page-missing@6");
  }

  TEST_CASE("missing, repeated and misplaced numbers are told where they are seen") {
    CHECK(told({none, 2, 4, 5}) == "page-missing@3");
    CHECK(told({none, 3, 4}) == "page-missing@2");
    CHECK(told({none, 2, 5, 6}) == "page-missing@3");
    CHECK(told({none, 2, 3, 3, 4}) == "page-repeated@4");
    CHECK(told({none, 2, 4, 3, 5}) == "page-out-of-order@4");
    CHECK(told({none, 4, 2, 3, 5}) == "page-out-of-order@3");
  }

  TEST_CASE("one number between two that deny it was misread") {
    CHECK(told({none, 2, 8, 4}).empty());
    CHECK(told({none, 2, 3, 6, 5, 6, 7}).empty());
  }

  TEST_CASE("a number stands alone in the middle above or below the text") {
    CHECK(printed_number(with_line("12", 1030, 150))->number == 12);
    CHECK(printed_number(with_line("-3-", 1030, 150))->number == 3);
    CHECK(printed_number(with_line("2/5", 1030, 2800))->number == 2);
    CHECK_FALSE(printed_number(with_line("12", 300, 150)));
    CHECK_FALSE(printed_number(with_line("12", 1030, 1500)));
    CHECK_FALSE(printed_number(with_line("12a", 1030, 150)));
    CHECK_FALSE(printed_number(with_line("1.2", 1030, 150)));
    CHECK_FALSE(printed_number(with_line("20266", 1030, 150)));
  }

  TEST_CASE("the same page twice is found where it lies otherwise, a form for somebody else is not") {
    using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(find_duplicates({face(1, 0), face(2, 0), face(1, 1.5)}, 0.85) == Pairs{{2, 0}});
    CHECK(find_duplicates({face(1, 0), face(2, 0), face(3, 0)}, 0.85).empty());
    CHECK(find_duplicates({face(1, 0), face(1, 0, 8)}, 0.85).empty());
    PageFace signed_one = face(1, 0);
    std::fill(signed_one.ink.cells.begin() + 9000, signed_one.ink.cells.begin() + 12000, std::uint8_t{90});
    CHECK(find_duplicates({face(1, 0), signed_one}, 0.85).empty());
  }

  TEST_CASE("an ink map goes through its file") {
    const InkMap map{3, 2, {0, 1, 2, 10, 255, 6}};
    CHECK(ink_map_from(to_pgm(map)).cells == map.cells);
    CHECK(ink_map_from("P5 3 2 255\n12345").empty());
    CHECK(ink_map_from("P5 99999999 9 255\n").empty());
    CHECK(ink_map_from("P5").empty());
    CHECK(ink_map_from("").empty());
  }
}
