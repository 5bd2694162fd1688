// SPDX-License-Identifier: Apache-2.0
// Looks for a secrecy mark on a page in four ways: in the text that was read; in small frames, however tilted, each
// read alone; in words of coloured or tilted letters without a frame; and in faint words that the text lacks.
#pragma once

#include "core/recognizer.hpp"
#include "core/secrecy_rules.hpp"

#include <optional>
#include <string>

namespace sohoa {

struct SeenPaper {
  const Pix& scan;
  double dpi;  // of the scan, 0 when unknown
  const PageGeometry& geometry;
  const ReadingImage& picture;
  const OcrPage& text;
};

// The mark as the rules write it. Unsure readings of a frame count: who is not sure stops. A frame across printed lines
// of which no look reads anything is unread_mark.
std::optional<std::string> find_secret_mark(const SeenPaper& page, const SecrecyRules& rules, Recognizer& reader);

}  // namespace sohoa
