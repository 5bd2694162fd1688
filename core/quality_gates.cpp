// SPDX-License-Identifier: Apache-2.0
#include "core/quality_gates.hpp"

#include "core/paper_size.hpp"
#include "core/quality.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace sohoa {
namespace {

// The measuring copy's own edges, where the scan is coarser than it would be.
constexpr double measuring_dpi = 150;
// Of min_letter_mm: nobody prints that small.
constexpr double surely_small = 0.8;

std::string number(double value, double unit) {
  std::string text = Json(rounded(value, unit)).dump();
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}
std::string percent(double share) { return std::to_string(std::lround(100 * share)) + " %"; }

Problem warning(const char* id, std::string message, const char* remedy) {
  return {Severity::warning, id, std::move(message), remedy, std::nullopt};
}

Json json_of(const Gate& gate) { return gate ? Json(*gate) : Json(); }

}  // namespace

std::vector<std::string> rescan_ids() {
  return {"resolution-low",    "not-colour",    "page-size",         "page-scaled",        "page-reduced",
          "page-askew",        "page-blurred",  "page-cut-off",      "page-corner-folded", "page-dark",
          "page-bleached",     "page-missing",  "page-out-of-order", "page-repeated",      "page-duplicate",
          "page-blank-inside", "confidence-low"};
}

Json picture_gates(const QualityGates& gates) {
  return Json{{"skew", json_of(gates.max_skew)},
              {"blur", json_of(gates.max_blur_mm)},
              {"margin", json_of(gates.min_margin_mm)},
              {"corner", json_of(gates.max_corner_mm)},
              {"paper", json_of(gates.min_paper)},
              {"contrast", json_of(gates.min_contrast)},
              {"letter", json_of(gates.min_letter_mm)},
              {"tolerance", json_of(gates.size_tolerance)},
              {"sizes", gates.paper_sizes}};
}

std::vector<Problem> judge_picture(const PictureMeasures& picture, const PageState& state, const QualityGates& gates) {
  std::vector<Problem> problems;
  if (gates.max_skew && std::abs(state.skew) > *gates.max_skew) {
    problems.push_back(warning("page-askew",
                               "the page lies " + number(std::abs(state.skew), 10) + " degrees askew, more than " +
                                   number(*gates.max_skew, 10),
                               "lay the page straight and scan it again"));
  }
  const EdgeMeasures& edges = picture.edges;
  const double coarse = std::max(1.0, measuring_dpi / std::max(1.0, state.dpi));
  const bool blurred = edges.width_mm > gates.max_blur_mm.value_or(1e9) * coarse;
  const bool faint = edges.width_mm > 0 && edges.contrast < gates.min_contrast.value_or(0);
  if (faint && !blurred) {
    problems.push_back(warning("page-bleached",
                               "the print is bleached: its ink is only " + percent(edges.contrast) +
                                   " darker than the paper, less than " + percent(*gates.min_contrast),
                               "scan the page darker"));
  }
  if (blurred && !state.blank) {
    problems.push_back(warning("page-blurred",
                               "the page is blurred: the edges of its letters are " + number(edges.width_mm, 100) +
                                   " mm wide, more than " + number(*gates.max_blur_mm * coarse, 100),
                               "clean the glass, press the page flat and scan it again"));
  }
  if (gates.min_paper && picture.paper < *gates.min_paper) {
    problems.push_back(warning("page-dark",
                               "the page is dark: its paper has " + percent(picture.paper) +
                                   " of the light, less than " + percent(*gates.min_paper),
                               "scan the page brighter"));
  }
  if (gates.min_margin_mm && !picture.side.empty() && picture.margin_mm < *gates.min_margin_mm) {
    problems.push_back(warning("page-cut-off", "text runs into the " + picture.side + " edge of the scan",
                               "lay the whole page on the glass and scan it again"));
  }
  if (gates.max_corner_mm && picture.corner_mm > *gates.max_corner_mm) {
    problems.push_back(warning("page-corner-folded",
                               "the " + picture.corner + " corner of the scan is folded or missing, over " +
                                   number(picture.corner_mm, 1) + " mm",
                               "unfold the corner and scan the page again"));
  }
  if (gates.min_letter_mm && gates.size_tolerance && state.letter_mm > 0 && state.letter_mm < *gates.min_letter_mm) {
    const SizeVerdict size = judge_size(state.width_mm, state.height_mm, gates.paper_sizes, *gates.size_tolerance);
    const double scale = size.paper == "A5" ? 0.71 : 0.5;  // of an A4 page that looks like it
    if (size.kind == SizeVerdict::Kind::paper && (size.paper == "A5" || size.paper == "A6")) {
      const bool surely = state.letter_mm < surely_small * *gates.min_letter_mm;
      problems.push_back({surely ? Severity::warning : Severity::info, surely ? "page-scaled" : "page-reduced",
                          "the page is " + size.paper + " with letters of " + number(state.letter_mm, 10) +
                              " mm, as an A4 page at " + percent(scale) + " has",
                          surely ? "scan the page in its true size" : "see whether the paper is smaller than A4",
                          std::nullopt});
    }
  }
  return problems;
}

std::optional<Problem> judge_paper(double width_mm, double height_mm, const QualityGates& gates) {
  if (!gates.size_tolerance || gates.paper_sizes.empty()) {
    return std::nullopt;
  }
  const SizeVerdict verdict = judge_size(width_mm, height_mm, gates.paper_sizes, *gates.size_tolerance);
  const std::string measures = "the page measures " + number(width_mm, 1) + " x " + number(height_mm, 1) + " mm, ";
  if (verdict.kind == SizeVerdict::Kind::scaled) {
    return warning("page-scaled",
                   measures + percent(verdict.scale) + " of " + verdict.paper + ", the profile asks 100 %",
                   "scan the page in its true size");
  }
  if (verdict.kind == SizeVerdict::Kind::other) {
    return Problem{Severity::info, "page-size", measures + "no paper that the profile lists",
                   "see whether the whole page is there", std::nullopt};
  }
  return std::nullopt;
}

Json rescan_of(const Json& record, const std::vector<std::string>& ids) {
  std::map<std::size_t, std::vector<std::string>> pages;  // 0: the document
  for (const Json& problem : record.value("problems", Json::array())) {
    const std::string id = string_of(problem, "id");
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
      std::vector<std::string>& reasons = pages[problem.value("page", std::size_t{0})];
      if (std::find(reasons.begin(), reasons.end(), id) == reasons.end()) {
        reasons.push_back(id);
      }
    }
  }
  Json list;
  for (const auto& [page, reasons] : pages) {
    Json entry = Json::object();
    if (page > 0) {
      entry["page"] = page;
    }
    entry["reasons"] = reasons;
    list.push_back(std::move(entry));
  }
  return list;
}

std::string reason_words(const std::string& id) {
  std::string words = id.starts_with("page-") ? id.substr(5) : id;
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::string rescan_text(const Json& rescan) {
  std::string text;
  for (const Json& entry : rescan.is_array() ? rescan : Json::array()) {
    text += text.empty() ? "" : "; ";
    const auto page = entry.find("page");
    text += page != entry.end() && page->is_number_unsigned() ? page->dump() + " " : "";
    const Json reasons = entry.value("reasons", Json::array());
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      text +=
          (i == 0 ? "" : ", ") + (reasons[i].is_string() ? reason_words(reasons[i].get<std::string>()) : std::string());
    }
  }
  return text;
}

}  // namespace sohoa
