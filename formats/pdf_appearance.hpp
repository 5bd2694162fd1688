// SPDX-License-Identifier: Apache-2.0
// What a signature looks like: lines of text in a thin frame, upright for who views the page whatever its
// /Rotate says. The block has no ground of its own, so that it never hides ink. No transparency, as PDF/A-1 wants.
#pragma once

#include "formats/pdf_signature.hpp"
#include "formats/pdf_update.hpp"

#include <array>

namespace sohoa {

// The part of a page that shows, in the page's own units and orientation.
struct PageFrame {
  double left = 0;
  double bottom = 0;
  double width = 612;
  double height = 792;
  int rotation = 0;      // degrees clockwise that a viewer turns it: 0, 90, 180, 270
  double user_unit = 1;  // points a unit
};
PageFrame frame_of(const PdfReader& reader, const PdfPageNode& page);

// Text set in lines, measures in points. `size` is at most the wanted one.
struct SetText {
  double size = 0;
  double width = 0;
  std::vector<std::string> lines;
};

struct PlacedAppearance {
  PoDoFo::PdfReference form;     // for /AP /N
  std::array<double, 4> rect{};  // for /Rect: left, bottom, right, top
};

// The box stays in its half of the page's visible width, so that a left and a right one never meet: long lines
// wrap, and text too high for the page shrinks. `shown`: rectangles of the page's own units that are taken, besides
// what the appearance says is printed. Invisible: an empty form and the rectangle
// [0 0 0 0]. Throws what FontSubset throws.
PlacedAppearance put_appearance(PdfUpdate& update, const SignatureAppearance& appearance, const PageFrame& frame,
                                const std::vector<std::array<double, 4>>& shown);

// The rectangles of the page's annotations that have an area.
std::vector<std::array<double, 4>> annotation_boxes(const PdfReader& reader, const PdfPageNode& page);

}  // namespace sohoa
