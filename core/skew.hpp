// SPDX-License-Identifier: Apache-2.0
// How a scan lies: upside down, sideways, crooked, empty. Measures only; the scan stays as it is.
#pragma once

#include "core/page_geometry.hpp"
#include "core/pix.hpp"

namespace sohoa {

struct PageTask;

struct DeskewOptions {
  double max_angle = 10;    // degrees; a larger measured skew is not applied
  bool orientation = true;  // look for pages on their side or head
  double dpi = 300;         // resolution of the image, for judging sizes; that of a ReducedPage is known
};

struct PageLie {
  PageGeometry geometry;
  double skew_confidence = 0;         // Leptonica's ratio of best to worst score; 0 when nothing was found
  double orientation_confidence = 0;  // 0 … 1; below 0.3 where the letters do not tell head from foot
  double askew = 0;                   // degrees: a skew that is larger than max_angle and so stays; 0: none
  double letter_mm = 0;               // height of the small letters; 0: not measured
  double ink = 0;                     // share of dark pixels inside the margins, 0 … 1
};

// A small copy of a scan, for measuring.
struct ReducedPage {
  PixPtr grey;          // core/binarize.hpp's reading_grey
  PixPtr ink;           // and ink_of
  double dpi = 0;       // of the copy: 150, or the scan's where that is less
  double scan_dpi = 0;  // of the scan; 300 where `dpi` was 0
};
// Any PixPtr of the project's three depths; `dpi` is the scan's, 0 when unknown.
ReducedPage reduced(const Pix& page, double dpi);
// That of the page in hand, made once for all its steps.
const ReducedPage& reduced(PageTask& task);

PageLie measure_page(const ReducedPage& page, const DeskewOptions& options);
PageLie measure_page(const Pix& page, const DeskewOptions& options);

// Degrees that straighten() turns the upright scan: 0 where the skew is too small to do it.
double levelled_by(const PageGeometry& geometry);

// The scan in its upright frame (core/page_geometry.hpp), same depth, white where nothing was.
PixPtr straighten(const Pix& page, const PageGeometry& geometry);
// The same of a part of an 8-bit page, whose middle lies at these pixels of the part once that is upright.
PixPtr straighten_part(const Pix& part, const PageGeometry& geometry, int middle_x, int middle_y);

}  // namespace sohoa
