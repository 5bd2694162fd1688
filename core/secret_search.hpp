// SPDX-License-Identifier: Apache-2.0
// Looks for a secrecy mark on a page in four ways: in the text that was read; in small frames, however tilted, each
// read alone; in words of coloured or tilted letters without a frame; and in faint words that the text lacks.
#pragma once

#include "core/other_stamps.hpp"
#include "core/recognizer.hpp"
#include "core/secrecy_rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct SeenPaper {
  const Pix& scan;
  double dpi;  // of the scan, 0 when unknown
  const PageGeometry& geometry;
  const ReadingImage& picture;
  const OcrPage& text;
};

struct StampsFound {
  // As the rules write it. Unsure readings of a frame count: who is not sure stops. A frame across printed lines of
  // which no look reads anything is unread_mark.
  std::optional<std::string> secret_mark;
  std::vector<ReadStamp> others;  // until a mark was found
};

// Without marks in the rules nothing is looked for.
StampsFound find_stamps(const SeenPaper& page, const SecrecyRules& rules, Recognizer& reader);

}  // namespace sohoa
