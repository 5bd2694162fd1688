// SPDX-License-Identifier: Apache-2.0
#include "core/template.hpp"

#include "core/error.hpp"

#include <doctest/doctest.h>

using sohoa::expand_template;

TEST_CASE("names are replaced, numbers padded, texts cut between characters") {
  CHECK(expand_template("{a}.{b}", {{"a", "1"}, {"b", "{a}"}}) == "1.{a}");
  CHECK(expand_template("{n:03}-{n:02}", {{"n", "7"}}) == "007-07");
  CHECK(expand_template("{n:02}", {{"n", "123"}}) == "123");
  CHECK(expand_template("{t:2}", {{"t", "QĐ-UBND"}}) == "QĐ");
  CHECK(expand_template("{t:12}", {{"t", "QĐ"}}) == "QĐ");
  CHECK(expand_template("{t:}", {{"t", "QĐ"}}) == "QĐ");
  CHECK(expand_template("no names, {open", {}) == "no names, ");
}

TEST_CASE("an unknown name is refused") { CHECK_THROWS_AS(expand_template("{x}", {}), sohoa::Error); }
