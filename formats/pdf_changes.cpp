// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_changes.hpp"

#include "formats/pdf_field_changes.hpp"
#include "formats/pdf_graph.hpp"

#include <algorithm>
#include <array>

namespace sohoa {

using PoDoFo::PdfObject;
using PoDoFo::PdfParserObject;
using PoDoFo::PdfReference;

namespace {

constexpr int k_max_depth = 8;  // of validation data

bool at_same_place(const PdfObject& old, const PdfObject& object, std::uint64_t end) {
  const auto* a = dynamic_cast<const PdfParserObject*>(&old);
  const auto* b = dynamic_cast<const PdfParserObject*>(&object);
  return a != nullptr && b != nullptr && a->GetOffset() == b->GetOffset() && b->GetOffset() >= 0 &&
         static_cast<std::uint64_t>(b->GetOffset()) < end;
}

class Comparison {
 public:
  Comparison(const PdfReader& before, const PdfReader& now) : m_before(before), m_now(now), m_found(before, now) {}

  std::vector<Change> run(std::uint64_t end) {
    if (reference_of(raw(&m_before.trailer(), "Root")) != reference_of(raw(&m_now.trailer(), "Root"))) {
      m_found.other("the document's catalog was replaced");
      return std::move(m_found.changes);
    }
    collect(end);
    m_pages_before = m_before.pages();
    m_pages_now = m_now.pages();
    const bool same_pages = std::equal(
        m_pages_before.begin(), m_pages_before.end(), m_pages_now.begin(), m_pages_now.end(),
        [](const PdfPageNode& a, const PdfPageNode& b) { return a.page->Reference() == b.page->Reference(); });
    if (!same_pages) {
      m_found.other("pages were added, removed or put in another order");
      return std::move(m_found.changes);
    }
    judge_information();
    judge_catalog();
    FieldChanges fields(m_found);
    fields.judge();
    for (std::size_t i = 0; i < m_pages_before.size(); ++i) {
      judge_page(i, fields);
    }
    fields.finish();
    judge_validation_data();
    for (const PdfReference& number : m_found.changed) {
      m_found.other(described(number));
    }
    protect_content();
    return std::move(m_found.changes);
  }

 private:
  void collect(std::uint64_t end) {
    m_found.known = reachable(m_before);
    for (const PdfReference& number : m_found.known) {
      const PdfObject* old = m_before.objects().GetObject(number);
      const PdfObject* object = m_now.objects().GetObject(number);
      if (old != nullptr && object == nullptr) {
        m_found.other(name_of(number) + " was removed");
      } else if (object != nullptr && (old == nullptr || !at_same_place(*old, *object, end)) &&
                 written(old) != written(object)) {
        m_found.changed.insert(number);
      }
    }
  }

  // The document information dictionary; its values may be objects of their own.
  void judge_information() {
    const PdfObject* before = raw(&m_before.trailer(), "Info");
    bool changed = written(before) != written(raw(&m_now.trailer(), "Info")) || m_found.explain(reference_of(before));
    if (const PdfObject* information = m_before.dictionary(&m_before.trailer(), "Info")) {
      each_reference(*information, [&](const PdfReference& number) { changed = m_found.explain(number) || changed; });
    }
    if (changed) {
      m_found.add({Change::Kind::metadata, "the document information was changed"});
    }
  }

  void judge_catalog() {
    const PdfObject& before = m_before.catalog();
    const PdfObject& now = m_now.catalog();
    const PdfReference metadata = reference_of(raw(&before, "Metadata"));
    std::set<std::string> keys = m_found.changed.erase(reference_of(raw(&m_before.trailer(), "Root"))) > 0
                                     ? different_keys(&before, &now)
                                     : std::set<std::string>();
    if (m_found.explain(metadata) || keys.count("Metadata") > 0) {
      const PdfObject* value = m_now.get(&now, "Metadata");
      m_found.add(value != nullptr && value->HasStream()
                      ? Change{Change::Kind::metadata, "the XMP metadata was changed"}
                      : Change{Change::Kind::other, "the XMP metadata was taken away"});
    }
    if (m_found.explain(reference_of(raw(&before, "Extensions")))) {
      keys.insert("Extensions");
    }
    m_new_validation_data = keys.count("DSS") > 0;
    for (const std::string& key : keys) {
      if (key == "Version" || key == "Extensions") {
        judge_version(key);
      } else if (key != "AcroForm" && key != "DSS" && key != "Metadata") {
        m_found.other("the catalog got another " + key);
      }
    }
  }

  // ISO 32000-1, 7.12: names of developers, each with versions and nothing that anybody draws or runs.
  void judge_version(const std::string& key) {
    const PdfObject* value = m_now.get(&m_now.catalog(), key.c_str());
    const PdfObject* old = m_before.dictionary(&m_before.catalog(), "Extensions");
    bool plain = value != nullptr && (key == "Version" ? value->IsName() : value->IsDictionary());
    if (plain && value->IsDictionary()) {
      for (const auto& [developer, extension] : value->GetDictionary().GetKeys()) {
        plain = plain && (developer == PoDoFo::PdfName::KeyType || is_extension(extension));
      }
      for (const std::string& changed : different_keys(old, value)) {
        plain = plain && raw(old, changed.c_str()) == nullptr;
      }
    }
    m_found.add({plain ? Change::Kind::version : Change::Kind::other, "the catalog got another " + key});
  }

