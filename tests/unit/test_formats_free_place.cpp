// SPDX-License-Identifier: Apache-2.0
#include "formats/free_place.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

const Box k_area{10, 10, 300, 200};

std::optional<Box> place(const std::vector<Box>& printed, bool from_right = false) {
  return free_place({k_area, 100, 30, 5, from_right}, printed);
}

}  // namespace

TEST_CASE("an empty area gives its corner") {
  CHECK(place({})->left == 10);
  CHECK(place({})->top == 10);
  CHECK(place({}, true)->right == 300);
  CHECK(place({}, true)->left == 200);
  CHECK(place({{400, 10, 500, 20}, {0, 300, 500, 400}})->left == 10);
}

TEST_CASE("the block moves the shorter way, and keeps the gap") {
  const std::optional<Box> below = place({{0, 0, 290, 20}});
  CHECK(below->left == 10);
  CHECK(below->top == 25);
  const std::optional<Box> beside = place({{0, 0, 20, 190}});
  CHECK(beside->left == 25);
  CHECK(beside->top == 10);
  const std::optional<Box> left = place({{280, 0, 400, 190}}, true);
  CHECK(left->right == 275);
  CHECK(left->top == 10);
}

TEST_CASE("a hole that is too small is passed over") {
  const std::optional<Box> found = place({{0, 0, 300, 20}, {0, 50, 300, 60}, {0, 105, 300, 110}});
  CHECK(found->top == 65);
  CHECK_FALSE(place({{0, 0, 300, 300}}).has_value());
  CHECK_FALSE(free_place({k_area, 400, 30, 5, false}, {}).has_value());
}
