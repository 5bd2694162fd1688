// SPDX-License-Identifier: Apache-2.0
#include "formats/pdfa_check.hpp"

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

bool embedded(const PdfReader& reader, const PdfObject* font) {
  const PdfObject* descriptor = reader.dictionary(font, "FontDescriptor");
  for (const char* key : {"FontFile", "FontFile2", "FontFile3"}) {
    const PdfObject* program = reader.get(descriptor, key);
    if (program != nullptr && program->HasStream()) {
      return true;
    }
  }
  return false;
}

const PdfObject* descendant(const PdfReader& reader, const PdfObject& font) {
  const PdfObject* descendants = reader.array(&font, "DescendantFonts");
  return descendants == nullptr || descendants->GetArray().empty() ? nullptr
                                                                   : reader.resolve(&descendants->GetArray()[0]);
}

}  // namespace

// ISO 19005-1, 6.3, and ISO 19005-2, 6.2.11.
void check_pdfa_font(const PdfReader& reader, const PdfObject& font, PdfaFindings& findings) {
  const std::string kind = reader.name(&font, "Subtype");
  const std::string base = reader.name(&font, "BaseFont");
  if (kind == "Type0") {
    const PdfObject* inner = descendant(reader, font);
    if (!embedded(reader, inner)) {
      findings.fault("the font " + base + " is not embedded");
    }
    const std::string encoding = reader.name(&font, "Encoding");
    if ((findings.level == 'u' || findings.level == 'a') && encoding.starts_with("Identity") &&
        reader.get(&font, "ToUnicode") == nullptr) {
      findings.fault("the font " + base + " does not say which letters its glyphs are (ToUnicode)");
    }
  } else if ((kind == "Type1" || kind == "MMType1" || kind == "TrueType") && !embedded(reader, &font)) {
    findings.fault("the font " + base + " is not embedded");
  } else if (kind == "CIDFontType2" && embedded(reader, &font) && reader.get(&font, "CIDToGIDMap") == nullptr) {
    findings.fault("the font " + base + " does not map its characters to glyphs (CIDToGIDMap)");
  }
}

}  // namespace sohoa
