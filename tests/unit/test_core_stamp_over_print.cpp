// SPDX-License-Identifier: Apache-2.0
#include "core/stamp_over_print.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace sohoa {
namespace {

struct Span {
  double left;
  double right;
};

// A line of words, 30 pixels high.
OcrPage page_of(const std::vector<Span>& words) {
  OcrLine line;
  for (const Span& word : words) {
    line.words.push_back({"word", 0.9, {word.left, 200, word.right, 230}});
  }
  line.fit_to_words();
  return OcrPage{1000, 1400, "vie", {{line.box, {line}}}, {}};
}

StampPiece frame(double left, double right, double tilt = 0) {
  StampPiece piece;
  piece.tilt = tilt;
  piece.box = {left, 180, right, 250};
  return piece;
}

TEST_CASE("a part of a seal lies at the page's edge") {
  const OcrPage page = page_of({{100, 200}});
  CHECK(lies_at_edge({900, 180, 960, 250}, page));
  CHECK(lies_at_edge({40, 180, 100, 250}, page));
  CHECK_FALSE(lies_at_edge({60, 180, 940, 250}, page));
}

TEST_CASE("a line that goes through a frame lies below it") {
  const OcrPage page = page_of({{100, 200}, {210, 400}, {410, 600}});
  CHECK(lies_over_print(frame(220, 420), page));
  CHECK_FALSE(lies_over_print(frame(95, 420), page));
  CHECK(lies_over_print(frame(95, 420, 5), page));
  CHECK_FALSE(lies_over_print(frame(800, 900, 5), page));
  StampPiece above = frame(220, 420, -15);  // its lower left corner is in the line
  above.box.top -= 55;
  above.box.bottom -= 55;
  CHECK_FALSE(lies_over_print(above, page));
  above.clear = drawn_frame;
  CHECK(lies_over_print(above, page));
  above.tilt = 0;
  CHECK_FALSE(lies_over_print(above, page));
}

TEST_CASE("a line that goes on across a frame's side lies below it, the next cell's words do not") {
  CHECK(goes_over_side(frame(95, 350), page_of({{100, 200}, {210, 400}})));  // a word across
  CHECK(goes_over_side(frame(95, 405), page_of({{100, 400}, {409, 600}})));  // a space there
  CHECK(goes_over_side(frame(405, 605), page_of({{100, 400}, {409, 600}})));
  CHECK_FALSE(goes_over_side(frame(95, 405), page_of({{100, 390}, {420, 600}})));
  CHECK_FALSE(goes_over_side(frame(95, 405), page_of({{100, 400}})));
}

TEST_CASE("the rest of a short line that follows a frame by a space was hidden with its beginning") {
  OcrPage page = page_of({{409, 500}, {510, 600}});
  OcrLine below;
  for (const double left : {50.0, 300.0, 550.0}) {
    below.words.push_back({"word", 0.9, {left, 290, left + 200, 320}});
  }
  below.fit_to_words();
  CHECK_FALSE(part_hidden_by(frame(95, 405), page).beginning);
  page.blocks.push_back({below.box, {below}});
  CHECK(part_hidden_by(frame(95, 405), page).beginning);
  CHECK_FALSE(part_hidden_by(frame(95, 390), page).beginning);
}

}  // namespace
}  // namespace sohoa
