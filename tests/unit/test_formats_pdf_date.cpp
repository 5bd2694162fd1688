// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_date.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

TEST_CASE("the dates of Info and XMP name the same instant") {
  const Time time = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(16) +
                    std::chrono::minutes(5) + std::chrono::seconds(9);
  for (const char* date : {"D:20261123160509Z", "D:20261123230509+07'00'", "D:20261123230509+07'00", "D:20261123160509",
                           "20261123160509Z00'00'", "D:20261123113509-04'30'"}) {
    CAPTURE(date);
    CHECK(time_of_pdf_date(date) == time);
  }
  for (const char* date :
       {"2026-11-23T16:05:09Z", "2026-11-23T23:05:09+07:00", "2026-11-23T16:05:09.25Z", "2026-11-23T11:35:09-04:30"}) {
    CAPTURE(date);
    CHECK(time_of_xmp_date(date) == time);
  }
  CHECK(time_of_pdf_date("D:2026") == std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
  CHECK(time_of_xmp_date("2026-11") == std::chrono::sys_days(std::chrono::year(2026) / 11 / 1));
  for (const char* date : {"", "D:", "D:20x6", "D:20261341000000Z", "D:20261123250000", "yesterday",
                           "D:202611"
                           "2"}) {
    CAPTURE(date);
    CHECK_FALSE(time_of_pdf_date(date));
  }
}
