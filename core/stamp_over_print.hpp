// SPDX-License-Identifier: Apache-2.0
// What of a page's print the frame of a stamp lies over, which no table's or form's does. Boxes are in the page's
// frame.
#pragma once

#include "core/ocr_text.hpp"
#include "core/stamp_places.hpp"

namespace sohoa {

// A seal's rings and letters cross one another as frames do, and a straight line may go on beyond the ring.
bool lies_in_seal(const Box& box, const OcrPage& page);

// In the outer centimetre of a sheet, where the pages of a paper are sealed across their edges and each has a part of
// the seal; nobody stamps a mark there.
bool lies_at_edge(const Box& box, const OcrPage& page);

// A frame that is no table's or form's, nor of the print in it.
bool stands_askew(const StampPiece& piece);

// Whether a printed line goes in at one side of the frame and out at the other, as none does of a table or a form.
// Where the frame is askew it may begin or end there, of a drawn one also at a corner, or, as what is hidden was not
// read, near it.
bool lies_over_print(const StampPiece& piece, const OcrPage& page);

// Whether a line goes on across one side of the frame, with no more than a space there, as none does of cells and
// boxes.
bool goes_over_side(const StampPiece& piece, const OcrPage& page);

// What of a line a frame stands in the place of: the rest of it follows or goes before, and a line above or below goes
// over the frame's whole width. Boxes of forms and tables stand below one another.
struct HiddenPart {
  bool beginning = false;
  bool end = false;
};

HiddenPart part_hidden_by(const StampPiece& piece, const OcrPage& page);

}  // namespace sohoa
