// SPDX-License-Identifier: Apache-2.0
// Reads the names of signers again, from several pictures of each place: where a seal or a pen hides a name in part
// (core/hidden_names.hpp), and where none was read (core/unseen_names.hpp).
#pragma once

#include "core/ocr_result.hpp"
#include "core/person_name.hpp"
#include "core/pix.hpp"

#include <functional>
#include <vector>

namespace sohoa {

// The line in a picture, boxes from its corner; with its steps where it is one line.
using LineReader = std::function<std::vector<SeenLine>(const Pix& part)>;

// `picture` is the reading image less what has a colour, `scale` its pixels a pixel of the upright frame. Without
// family names the page stays as it is.
void read_signer_names(SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture, double scale,
                       const NameLists& names, const LineReader& read);

}  // namespace sohoa
