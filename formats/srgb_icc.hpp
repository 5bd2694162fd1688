// SPDX-License-Identifier: Apache-2.0
// The colour profile of the PDF/A output intent (ISO 19005-2, 6.2.3).
#pragma once

#include <string>

namespace sohoa {

// A display profile of ICC.1:2001-04 (version 2.4) for IEC 61966-2-1 sRGB, about 2.6 KB. Always the same bytes.
std::string srgb_icc_profile();

}  // namespace sohoa
