// SPDX-License-Identifier: Apache-2.0
#include "formats/pdfa_check.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::array<std::string_view, 21> k_part_2{
    "Text",     "Link",      "FreeText",       "Line",     "Square",      "Circle",  "Polygon",
    "PolyLine", "Highlight", "Underline",      "Squiggly", "StrikeOut",   "Stamp",   "Caret",
    "Ink",      "Popup",     "FileAttachment", "Widget",   "PrinterMark", "TrapNet", "Watermark"};
constexpr std::array<std::string_view, 6> k_not_in_part_1{"Polygon",        "PolyLine",  "Caret",
                                                          "FileAttachment", "Watermark", "Redact"};

// Bits of /F (ISO 32000-1, table 165).
constexpr std::int64_t k_invisible = 1;
constexpr std::int64_t k_hidden = 2;
constexpr std::int64_t k_print = 4;
constexpr std::int64_t k_no_view = 32;
constexpr std::int64_t k_toggle_no_view = 256;

bool has_area(const PdfReader& reader, const PdfObject& annotation) {
  const PdfObject* rect = reader.array(&annotation, "Rect");
  if (rect == nullptr || rect->GetArray().size() != 4) {
    return true;
  }
  std::array<double, 4> edges{};
  for (std::size_t i = 0; i < edges.size(); ++i) {
    edges.at(i) = reader.number(&rect->GetArray()[i]).value_or(0);
  }
  return edges[0] != edges[2] || edges[1] != edges[3];
}

void check_flags(const PdfReader& reader, const PdfObject& annotation, PdfaFindings& findings) {
  const PdfObject* value = reader.get(&annotation, "F");
  const std::int64_t flags = value != nullptr && value->IsNumber() ? value->GetNumber() : 0;
  const std::int64_t hiding = k_invisible | k_hidden | k_no_view | (findings.part > 1 ? k_toggle_no_view : 0);
  if ((flags & k_print) == 0 || (flags & hiding) != 0) {
    findings.fault("an annotation is not both shown and printed");
  }
}

void check_appearance(const PdfReader& reader, const PdfObject& annotation, PdfaFindings& findings) {
  const PdfObject* appearance = reader.dictionary(&annotation, "AP");
  const PdfObject* normal = reader.get(appearance, "N");
  if (appearance == nullptr) {
    if (findings.part > 1 && has_area(reader, annotation)) {
      findings.fault("an annotation has no appearance");
    }
    return;
  }
  const bool only = normal != nullptr && appearance->GetDictionary().GetKeys().size() == 1;
  const bool button = reader.name(&annotation, "Subtype") == "Widget" && reader.name(&annotation, "FT") == "Btn";
  const bool kid = reader.get(&annotation, "Parent") != nullptr;
  if (!only || !normal->IsDictionary() || (!button && !kid && !normal->HasStream()) ||
      (button && normal->HasStream())) {
    findings.fault("an annotation's appearance is not only a normal one of the right kind");
  }
}

}  // namespace

// ISO 19005-1, 6.5.2, 6.5.3, 6.6.2, 6.9; ISO 19005-2, 6.3, 6.4.1, 6.5.2.
void check_pdfa_annotation(const PdfReader& reader, const PdfObject& annotation, PdfaFindings& findings) {
  const std::string kind = reader.name(&annotation, "Subtype");
  const bool known =
      std::find(k_part_2.begin(), k_part_2.end(), kind) != k_part_2.end() &&
      (findings.part > 1 || std::find(k_not_in_part_1.begin(), k_not_in_part_1.end(), kind) == k_not_in_part_1.end());
  if (!known) {
    findings.fault("there is an annotation of the kind " + (kind.empty() ? "(none)" : kind));
    return;
  }
  if (reader.get(&annotation, "F") != nullptr || kind != "Popup") {
    check_flags(reader, annotation, findings);
  }
  if (kind != "Popup" && kind != "Link") {
    check_appearance(reader, annotation, findings);
  } else if (reader.get(&annotation, "AP") != nullptr) {
    check_appearance(reader, annotation, findings);
  }
  if (kind == "Widget" &&
      (reader.get(&annotation, "AA") != nullptr || (findings.part > 1 && reader.get(&annotation, "A") != nullptr))) {
    findings.fault("a form field has actions");
  }
}

}  // namespace sohoa
