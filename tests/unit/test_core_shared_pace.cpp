// SPDX-License-Identifier: Apache-2.0
#include "core/shared_pace.hpp"

#include <array>
#include <cstdlib>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sohoa;
using Clock = std::chrono::steady_clock;

TEST_CASE("no limit takes no time") {
  SharedPace pace(0);
  const auto begin = Clock::now();
  for (int i = 0; i < 1000; ++i) {
    pace.wait();
  }
  CHECK(Clock::now() - begin < std::chrono::seconds(1));
}

TEST_CASE("forked processes keep one rate") {
  SharedPace pace(1200);  // one each 50 ms
  const auto begin = Clock::now();
  std::array<pid_t, 3> children{};
  for (pid_t& child : children) {
    child = ::fork();
    if (child == 0) {
      for (int i = 0; i < 4; ++i) {
        pace.wait();
      }
      std::_Exit(0);
    }
    REQUIRE(child > 0);
  }
  for (const pid_t child : children) {
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  CHECK(Clock::now() - begin >= std::chrono::milliseconds(11 * 50));  // the first goes at once
}
