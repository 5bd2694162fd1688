// SPDX-License-Identifier: Apache-2.0
// Prerequisites of PDF/A (ISO 19005-1, -2, -3) that can be seen without reading page contents. A file
// with a fault is no PDF/A; one without may still fail a full validator.
#pragma once

#include "formats/pdf_reader.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct PdfaFindings {
  std::string conformance;  // "PDF/A-2u" as XMP claims, or ""
  int part = 2;             // whose rules were used; 2 when XMP claims none
  char level = 'b';
  bool output_intent = false;       // there is one with a profile
  std::vector<std::string> faults;  // sentences, each once

  void fault(const std::string& sentence);
};

PdfaFindings check_pdfa(const PdfReader& reader);

// The pieces of check_pdfa(), in the order in which it runs them.
void check_pdfa_metadata(const PdfReader& reader, PdfaFindings& findings);  // sets part and level
void check_pdfa_file(const PdfReader& reader, PdfaFindings& findings);
void check_pdfa_catalog(const PdfReader& reader, PdfaFindings& findings);
void check_pdfa_objects(const PdfReader& reader, PdfaFindings& findings);
void check_pdfa_font(const PdfReader& reader, const PoDoFo::PdfObject& font, PdfaFindings& findings);
void check_pdfa_annotation(const PdfReader& reader, const PoDoFo::PdfObject& annotation, PdfaFindings& findings);

}  // namespace sohoa
