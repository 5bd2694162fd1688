// SPDX-License-Identifier: Apache-2.0
// Colour profiles of ICC.1:2001-04 (version 2.4), made from published constants. Always the same bytes.
#pragma once

#include <string>

namespace sohoa {

// Display profile for IEC 61966-2-1 sRGB, about 2.6 KB: the PDF/A output intent (ISO 19005-2, 6.2.3).
std::string srgb_icc_profile();

// Input profile for four inks without one of their own: red is white less cyan and black, and so on, in
// sRGB. PDF/A with an RGB output intent forbids DeviceCMYK (ISO 19005-2, 6.2.4.3). About 4 KB.
std::string cmyk_icc_profile();

}  // namespace sohoa
