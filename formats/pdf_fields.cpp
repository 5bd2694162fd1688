// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_fields.hpp"

#include <set>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::size_t k_max_fields = 100'000;
constexpr int k_max_depth = 32;

struct OpenField {
  PdfField field;
  int depth = 0;
};

void push_reversed(const PdfReader& reader, const PdfObject& array, const PdfField& parent, int depth,
                   std::vector<OpenField>& open) {
  const PoDoFo::PdfArray& items = array.GetArray();
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    open.push_back({{parent.name, parent.type, reader.resolve(&*item)}, depth});
  }
}

// Kids without a partial name are the field's widgets, not fields.
bool has_child_fields(const PdfReader& reader, const PdfObject& kids) {
  for (const PdfObject& kid : kids.GetArray()) {
    if (reader.get(reader.resolve(&kid), "T") != nullptr) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<PdfField> form_fields(const PdfReader& reader) {
  std::vector<PdfField> fields;
  std::vector<OpenField> open;
  std::set<const PdfObject*> seen;
  if (const PdfObject* roots = reader.array(reader.dictionary(&reader.catalog(), "AcroForm"), "Fields")) {
    push_reversed(reader, *roots, {}, 0, open);
  }
  while (!open.empty() && fields.size() < k_max_fields) {
    OpenField next = std::move(open.back());
    open.pop_back();
    PdfField& field = next.field;
    if (field.field == nullptr || !field.field->IsDictionary() || next.depth > k_max_depth ||
        !seen.insert(field.field).second) {
      continue;
    }
    const std::string partial = reader.text(field.field, "T");
    field.name += field.name.empty() || partial.empty() ? partial : "." + partial;
    const std::string own = reader.name(field.field, "FT");
    field.type = own.empty() ? field.type : own;
    const PdfObject* kids = reader.array(field.field, "Kids");
    if (kids != nullptr && has_child_fields(reader, *kids)) {
      push_reversed(reader, *kids, field, next.depth + 1, open);
    } else {
      fields.push_back(std::move(field));
    }
  }
  return fields;
}

std::vector<PdfField> signed_fields(const PdfReader& reader) {
  std::vector<PdfField> fields;
  std::set<const PdfObject*> known;
  for (PdfField& field : form_fields(reader)) {
    known.insert(field.field);
    if (field.type == "Sig" && reader.get(field.field, "V") != nullptr) {
      fields.push_back(std::move(field));
    }
  }
  for (const PdfPageNode& page : reader.pages()) {
    const PdfObject* annotations = reader.array(page.page, "Annots");
    for (std::size_t i = 0; annotations != nullptr && i < annotations->GetArray().size(); ++i) {
      const PdfObject* widget = reader.resolve(&annotations->GetArray()[i]);
      if (reader.name(widget, "FT") == "Sig" && reader.get(widget, "V") != nullptr && known.insert(widget).second) {
        fields.push_back({reader.text(widget, "T"), "Sig", widget});
      }
    }
  }
  return fields;
}

bool is_signature_widget(const PdfReader& reader, const PdfObject* annotation) {
  return reader.name(annotation, "FT") == "Sig" || reader.name(reader.dictionary(annotation, "Parent"), "FT") == "Sig";
}

}  // namespace sohoa
