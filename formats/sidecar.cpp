// SPDX-License-Identifier: Apache-2.0
#include "formats/sidecar.hpp"

#include "formats/alto.hpp"
#include "formats/hocr.hpp"
#include "formats/sidecar_text.hpp"

namespace sohoa {

const std::vector<SidecarFormat>& sidecar_formats() {
  static const std::vector<SidecarFormat> formats{
      {"txt", ".txt", [](const SidecarHead& /*head*/) { return std::string(); }, sidecar_text_page, ""},
      {"hocr", ".hocr", hocr_head, hocr_page, hocr_tail},
      {"alto", ".alto.xml", alto_head, alto_page, alto_tail},
  };
  return formats;
}

}  // namespace sohoa
