// SPDX-License-Identifier: Apache-2.0
// The fields of a PDF's form (ISO 32000-1, 12.7).
#pragma once

#include "formats/pdf_reader.hpp"

#include <string>
#include <vector>

namespace sohoa {

// A field that is no mere parent. `type` is inherited: "Sig", "Tx" …
struct PdfField {
  std::string name;  // fully qualified: partial names joined by "."
  std::string type;
  const PoDoFo::PdfObject* field = nullptr;
};

// In the order of the form; each object once, to a bounded depth.
std::vector<PdfField> form_fields(const PdfReader& reader);

// The fields of the type Sig that have a value: those of the form, and behind them those that a page shows although the
// form does not know them, as when somebody took the form away.
std::vector<PdfField> signed_fields(const PdfReader& reader);

// Whether an annotation shows a signature's field.
bool is_signature_widget(const PdfReader& reader, const PoDoFo::PdfObject* annotation);

}  // namespace sohoa
