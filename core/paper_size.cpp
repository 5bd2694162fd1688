// SPDX-License-Identifier: Apache-2.0
#include "core/paper_size.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

constexpr double same_shape = 0.02;  // share by which the ratio of the sides may differ
constexpr double least_copy = 0.3;   // less is a slip or a card
constexpr double least_scaling = 0.085;

const std::vector<PaperSize>& sizes() {
  static const std::vector<PaperSize> all{{"A4", 210, 297},     {"A3", 297, 420},    {"A5", 148, 210},
                                          {"A6", 105, 148},     {"A2", 420, 594},    {"A1", 594, 841},
                                          {"A0", 841, 1189},    {"B4", 250, 353},    {"B5", 176, 250},
                                          {"Letter", 216, 279}, {"Legal", 216, 356}, {"Folio", 210, 330}};
  return all;
}

double off(double value, double wanted) { return std::abs(value - wanted) / wanted; }

}  // namespace

std::vector<std::string> paper_names() {
  std::vector<std::string> names;
  for (const PaperSize& size : sizes()) {
    names.push_back(size.name);
  }
  return names;
}

SizeVerdict judge_size(double width_mm, double height_mm, const std::vector<std::string>& papers, double tolerance) {
  const auto [small, large] = std::minmax({width_mm, height_mm});
  SizeVerdict verdict{SizeVerdict::Kind::other, {}, 1};
  double nearest = 0;
  // A4 comes first of the papers of one shape, because most are.
  for (const PaperSize& size : sizes()) {
    if (std::find(papers.begin(), papers.end(), size.name) == papers.end()) {
      continue;
    }
    const double difference = std::max(off(small, size.short_mm), off(large, size.long_mm));
    if (difference <= tolerance) {
      return {SizeVerdict::Kind::paper, size.name, 1};
    }
    const double scale = std::sqrt(small * large / (size.short_mm * size.long_mm));
    if (verdict.kind == SizeVerdict::Kind::other && scale >= least_copy && scale <= 1 / least_copy &&
        std::abs(scale - 1) >= least_scaling && off(large / small, size.long_mm / size.short_mm) <= same_shape) {
      verdict = {SizeVerdict::Kind::scaled, size.name, scale};
    } else if (verdict.kind == SizeVerdict::Kind::other && (verdict.paper.empty() || difference < nearest)) {
      verdict.paper = size.name;
      nearest = difference;
    }
  }
  return verdict;
}

}  // namespace sohoa
