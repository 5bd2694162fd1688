// SPDX-License-Identifier: Apache-2.0
#include "core/pix.hpp"

#include "core/ink_parts.hpp"

#include <string>

#include <leptonica/allheaders.h>

namespace sohoa {

void PixFree::operator()(Pix* pix) const noexcept { pixDestroy(&pix); }

void BoxaFree::operator()(Boxa* boxes) const noexcept { boxaDestroy(&boxes); }

PixPtr own(Pix* pix, const char* operation) {
  if (pix == nullptr) {
    throw input_error("image-operation", std::string("the image operation ") + operation + " gave no image",
                      "check the free memory, then try the page again");
  }
  return PixPtr(pix);
}

Size size_of(const Pix& pix) {
  auto* raw = const_cast<Pix*>(&pix);  // Leptonica's getters take no const
  return {pixGetWidth(raw), pixGetHeight(raw)};
}

std::vector<PixRect> parts_of(const Pix& ink) { return InkParts(ink).boxes(); }

PixPtr cut_out(const Pix& image, const PixRect& part) {
  PixPtr cut = own(pixCreate(part.width, part.height, depth_of(image)), "pixCreate");
  pixRasterop(cut.get(), 0, 0, part.width, part.height, PIX_SRC, const_cast<Pix*>(&image), part.left, part.top);
  return cut;
}

int depth_of(const Pix& pix) { return pixGetDepth(const_cast<Pix*>(&pix)); }

}  // namespace sohoa
