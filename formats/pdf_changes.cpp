// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_changes.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>

namespace sohoa {

using PoDoFo::PdfObject;
using PoDoFo::PdfParserObject;
using PoDoFo::PdfReference;

namespace {

using Keys = std::initializer_list<std::string_view>;
constexpr int k_max_depth = 8;  // of validation data

std::string written(const PdfObject* object) {
  std::string text;
  if (object != nullptr) {
    object->ToString(text, PoDoFo::ePdfWriteMode_Clean);
    if (object->HasStream()) {
      PoDoFo::PdfRefCountedBuffer buffer;
      PoDoFo::PdfBufferOutputStream bytes(&buffer);
      object->GetStream()->GetCopy(&bytes);
      bytes.Close();
      text.append(buffer.GetBuffer(), static_cast<std::size_t>(bytes.GetLength()));
    }
  }
  return text;
}

std::string name_of(const PdfReference& number) {
  return "object " + std::to_string(number.ObjectNumber()) + " " + std::to_string(number.GenerationNumber());
}

// The value itself, not what a reference leads to.
const PdfObject* raw(const PdfObject* dictionary, const char* key) {
  return dictionary != nullptr && dictionary->IsDictionary() ? dictionary->GetDictionary().GetKey(key) : nullptr;
}

PdfReference reference_of(const PdfObject* value) {
  return value != nullptr && value->IsReference() ? value->GetReference() : PdfReference();
}

// Only the given keys have other values; what references lead to is looked at apart.
bool differ_only_in(const PdfObject* before, const PdfObject* now, Keys keys) {
  std::set<std::string> all;
  for (const PdfObject* side : {before, now}) {
    if (side != nullptr && side->IsDictionary() && !side->HasStream()) {
      for (const auto& [key, value] : side->GetDictionary().GetKeys()) {
        all.insert(key.GetName());
      }
    } else if (side != nullptr) {
      return false;
    }
  }
  return std::all_of(all.begin(), all.end(), [&](const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end() ||
           written(raw(before, key.c_str())) == written(raw(now, key.c_str()));
  });
}

LaterChanges after(const std::string& change) { return {LaterChanges::Kind::content, change + " after it was made"}; }

class Comparison {
 public:
  Comparison(const PdfReader& before, const PdfReader& now) : m_before(before), m_now(now) {}

  LaterChanges judge(std::uint64_t end) {
    if (!collect(end)) {
      return after(m_what);
    }
    const bool nothing = m_changed.empty() && m_added == 0;
    if (!same_pages()) {
      return after("pages were added, removed or put in another order");
    }
    allow_metadata();
    allow_catalog();
    allow_form();
    allow_annotations();
    allow_filled_signatures();
    allow_validation_data(raw(&m_before.catalog(), "DSS"), 0);
    if (!m_changed.empty()) {
      return after(described(*m_changed.begin()));
    }
    return {nothing ? LaterChanges::Kind::nothing : LaterChanges::Kind::signatures, ""};
  }

 private:
  // False, with a reason, when an object is gone.
  bool collect(std::uint64_t end) {
    if (reference_of(raw(&m_before.trailer(), "Root")) != reference_of(raw(&m_now.trailer(), "Root"))) {
      m_what = "the document's catalog was replaced";
      return false;
    }
    for (const PdfObject* old : m_before.objects()) {
      const PdfObject* object = m_now.objects().GetObject(old->Reference());
      if (object == nullptr && m_before.name(old, "Type") != "XRef") {
        m_what = name_of(old->Reference()) + " was removed";
        return false;
      }
      if (object != nullptr && !at_same_place(*old, *object, end) && written(old) != written(object) &&
          m_now.name(object, "Type") != "XRef") {
        m_changed.insert(old->Reference());
      }
    }
    for (const PdfObject* object : m_now.objects()) {
      m_added += m_before.objects().GetObject(object->Reference()) == nullptr ? 1U : 0U;
    }
    return true;
  }

  static bool at_same_place(const PdfObject& old, const PdfObject& object, std::uint64_t end) {
    const auto* a = dynamic_cast<const PdfParserObject*>(&old);
    const auto* b = dynamic_cast<const PdfParserObject*>(&object);
    return a != nullptr && b != nullptr && a->GetOffset() == b->GetOffset() && b->GetOffset() >= 0 &&
           static_cast<std::uint64_t>(b->GetOffset()) < end;
  }

  bool same_pages() {
    m_pages_before = m_before.pages();
    m_pages_now = m_now.pages();
    return std::equal(
        m_pages_before.begin(), m_pages_before.end(), m_pages_now.begin(), m_pages_now.end(),
        [](const PdfPageNode& a, const PdfPageNode& b) { return a.page->Reference() == b.page->Reference(); });
  }

  void allow(const PdfObject* value) { m_changed.erase(reference_of(value)); }

  void allow_metadata() {
    allow(raw(&m_before.trailer(), "Info"));
    allow(raw(&m_before.catalog(), "Metadata"));
  }