  bool is_extension(const PdfObject* value) const {
    constexpr std::array known{"Type", "BaseVersion", "ExtensionLevel", "ExtensionRevision", "URL"};
    const PdfObject* extension = m_now.resolve(value);
    if (extension == nullptr || !extension->IsDictionary()) {
      return false;
    }
    const auto& keys = extension->GetDictionary().GetKeys();
    return std::all_of(keys.begin(), keys.end(), [&](const auto& entry) {
      return std::find(known.begin(), known.end(), entry.first.GetName()) != known.end();
    });
  }

  void judge_page(std::size_t index, FieldChanges& fields) {
    const PdfObject* before = m_pages_before[index].page;
    const PdfObject* now = m_pages_now[index].page;
    const std::string page = "page " + std::to_string(index + 1);
    const bool changed = m_found.changed.erase(before->Reference()) > 0;
    for (const std::string& key : changed ? different_keys(before, now) : std::set<std::string>()) {
      if (key != "Annots") {
        m_found.other(page + " got another " + key);
      }
    }
    m_found.explain(reference_of(raw(before, "Annots")));
    const PdfObject* old = m_before.array(before, "Annots");
    std::vector<const PdfObject*> added;
    if (!items_added(old, m_now.array(now, "Annots"), added)) {
      m_found.add({Change::Kind::annotation, "annotations of " + page + " were taken away", {}, 0, true});
    }
    for (const PdfObject* item : added) {
      if (!fields.lies_on(*item, m_pages_now[index])) {
        judge_annotation(*item, page);
      }
    }
    for (const PdfObject& item : old != nullptr ? old->GetArray() : PoDoFo::PdfArray()) {
      if (m_before.name(m_before.resolve(&item), "Subtype") != "Widget" && m_found.explain(reference_of(&item))) {
        m_found.add({Change::Kind::annotation, "an annotation of " + page + " was changed", {}, 0, true});
      }
    }
  }

  // Notes and marks show only an icon or a tint, unless an appearance of their own says otherwise.
  void judge_annotation(const PdfObject& item, const std::string& page) {
    constexpr std::array quiet{"Text", "Popup", "Link", "Highlight", "Underline", "StrikeOut", "Squiggly"};
    const PdfObject* annotation = m_now.resolve(&item);
    const std::string kind = m_now.name(annotation, "Subtype");
    if (kind == "Widget" || kind.empty() || m_now.get(annotation, "A") != nullptr ||
        m_now.get(annotation, "AA") != nullptr) {
      m_found.other("an annotation was added to " + page + " that is no note: " + (kind.empty() ? "(no kind)" : kind));
      return;
    }
    const bool shown =
        m_now.get(annotation, "AP") != nullptr || std::find(quiet.begin(), quiet.end(), kind) == quiet.end();
    m_found.add({Change::Kind::annotation, "an annotation was added to " + page + ": " + kind, {}, 0, shown});
  }

  void judge_validation_data() {
    bool changed = m_new_validation_data;
    std::vector<std::pair<const PdfObject*, int>> open{{raw(&m_before.catalog(), "DSS"), 0}};
    References seen;
    while (!open.empty()) {
      const auto [value, depth] = open.back();
      open.pop_back();
      if (value == nullptr || depth > k_max_depth ||
          (value->IsReference() && !seen.insert(reference_of(value)).second)) {
        continue;
      }
      changed = m_found.explain(reference_of(value)) || changed;
      const PdfObject* object = m_before.resolve(value);
      if (object != nullptr && object->IsArray()) {
        for (const PdfObject& item : object->GetArray()) {
          open.emplace_back(&item, depth + 1);
        }
      } else if (object != nullptr && object->IsDictionary() && !object->HasStream()) {
        for (const auto& [key, item] : object->GetDictionary().GetKeys()) {
          open.emplace_back(item, depth + 1);
        }
      }
    }
    if (changed) {
      const bool there = m_now.dictionary(&m_now.catalog(), "DSS") != nullptr;
      m_found.add({there ? Change::Kind::validation_data : Change::Kind::other,
                   there ? "validation data was added" : "the validation data was taken away"});
    }
  }

  // What was explained in one role must not have another on a page, in either revision.
  void protect_content() {
    if (m_found.explained.empty()) {
      return;
    }
    References content = reachable_content(m_before);
    content.merge(reachable_content(m_now));
    for (const PdfReference& number : m_found.explained) {
      if (content.count(number) > 0) {
        m_found.other(name_of(number) + ", which a page uses, was changed");
      }
    }
  }

  [[nodiscard]] std::string described(const PdfReference& number) const {
    for (std::size_t i = 0; i < m_pages_before.size(); ++i) {
      if (reference_of(raw(m_pages_before[i].page, "Contents")) == number) {
        return "the contents of page " + std::to_string(i + 1) + " were changed";
      }
    }
    return name_of(number) + " was changed";
  }

  const PdfReader& m_before;
  const PdfReader& m_now;
  FoundChanges m_found;
  std::vector<PdfPageNode> m_pages_before;
  std::vector<PdfPageNode> m_pages_now;
  bool m_new_validation_data = false;
};

}  // namespace

std::string_view to_string(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::validation_data:
      return "validation-data";
    case Change::Kind::time_stamp:
      return "time-stamp";
    case Change::Kind::signature_filled:
      return "signature-filled";
    case Change::Kind::signature_added:
      return "signature-added";
    case Change::Kind::field_filled:
      return "field-filled";
    case Change::Kind::annotation:
      return "annotation";
    case Change::Kind::metadata:
      return "metadata";
    case Change::Kind::version:
      return "version";
    case Change::Kind::other:
      break;
  }
  return "other";
}

std::vector<Change> changes_between(const PdfReader& before, const PdfReader& now, std::uint64_t end) {
  return Comparison(before, now).run(end);
}

}  // namespace sohoa
