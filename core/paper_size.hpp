// SPDX-License-Identifier: Apache-2.0
// Whether a scan shows its paper in true size (NĐ 30/2020, App. I, II.I: scale 100 %).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct PaperSize {
  std::string name;  // "A4"
  double short_mm = 0;
  double long_mm = 0;
};

// All the names that a profile may list: A0 to A6, B4, B5 (ISO 216), Letter, Legal, Folio (210 x 330).
std::vector<std::string> paper_names();

struct SizeVerdict {
  enum class Kind { paper, scaled, other };
  Kind kind = Kind::paper;
  std::string paper;  // the paper that it is, or is a copy of; other: the nearest one
  double scale = 1;   // of a copy
};

// Of a page that measures so in mm, lying or standing. `tolerance` is a share of each side: feeders slip and scanners
// crop. A page that has the shape of a paper, but a tenth and more less or more of its size, is a scaled copy.
SizeVerdict judge_size(double width_mm, double height_mm, const std::vector<std::string>& papers, double tolerance);

}  // namespace sohoa
