// SPDX-License-Identifier: Apache-2.0
// Names of signers that were not read at all, or hardly: a black pen joins the print to one picture. They are looked
// for where they must stand: alone, in the middle below the signer's title (NĐ 30/2020, App. I, box 7).
#pragma once

#include "core/ocr_result.hpp"
#include "core/pix.hpp"

#include <vector>

namespace sohoa {

struct UnseenName {
  Box box;            // of a line of print, in the upright frame
  double middle = 0;  // of the title above it and so of the name
  double em = 0;      // of the title's print
};

// The lines of print below titles at which somebody signed or sealed, or with nothing below, where no name was read.
// `picture` is the reading image, `scale` its pixels a pixel of that frame.
std::vector<UnseenName> unseen_names(const SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture,
                                     double scale);

// Puts a name that was found there where the page has nothing that may be one.
void add_name(SeenPage& page, SeenLine name);

}  // namespace sohoa
