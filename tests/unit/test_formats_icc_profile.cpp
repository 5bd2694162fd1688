// SPDX-License-Identifier: Apache-2.0
#include "formats/icc_profile.hpp"

#include <cstdint>
#include <map>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  }
  return value;
}

// Tags by name, each checked to lie in the profile on a multiple of four.
std::map<std::string, std::string> tags_of(const std::string& profile) {
  std::map<std::string, std::string> tags;
  for (std::uint32_t i = 0; i < number_at(profile, 128, 4); ++i) {
    const std::size_t entry = 132 + 12 * i;
    const std::uint32_t offset = number_at(profile, entry + 4, 4);
    const std::uint32_t size = number_at(profile, entry + 8, 4);
    CHECK(offset % 4 == 0);
    CHECK(offset + size <= profile.size());
    tags[profile.substr(entry, 4)] = profile.substr(offset, size);
  }
  return tags;
}

}  // namespace

TEST_SUITE("formats::icc_profile") {
  TEST_CASE("headers state size, version and spaces") {
    for (const auto& [profile, kind] : {std::pair{srgb_icc_profile(), std::string("mntrRGB XYZ ")},
                                        std::pair{cmyk_icc_profile(), std::string("scnrCMYKLab ")}}) {
      CHECK(number_at(profile, 0, 4) == profile.size());
      CHECK(number_at(profile, 8, 4) == 0x02400000);
      CHECK(profile.substr(12, 12) == kind);
      CHECK(profile.substr(36, 4) == "acsp");
    }
  }

  TEST_CASE("sRGB has the curve of IEC 61966-2-1, and its primaries add up to white") {
    auto tags = tags_of(srgb_icc_profile());
    const std::string& curve = tags["gTRC"];
    CHECK(number_at(curve, 8, 4) == 1024);
    CHECK(number_at(curve, 12, 2) == 0);
    CHECK(number_at(curve, 12 + 2 * 1023, 2) == 65535);
    CHECK(number_at(curve, 12 + 2 * 41, 2) == doctest::Approx(65535 * 0.0401 / 12.92).epsilon(0.01));
    CHECK(number_at(curve, 12 + 2 * 512, 2) == doctest::Approx(65535 * 0.21448).epsilon(0.001));
    for (const std::size_t at : {8U, 12U, 16U}) {
      const double sum =
          number_at(tags["rXYZ"], at, 4) + number_at(tags["gXYZ"], at, 4) + number_at(tags["bXYZ"], at, 4);
      CHECK(sum == doctest::Approx(number_at(tags["wtpt"], at, 4)).epsilon(0.0005));
    }
  }

  TEST_CASE("no ink is white, all black is black") {
    const std::string table = tags_of(cmyk_icc_profile())["A2B0"];
    const std::size_t first = 52 + 4 * 4;  // header, four input curves of two entries
    const std::size_t black = first + 6 * 4;
    CHECK(number_at(table, first, 2) == doctest::Approx(0xFF00).epsilon(0.001));
    CHECK(number_at(table, first + 2, 2) == doctest::Approx(0x8000).epsilon(0.001));
    CHECK(number_at(table, black, 2) == 0);
    CHECK(table.size() == first + 5 * 5 * 5 * 5 * 6 + 3 * 4 + 2);  // and two zeros of padding
  }
}
