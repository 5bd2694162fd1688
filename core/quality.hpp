// SPDX-License-Identifier: Apache-2.0
// How good the picture of a page is: what the scanner, or who fed it, did wrong. Measures only; core/quality_gates.hpp
// judges them by the profile. All of it is measured on small copies, in millimetres, so that resolution, the size of
// the type and the weight of the print do not matter.
#pragma once

#include "core/duplicates.hpp"
#include "core/json.hpp"
#include "core/skew.hpp"

#include <string>

namespace sohoa {

// The marks of a page from light to dark and back, along rows and columns of the grey copy; nothing where they are few.
struct EdgeMeasures {
  double width_mm = 0;  // from paper to ink, in the direction in which it is wider; 0: not measured
  double contrast = 0;  // of the print's ink to the paper, 0 … 1
};

struct PictureMeasures {
  EdgeMeasures edges;
  double paper = 1;      // light of the paper, 0 (black) … 1, in its brightest colour
  double margin_mm = 0;  // from print to the nearest edge of the image, over several lines or letters; more than 10: 10
  std::string side;      // left, right, top, bottom: where that is, in the scan's frame
  double corner_mm = 0;  // the shorter leg of the largest corner of the paper that is not there; 0: none
  std::string corner;    // top-left …: where that is, in the scan's frame
};

// `page` is the scan, `reduced` its copy.
PictureMeasures measure_picture(const Pix& page, const ReducedPage& reduced);

// The parts of it.
EdgeMeasures measure_edges(const Pix& grey, double dpi);
void measure_margins(const Pix& ink, double dpi, PictureMeasures& measures);
void measure_paper(const Pix& page, double dpi, PictureMeasures& measures);
// Corners folded over, by the straight shadow of the fold, where what lies below is as light as paper.
void measure_folds(const Pix& ink, double dpi, PictureMeasures& measures);

// What of the page is compared with the document's other pages (core/duplicates.hpp).
InkMap ink_map_of(const ReducedPage& page, const PageGeometry& geometry);

// `pages[].quality` of the record.
Json to_json(const PictureMeasures& measures);

}  // namespace sohoa