  void allow_catalog() {
    if (differ_only_in(&m_before.catalog(), &m_now.catalog(),
                       {"AcroForm", "DSS", "Extensions", "Metadata", "Version"})) {
      allow(raw(&m_before.trailer(), "Root"));
    }
  }

  // A form that changed in other ways is named by the object that holds it, the catalog when it is no object.
  void allow_form() {
    const PdfObject* before = m_before.dictionary(&m_before.catalog(), "AcroForm");
    const PdfObject* now = m_now.dictionary(&m_now.catalog(), "AcroForm");
    if (before == nullptr && now == nullptr) {
      return;
    }
    if (!differ_only_in(before, now, {"Fields", "SigFlags", "DA", "DR"}) || (before != nullptr && now == nullptr) ||
        !only_signatures_added(m_before.array(before, "Fields"), m_now.array(now, "Fields"))) {
      m_changed.insert(reference_of(raw(&m_before.trailer(), "Root")));
      return;
    }
    allow(raw(&m_before.catalog(), "AcroForm"));
    allow(raw(before, "Fields"));
  }

  void allow_annotations() {
    for (std::size_t i = 0; i < m_pages_before.size(); ++i) {
      const PdfObject* before = m_pages_before[i].page;
      const PdfObject* now = m_pages_now[i].page;
      const PdfReference list = reference_of(raw(before, "Annots"));
      if (m_changed.count(before->Reference()) + m_changed.count(list) > 0 && differ_only_in(before, now, {"Annots"}) &&
          only_signatures_added(m_before.array(before, "Annots"), m_now.array(now, "Annots"))) {
        m_changed.erase(before->Reference());
        m_changed.erase(list);
      }
    }
  }

  // The old items in their order, and between or behind them nothing but signatures that are new.
  bool only_signatures_added(const PdfObject* before, const PdfObject* now) const {
    const PoDoFo::PdfArray none;
    const PoDoFo::PdfArray& old = before != nullptr ? before->GetArray() : none;
    const PoDoFo::PdfArray& items = now != nullptr ? now->GetArray() : none;
    std::size_t kept = 0;
    for (const PdfObject& item : items) {
      if (kept < old.size() && written(&item) == written(&old[kept])) {
        ++kept;
      } else if (!is_new_signature(item)) {
        return false;
      }
    }
    return kept == old.size();
  }

  bool is_new_signature(const PdfObject& item) const {
    const PdfObject* field = m_now.resolve(&item);
    return item.IsReference() && m_before.resolve(&item) == nullptr && m_now.name(field, "FT") == "Sig" &&
           m_now.dictionary(field, "V") != nullptr && m_now.get(field, "Kids") == nullptr;
  }

  // A field that was prepared for a signature and has it now.
  void allow_filled_signatures() {
    for (auto number = m_changed.begin(); number != m_changed.end();) {
      const PdfObject* before = m_before.objects().GetObject(*number);
      const PdfObject* now = m_now.objects().GetObject(*number);
      const bool filled = m_before.name(before, "FT") == "Sig" && m_before.get(before, "V") == nullptr &&
                          m_now.dictionary(now, "V") != nullptr &&
                          differ_only_in(before, now, {"V", "AP", "F", "M", "Lock"});
      number = filled ? m_changed.erase(number) : std::next(number);
    }
  }

  void allow_validation_data(const PdfObject* value, int depth) {
    const PdfObject* object = m_before.resolve(value);
    if (object == nullptr || depth > k_max_depth || object->HasStream() || !m_validation.insert(object).second) {
      return;
    }
    allow(value);
    if (object->IsArray()) {
      for (const PdfObject& item : object->GetArray()) {
        allow_validation_data(&item, depth + 1);
      }
    } else if (object->IsDictionary()) {
      for (const auto& [key, item] : object->GetDictionary().GetKeys()) {
        allow_validation_data(item, depth + 1);
      }
    }
  }

  [[nodiscard]] std::string described(const PdfReference& number) const {
    for (std::size_t i = 0; i < m_pages_before.size(); ++i) {
      const PdfObject* page = m_pages_before[i].page;
      const std::string name = "page " + std::to_string(i + 1);
      if (page->Reference() == number || reference_of(raw(page, "Annots")) == number) {
        return name + " was changed";
      }
      if (reference_of(raw(page, "Contents")) == number) {
        return "the contents of " + name + " were changed";
      }
    }
    return number == reference_of(raw(&m_before.trailer(), "Root")) ? "the document's catalog or form was changed"
                                                                    : name_of(number) + " was changed";
  }

  const PdfReader& m_before;
  const PdfReader& m_now;
  std::set<PdfReference> m_changed;
  std::size_t m_added = 0;
  std::set<const PdfObject*> m_validation;  // seen, so that objects that hold one another are walked once
  std::vector<PdfPageNode> m_pages_before;
  std::vector<PdfPageNode> m_pages_now;
  std::string m_what;
};

}  // namespace

LaterChanges later_changes(const PdfReader& before, const PdfReader& now, std::uint64_t end) {
  return Comparison(before, now).judge(end);
}

}  // namespace sohoa
