// SPDX-License-Identifier: Apache-2.0
// The resolution that a page's true size follows from.
#pragma once

#include "core/document.hpp"

namespace sohoa {

struct Resolution {
  double dpi_x = 0;
  double dpi_y = 0;
  bool assumed = false;  // the scan does not say, or says what cannot be
};

// What the scan says when it can be true: 50 … 2400 dpi, and a page between 2 cm and 2 m. A scan that says
// nothing or 72 or 96 (what programs write that do not know) gets the common scanner resolution at which it is an
// A4, A3 or A5 page to within 4 %; where none fits, what it says, or else `fallback`.
Resolution resolution_of(const SourcePage& page, double fallback);

}  // namespace sohoa
