// SPDX-License-Identifier: Apache-2.0
#include "core/page_geometry.hpp"

#include <doctest/doctest.h>

namespace {

using namespace sohoa;

TEST_SUITE("core::page_geometry") {
  TEST_CASE("a box of the upright frame is found in a scan that lies turned and askew") {
    for (const int orientation : {0, 90, 180, 270}) {
      const PageGeometry geometry{.orientation = orientation, .skew = 0.8};
      const Box upright{700, 1500, 1100, 1560};
      const Box scan = scan_box(upright, 1600, 2300, geometry);
      const Box back = upright_box(scan, 1600, 2300, geometry);
      CHECK((back.left + back.right) / 2 == doctest::Approx(900));
      CHECK(middle_of(back) == doctest::Approx(1530));
      CHECK(shared_area(back, upright) == doctest::Approx(area_of(upright)));
    }
  }
}

}  // namespace
