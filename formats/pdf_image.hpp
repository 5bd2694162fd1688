// SPDX-License-Identifier: Apache-2.0
// The dictionary of an image XObject (ISO 32000-1, 8.9.5), but for its /Length.
#pragma once

#include "formats/encoded_image.hpp"

#include <podofo/podofo.h>

namespace sohoa {

// `cmyk` is the colour space of an image of four inks. Throws Error(ExitStatus::input) for
// an image without pixels, or with other than 1 or 8 bits a component.
PoDoFo::PdfDictionary image_dictionary(const EncodedImage& image, const PoDoFo::PdfObject& cmyk);

}  // namespace sohoa
