// SPDX-License-Identifier: Apache-2.0
#include "formats/icc_profile.hpp"

#include "formats/big_endian.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr std::uint32_t k_header_size = 128;
constexpr std::uint32_t k_curve_points = 1024;
constexpr int k_grid = 5;  // steps of each ink in the table of the CMYK profile
constexpr std::string_view k_copyright = "No copyright, use freely";

using Xyz = std::array<double, 3>;
constexpr Xyz k_d50{0.9642, 1.0, 0.8249};
// The sRGB primaries, adapted from D65 to D50 by the Bradford transform.
constexpr Xyz k_red{0.4360747, 0.2225045, 0.0139322};
constexpr Xyz k_green{0.3850649, 0.7168786, 0.0971045};
constexpr Xyz k_blue{0.1430804, 0.0606169, 0.7141733};

std::uint32_t fixed_16_16(double value) { return static_cast<std::uint32_t>(std::lround(value * 65536)); }

void put_xyz(BigEndian& out, const Xyz& xyz) {
  for (const double component : xyz) {
    out.u32(fixed_16_16(component));
  }
}

std::string xyz_tag(const Xyz& xyz) {
  BigEndian tag;
  tag.raw("XYZ ").zeros(4);
  put_xyz(tag, xyz);
  return tag.bytes();
}

std::string text_tag(std::string_view text) {
  return BigEndian().raw("text").zeros(4).raw(text).zeros(1).align().bytes();
}

std::string description_tag(std::string_view text) {
  BigEndian tag;
  tag.raw("desc").zeros(4).u32(static_cast<std::uint32_t>(text.size()) + 1).raw(text).zeros(1);
  // No Unicode name (language, length) and no Macintosh name (script, length, 67 bytes).
  return tag.zeros(4 + 4).zeros(2 + 1 + 67).align().bytes();
}

double linear_of(double encoded) {
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

std::string curve_tag() {
  BigEndian tag;
  tag.raw("curv").zeros(4).u32(k_curve_points);
  for (std::uint32_t i = 0; i < k_curve_points; ++i) {
    tag.u16(static_cast<std::uint32_t>(std::lround(65535 * linear_of(i / (k_curve_points - 1.0)))));
  }
  return tag.align().bytes();
}

// CIE L*a*b* of sRGB components, in the 16 bits a component of version 2.
void put_lab(BigEndian& out, const Xyz& rgb) {
  Xyz shares{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double share =
        (k_red.at(i) * linear_of(rgb[0]) + k_green.at(i) * linear_of(rgb[1]) + k_blue.at(i) * linear_of(rgb[2])) /
        k_d50.at(i);
    shares.at(i) = share > 216.0 / 24389 ? std::cbrt(share) : (24389.0 / 27 * share + 16) / 116;
  }
  const auto [x, y, z] = shares;
  out.u16(static_cast<std::uint32_t>(std::lround(std::min(116 * y - 16, 100.0) * 652.8)));
  out.u16(static_cast<std::uint32_t>(std::lround((500 * (x - y) + 128) * 256)));
  out.u16(static_cast<std::uint32_t>(std::lround((200 * (y - z) + 128) * 256)));
}

std::string cmyk_table_tag() {
  BigEndian tag;
  tag.raw("mft2").zeros(4).raw({"\4\3\5\0", 4});  // inks, components, grid
  for (const std::uint32_t entry : {1U, 0U, 0U, 0U, 1U, 0U, 0U, 0U, 1U}) {
    tag.u32(entry << 16U);
  }
  const auto put_straight_curves = [&tag](int count) {
    for (int i = 0; i < count; ++i) {
      tag.u16(0).u16(0xFFFF);
    }
  };
  tag.u16(2).u16(2);
  put_straight_curves(4);
  constexpr double k_step = 1.0 / (k_grid - 1);
  for (int node = 0; node < k_grid * k_grid * k_grid * k_grid; ++node) {  // black runs fastest
    const double light = 1 - k_step * (node % k_grid);
    const auto left = [&](int place) { return light * (1 - k_step * (node / place % k_grid)); };
    put_lab(tag, {left(k_grid * k_grid * k_grid), left(k_grid * k_grid), left(k_grid)});
  }
  put_straight_curves(3);
  return tag.align().bytes();
}

std::string header(std::uint32_t profile_size, std::string_view kind) {
  BigEndian out;
  out.u32(profile_size).zeros(4).u32(0x02400000).raw(kind);
  for (const std::uint32_t part : {2000U, 1U, 1U, 0U, 0U, 0U}) {  // a date of its own would change the bytes
    out.u16(part);
  }
  out.raw("acsp").zeros(4 + 4 + 4 + 4 + 8 + 4);  // platform, flags, maker, model, attributes, intent
  put_xyz(out, k_d50);
  return out.zeros(k_header_size - out.size()).bytes();
}

// Names that share a value, and the value.
using Tag = std::pair<std::vector<const char*>, std::string>;

// `kind`: class, colour space and connection space.
std::string assembled(std::string_view kind, const std::vector<Tag>& tags) {
  std::uint32_t count = 0;
  for (const auto& [names, data] : tags) {
    count += static_cast<std::uint32_t>(names.size());
  }
  std::uint32_t offset = k_header_size + 4 + 12 * count;
  BigEndian table;
  BigEndian body;
  table.u32(count);
  for (const auto& [names, data] : tags) {
    for (const char* name : names) {
      table.raw(name).u32(offset).u32(static_cast<std::uint32_t>(data.size()));
    }
    body.raw(data);
    offset += static_cast<std::uint32_t>(data.size());
  }
  return header(offset, kind) + table.bytes() + body.bytes();
}

}  // namespace

std::string srgb_icc_profile() {
  return assembled("mntrRGB XYZ ", {{{"desc"}, description_tag("sRGB IEC61966-2.1")},
                                    {{"cprt"}, text_tag(k_copyright)},
                                    {{"wtpt"}, xyz_tag(k_d50)},
                                    {{"rXYZ"}, xyz_tag(k_red)},
                                    {{"gXYZ"}, xyz_tag(k_green)},
                                    {{"bXYZ"}, xyz_tag(k_blue)},
                                    {{"rTRC", "gTRC", "bTRC"}, curve_tag()}});
}

std::string cmyk_icc_profile() {
  return assembled("scnrCMYKLab ", {{{"desc"}, description_tag("CMYK by subtraction from sRGB")},
                                    {{"cprt"}, text_tag(k_copyright)},
                                    {{"wtpt"}, xyz_tag(k_d50)},
                                    {{"A2B0"}, cmyk_table_tag()}});
}

}  // namespace sohoa
