// SPDX-License-Identifier: Apache-2.0
#include "core/json.hpp"

#include "core/error.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string wide(std::size_t keys) {
  std::string text = "{";
  for (std::size_t key = 0; key < keys; ++key) {
    text += (key > 0 ? ",\"" : "\"") + std::to_string(key) + "\":{\"a\":1}";
  }
  return text + "}";
}

}  // namespace

TEST_SUITE("core::json") {
  TEST_CASE("what passes through comes out as it went in") {
    for (const char* text : {R"({"b":1,"a":[true,null,0.1,1e+300,18446744073709551615,-9223372036854775808]})",
                             R"("é\u0000\"")", R"({"":{"":{}}})"}) {
      CHECK(to_line(parse_json(text, "x")) == text);
    }
  }

  TEST_CASE("a fault is told by its byte, in a short sentence") {
    CHECK_THROWS_WITH_AS(parse_json(R"({"a":})", "line 3"),
                         "line 3 is not JSON: byte 6 does not fit; give one JSON value a line, in UTF-8.", Error);
    CHECK_THROWS_WITH_AS(parse_json(R"({"a":1)", "x"), doctest::Contains("byte 7 is missing"), Error);
    CHECK_THROWS_WITH_AS(parse_json(std::string("1\0", 2), "x"), doctest::Contains("byte 2 is NUL"), Error);
    CHECK_THROWS_WITH_AS(parse_json("1e999", "x"), doctest::Contains("too large"), Error);
    CHECK_THROWS_AS(parse_json("\"\xff\"", "x"), Error);
    CHECK_THROWS_AS(parse_json("1 2", "x"), Error);
    CHECK_THROWS_AS(parse_json("", "x"), Error);
  }

  TEST_CASE("depth and width are bounded") {
    CHECK_NOTHROW(parse_json(nested(64), "x"));
    CHECK_THROWS_WITH_AS(parse_json(nested(65), "x"), doctest::Contains("64 levels"), Error);
    CHECK_THROWS_WITH_AS(parse_json(nested(1000000), "x"), doctest::Contains("64 levels"), Error);
    CHECK_NOTHROW(parse_json(wide(1000), "x"));
    CHECK_THROWS_WITH_AS(parse_json(wide(1001), "x"), doctest::Contains("1000 keys"), Error);
    CHECK_NOTHROW(parse_json("[" + wide(700) + "," + wide(700) + "]", "x"));
    CHECK_NOTHROW(parse_json("{\"" + std::string(100, '[') + "\\\"{\":\"" + std::string(1001, ':') + "\\\\\"}", "x"));
  }
}
