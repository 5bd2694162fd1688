// SPDX-License-Identifier: Apache-2.0
// The document security store of a PDF (DSS; EN 319 142-1, 5.4.2): what was put by to judge its signatures with.
#pragma once

#include "formats/pdf_reader.hpp"
#include "formats/validation_data.hpp"

namespace sohoa {

// Its Certs, CRLs and OCSPs, and those of its VRI entries; empty without one. Bounded in number and bytes.
ValidationData read_validation_data(const PdfReader& reader);

}  // namespace sohoa
