// SPDX-License-Identifier: Apache-2.0
// Recognizers read across the two columns in which Vietnamese official papers begin and end (ND 30/2020, annex I):
// agency and number beside the motto and the date, recipients beside the signer. People read one, then the other.
#pragma once

#include "core/ocr_text.hpp"

namespace sohoa {

// Parts lines that run across both columns and puts the left one first. Nothing else is moved; no word is lost. Without
// the motto or "Nơi nhận" the page stays as it is.
void read_columns_apart(OcrPage& page);

}  // namespace sohoa
