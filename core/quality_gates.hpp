// SPDX-License-Identifier: Apache-2.0
// [quality] of a profile: what a page must have, and which faults mean that it is to be scanned again.
// man/sohoa-profile.5 describes every key.
#pragma once

#include "core/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct PictureMeasures;

// A gate is a number, or off.
using Gate = std::optional<double>;

struct QualityGates {
  double min_dpi = 200;
  bool colour = true;
  double min_confidence = 0.6;  // 0 … 1, mean over a page's words
  double assumed_dpi = 300;     // for scans that do not say; 0 guesses from A4

  std::vector<std::string> paper_sizes = {"A3", "A4", "A5", "A6", "Letter", "Legal", "Folio"};
  Gate size_tolerance = 0.04;  // share of each side
  Gate min_letter_mm = 1.65;   // height of the small letters on paper smaller than A4
  Gate max_skew = 10;          // degrees
  Gate max_blur_mm = 0.36;     // width of the edges of letters
  Gate min_margin_mm = 2.5;    // from print to the edge of the image
  Gate max_corner_mm = 8;      // shorter leg of a missing corner
  Gate min_paper = 0.5;        // light, 0 … 1
  Gate min_contrast = 0.3;     // of ink to paper, 0 … 1
  Gate page_numbers = 0.75;    // confidence of a printed number that is believed
  Gate duplicates = 0.85;      // share of two pages' words that are the same
  bool blank_inside = true;    // whether blank pages amid a document are told

  std::vector<std::string> rescan = {"resolution-low", "page-scaled",   "page-askew",
                                     "page-blurred",   "page-cut-off",  "page-corner-folded",
                                     "page-dark",      "page-bleached", "page-missing"};
};
// The ids that `rescan` may name: problems that scanning again can mend.
std::vector<std::string> rescan_ids();

// What of the gates concerns the picture, for Step::options().
Json picture_gates(const QualityGates& gates);
// How the page lies, beside its picture.
struct PageState {
  double skew = 0;  // degrees, of the scan
  bool blank = false;
  double dpi = 300;      // of the scan
  double letter_mm = 0;  // height of its small letters; 0: unknown
  double width_mm = 0;
  double height_mm = 0;
};
std::vector<Problem> judge_picture(const PictureMeasures& picture, const PageState& state, const QualityGates& gates);
// The page's size; nothing of a page whose resolution is not known.
std::optional<Problem> judge_paper(double width_mm, double height_mm, const QualityGates& gates);

// `rescan` of the record: [{page, reasons: [ids]}] in the order of the pages, out of its problems; null: none.
Json rescan_of(const Json& record, const std::vector<std::string>& ids);
// "2 blurred; 5 cut off, dark": as people read it.
std::string rescan_text(const Json& rescan);
// "page-cut-off" -> "cut off"
std::string reason_words(const std::string& id);

}  // namespace sohoa
