// SPDX-License-Identifier: Apache-2.0
// The codes of fax machines without a file round them (ITU-T T.4, T.6), as PDF holds them.
#pragma once

#include "core/document.hpp"
#include "core/pix.hpp"

#include <string>

namespace sohoa {

// One strip of T.6 (Group 4), most significant bit first; black is 1. `pix` has 1 bit a pixel.
std::string encode_g4(const Pix& pix);

struct FaxCode {
  int k = 0;  // as /K of ISO 32000-1, 7.4.6: < 0 Group 4, 0 one-dimensional, > 0 mixed
  bool byte_aligned = false;  // each row begins with a byte
  unsigned width = 0;         // pixels; the caller has checked the size
  unsigned height = 0;
};

// 1 is black. Throws image-truncated or image-unsupported about that page.
PixPtr decode_fax(const std::string& data, const FaxCode& code, const SourcePage& page);

}  // namespace sohoa
