// SPDX-License-Identifier: Apache-2.0
// The form field that a signature or document time-stamp is the value of (ISO 32000-1, 12.7.4.5).
#pragma once

#include "formats/pdf_signature.hpp"
#include "formats/pdf_update.hpp"

#include <string>

namespace sohoa {

// `wanted`, with a number when the form has such a field already.
std::string unique_field_name(const PdfReader& reader, const std::string& wanted);

// Puts the field with its widget on page 1, and what of page, form and catalog leads to it.
void put_signature_field(const PdfReader& reader, PdfUpdate& update, const SignatureAppearance& block,
                         const std::string& name, const PoDoFo::PdfReference& value);

PoDoFo::PdfString utf8_string(const std::string& text);

}  // namespace sohoa
