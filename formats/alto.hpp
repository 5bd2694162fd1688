// SPDX-License-Identifier: Apache-2.0
// ALTO 4.2 (Library of Congress): Page, PrintSpace, TextBlock, TextLine, String and SP. Places are whole pixels of the
// upright, level page, confidences 0 … 1.
#pragma once

#include "formats/sidecar.hpp"

namespace sohoa {

std::string alto_head(const SidecarHead& head);
std::string alto_page(const SidecarPage& page);
inline constexpr std::string_view alto_tail = "  </Layout>\n</alto>\n";

}  // namespace sohoa
