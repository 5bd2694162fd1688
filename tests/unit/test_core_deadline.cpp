// SPDX-License-Identifier: Apache-2.0
#include "core/deadline.hpp"

#include "core/error.hpp"

#include <cstdlib>
#include <ctime>

#include <doctest/doctest.h>

using namespace sohoa;
using namespace std::chrono_literals;

namespace {

constexpr Time midnight{1'767'225'600s};  // 2026-01-01T00:00:00Z

void in_zone(const char* zone) {
  ::setenv("TZ", zone, 1);
  ::tzset();
}

}  // namespace

TEST_SUITE("core::Deadline") {
  TEST_CASE("is the next time that the local clock shows it") {
    in_zone("<+07>-7");
    // 22:00 in Hanoi is 15:00 UTC; 06:00 is 23:00 UTC.
    CHECK(Deadline("06:00", midnight + 15h).due() == midnight + 23h);
    CHECK(Deadline("23:30", midnight + 15h).due() == midnight + 16h + 30min);
    CHECK(Deadline("22:00", midnight + 15h).due() == midnight + 39h);
    in_zone("UTC");
  }

  TEST_CASE("is judged by the clock at each look, set forward or back") {
    in_zone("UTC");
    Deadline deadline("06:00", midnight + 22h);
    CHECK_FALSE(deadline.passed(midnight + 23h));
    CHECK_FALSE(deadline.passed(midnight + 22h - 30min));
    CHECK(deadline.passed(midnight + 30h));
    Deadline wrong("06:00", midnight + std::chrono::days(3650));
    CHECK_FALSE(wrong.passed(midnight + 5h));
    CHECK(wrong.passed(midnight + 6h));
  }

  TEST_CASE("comes once on the days on which summer time begins and ends") {
    in_zone("CET-1CEST,M3.5.0,M10.5.0/3");
    const Time march{1'774'648'800s};  // 2026-03-27T22:00:00Z, 23:00 local; the clocks go forward on the 29th
    CHECK(Deadline("06:00", march).due() == march + 7h);
    CHECK(Deadline("06:00", march + 24h).due() == march + 30h);
    const Time october{1'792'879'200s};  // 2026-10-24T22:00:00Z, 00:00 local of the 25th, which has 25 hours
    CHECK(Deadline("06:00", october).due() == october + 7h);
    in_zone("UTC");
  }

  TEST_CASE("refuses what is no time of a day") {
    for (const char* text : {"", "6", "6:00", "24:00", "06:60", "06:00:00", "-1:00"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(Deadline(text, midnight), Error);
    }
  }
}
