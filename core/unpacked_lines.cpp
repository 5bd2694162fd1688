// SPDX-License-Identifier: Apache-2.0
#include "core/unpacked_lines.hpp"

#include <dlfcn.h>
#include <leptonica/allheaders.h>

namespace {

bool unpacked = false;

}  // namespace

namespace sohoa {

UnpackedLines::UnpackedLines() noexcept { unpacked = true; }
UnpackedLines::~UnpackedLines() { unpacked = false; }

}  // namespace sohoa

// Stands before Leptonica's function of that name, for Tesseract, too: a program's own symbols are found first. Whoever
// reads it back (pixReadMem) asks the bytes for their format.
extern "C" l_ok pixWriteMem(l_uint8** data, size_t* size, PIX* pix, l_int32 format) {
  if (unpacked && format == IFF_PNG && pix != nullptr && pixGetDepth(pix) == 8 && pixGetColormap(pix) == nullptr) {
    return pixWriteMemSpix(data, size, pix);
  }
  using WriteMem = l_ok (*)(l_uint8**, size_t*, PIX*, l_int32);
  static const auto leptonica = reinterpret_cast<WriteMem>(::dlsym(RTLD_NEXT, "pixWriteMem"));
  return leptonica == nullptr ? 1 : leptonica(data, size, pix, format);
}
