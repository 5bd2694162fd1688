// SPDX-License-Identifier: Apache-2.0
// hOCR 1.2 as XHTML: ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word. Boxes are whole pixels of the upright, level
// page. The tree knows no paragraphs: each block has one.
#pragma once

#include "formats/sidecar.hpp"

namespace sohoa {

std::string hocr_head(const SidecarHead& head);
std::string hocr_page(const SidecarPage& page);
inline constexpr std::string_view hocr_tail = " </body>\n</html>\n";

}  // namespace sohoa
