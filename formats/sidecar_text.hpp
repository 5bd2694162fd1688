// SPDX-License-Identifier: Apache-2.0
// Plain text in UTF-8 as pdftotext writes it: words by blanks, lines by \n, blocks by an empty line, and a form feed
// after each page.
#pragma once

#include "formats/sidecar.hpp"

namespace sohoa {

std::string sidecar_text_page(const SidecarPage& page);

}  // namespace sohoa
