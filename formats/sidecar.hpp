// SPDX-License-Identifier: Apache-2.0
// The text of a document as a file beside it, page after page, so that a volume never lies in memory as a whole.
#pragma once

#include "core/ocr_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct SidecarHead {
  std::string source;       // the scan's or folder's name
  std::string document_id;  // `id` of the record
  std::string engine;       // "Tesseract 5.3.0, Leptonica 1.82.0"
};

struct SidecarPage {
  std::size_t number = 1;  // from 1 in the document
  std::string image;       // name of the scan's file
  OcrPage text;            // without blocks when nothing was read
};

// head, then a page each, then tail, written one after the other, are the file. Equal input gives equal bytes.
struct SidecarFormat {
  std::string_view name;
  std::string_view extension;  // with its dot
  std::string (*head)(const SidecarHead&);
  std::string (*page)(const SidecarPage&);
  std::string_view tail;
};

// txt, hocr and alto.
const std::vector<SidecarFormat>& sidecar_formats();

}  // namespace sohoa
