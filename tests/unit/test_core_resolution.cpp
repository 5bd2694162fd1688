// SPDX-License-Identifier: Apache-2.0
#include "core/resolution.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

Resolution of(std::size_t width, std::size_t height, double dpi) {
  SourcePage page;
  page.width = width;
  page.height = height;
  page.dpi_x = page.dpi_y = dpi;
  return resolution_of(page, 300);
}

}  // namespace

TEST_SUITE("core::resolution") {
  TEST_CASE("a scan that tells is believed") {
    CHECK(of(2480, 3508, 300).dpi_x == 300);
    CHECK_FALSE(of(2480, 3508, 300).assumed);
    CHECK(of(1000, 700, 200).dpi_x == 200);
  }

  TEST_CASE("an A4 scan that does not tell is measured by the paper") {
    CHECK(of(827, 1170, 0).dpi_x == 100);
    CHECK(of(1654, 2339, 0).dpi_x == 200);
    CHECK(of(3508, 2480, 0).dpi_x == 300);
    CHECK(of(2480, 3508, 0).assumed);
  }

  TEST_CASE("72 and 96 dpi are what programs write that do not know") {
    CHECK(of(2480, 3508, 72).dpi_x == 300);
    CHECK(of(595, 842, 72).dpi_x == 72);
  }

  TEST_CASE("what cannot be is not believed") {
    CHECK(of(2480, 3508, 1).dpi_x == 300);
    CHECK(of(2480, 3508, 30000).dpi_x == 300);
    CHECK(of(1000, 1000, 0).dpi_x == 300);
    CHECK(of(1000, 1000, 0).assumed);
  }
}
