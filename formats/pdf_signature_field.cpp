// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature_field.hpp"

#include "formats/pdf_appearance.hpp"
#include "formats/pdf_fields.hpp"

#include <set>

namespace sohoa {

using PoDoFo::pdf_int64;
using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;
using PoDoFo::PdfVariant;

namespace {

constexpr pdf_int64 k_print_and_locked = 132;  // annotation flags; ISO 19005-2, 6.3.2 wants Print

// The objects of one signature, as they are put into an update.
class SignatureObjects {
 public:
  SignatureObjects(const PdfReader& reader, PdfUpdate& update) : m_reader(reader), m_update(update) {}

  void put_field(const SignatureAppearance& block, const std::string& name, const PdfReference& value) {
    const std::vector<PdfPageNode> pages = m_reader.pages();
    if (pages.empty() || !pages.front().page->Reference().IsIndirect()) {
      throw m_reader.corrupt("it has no first page");
    }
    const PdfPageNode& page = pages.front();
    const PlacedAppearance placed =
        put_appearance(m_update, block, frame_of(m_reader, page), annotation_boxes(m_reader, page));
    PdfArray rect;
    for (const double edge : placed.rect) {
      rect.push_back(PdfVariant(edge));
    }
    PdfDictionary appearance;
    appearance.AddKey("N", placed.form);
    PdfDictionary keys;
    keys.AddKey(PdfName::KeyType, PdfName("Annot"));
    keys.AddKey(PdfName::KeySubtype, PdfName("Widget"));
    keys.AddKey("FT", PdfName("Sig"));
    keys.AddKey("T", utf8_string(name));
    keys.AddKey("V", value);
    keys.AddKey("F", k_print_and_locked);
    keys.AddKey("Rect", rect);
    keys.AddKey("P", page.page->Reference());
    keys.AddKey("AP", appearance);
    const PdfReference field = m_update.reserve();
    m_update.put(field, PdfVariant(keys));

    PdfDictionary page_keys = page.page->GetDictionary();
    if (append(page_keys, "Annots", field)) {
      m_update.put(page.page->Reference(), PdfVariant(page_keys));
    }
    add_to_form(field);
  }

 private:
  // Adds to the array behind `key`; true when `owner` itself changed and must be put.
  bool append(PdfDictionary& owner, const char* key, const PdfReference& item) {
    const PdfObject holder{PdfVariant(owner)};
    const PdfObject* old = m_reader.array(&holder, key);
    PdfArray items = old != nullptr ? old->GetArray() : PdfArray();
    items.push_back(item);
    const PdfObject* raw = owner.GetKey(key);
    if (old != nullptr && raw->IsReference()) {
      m_update.put(old->Reference(), PdfVariant(items));
      return false;
    }
    owner.AddKey(key, items);
    return true;
  }

  void add_to_form(const PdfReference& field) {
    const PdfObject& catalog = m_reader.catalog();
    const PdfObject* old = m_reader.dictionary(&catalog, "AcroForm");
    PdfDictionary form = old != nullptr ? old->GetDictionary() : PdfDictionary();
    append(form, "Fields", field);
    form.AddKey("SigFlags", pdf_int64{3});  // signatures exist; append only (ISO 32000-1, table 219)
    if (old != nullptr && catalog.GetDictionary().GetKey("AcroForm")->IsReference()) {
      m_update.put(old->Reference(), PdfVariant(form));
      return;
    }
    const PdfReference number = m_update.reserve();
    m_update.put(number, PdfVariant(form));
    PdfDictionary keys = catalog.GetDictionary();
    keys.AddKey("AcroForm", number);
    m_update.put(catalog.Reference(), PdfVariant(keys));
  }

  const PdfReader& m_reader;
  PdfUpdate& m_update;
};

}  // namespace

PdfString utf8_string(const std::string& text) {
  return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str()));
}

std::string unique_field_name(const PdfReader& reader, const std::string& wanted) {
  std::set<std::string> taken;
  for (const PdfField& field : form_fields(reader)) {
    taken.insert(field.name);
  }
  const std::string base = wanted.empty() ? "Signature" : wanted;
  std::string name = base;
  for (int count = 2; taken.count(name) != 0; ++count) {
    name = base + std::to_string(count);
  }
  return name;
}

void put_signature_field(const PdfReader& reader, PdfUpdate& update, const SignatureAppearance& block,
                         const std::string& name, const PdfReference& value) {
  SignatureObjects(reader, update).put_field(block, name, value);
}

}  // namespace sohoa
