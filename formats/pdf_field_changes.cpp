// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_field_changes.hpp"

#include "formats/pdf_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace sohoa {

using PoDoFo::PdfObject;
using PoDoFo::PdfReference;

namespace {

constexpr int k_max_depth = 32;
constexpr long k_hidden = 2;  // annotation flag (ISO 32000-1, table 165)

bool only(const std::set<std::string>& keys, std::initializer_list<std::string_view> allowed) {
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return std::find(allowed.begin(), allowed.end(), key) != allowed.end();
  });
}

double area(const PdfReader& reader, const PdfObject* box) {
  std::array<double, 4> edges{};
  if (box == nullptr || !box->IsArray() || box->GetArray().size() != edges.size()) {
    return 0;
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    edges.at(i) = reader.number(&box->GetArray()[i]).value_or(0);
  }
  return std::abs(edges[2] - edges[0]) * std::abs(edges[3] - edges[1]);
}

bool is_time_stamp(const PdfReader& reader, const PdfObject* signature) {
  return reader.name(signature, "Type") == "DocTimeStamp" || reader.name(signature, "SubFilter") == "ETSI.RFC3161";
}

// Every old entry as it was, further ones beside; two levels deep, as resources are.
bool holds_all(const PdfReader& old_reader, const PdfObject* old, const PdfReader& reader, const PdfObject* now,
               int depth) {
  if (old == nullptr || now == nullptr || !old->IsDictionary() || !now->IsDictionary()) {
    return old == nullptr || written(old) == written(now);
  }
  const auto& keys = old->GetDictionary().GetKeys();
  return std::all_of(keys.begin(), keys.end(), [&](const auto& entry) {
    const PdfObject* other = raw(now, entry.first.GetName().c_str());
    return written(entry.second) == written(other) ||
           (depth > 0 &&
            holds_all(old_reader, old_reader.resolve(entry.second), reader, reader.resolve(other), depth - 1));
  });
}

}  // namespace

bool FoundChanges::explain(const PdfReference& number) {
  const bool had_changed = changed.erase(number) > 0;
  if (had_changed) {
    explained.insert(number);
  }
  return had_changed || explained.count(number) > 0;
}

bool items_added(const PdfObject* before, const PdfObject* now, std::vector<const PdfObject*>& added) {
  const PoDoFo::PdfArray none;
  const PoDoFo::PdfArray& old = before != nullptr ? before->GetArray() : none;
  std::size_t kept = 0;
  if (now != nullptr) {
    for (const PdfObject& item : now->GetArray()) {
      if (kept < old.size() && written(&item) == written(&old[kept])) {
        ++kept;
      } else {
        added.push_back(&item);
      }
    }
  }
  return kept == old.size();
}

void FieldChanges::judge() {
  const PdfObject* before = m_found.before.dictionary(&m_found.before.catalog(), "AcroForm");
  const PdfObject* now = m_found.now.dictionary(&m_found.now.catalog(), "AcroForm");
  if (before == nullptr && now == nullptr) {
    return;
  }
  if (now == nullptr) {
    m_found.other("the form was taken away");
    return;
  }
  for (const PdfField& field : form_fields(m_found.before)) {
    m_names.insert(field.name);
  }
  judge_form_keys(before, now);
  std::vector<Field> open;
  std::set<PdfReference> seen;
  const PdfObject* fields = m_found.before.array(before, "Fields");
  for (const PdfObject& item : fields != nullptr ? fields->GetArray() : PoDoFo::PdfArray()) {
    open.push_back({reference_of(&item), "", "", false, false, 0});
  }
  std::vector<const PdfObject*> added;
  if (!items_added(fields, m_found.now.array(now, "Fields"), added)) {
    m_found.other("fields of the form were taken away");
  }
  for (const PdfObject* item : added) {
    add_field(*item, "");
  }
  while (!open.empty()) {
    Field field = std::move(open.back());
    open.pop_back();
    if (field.depth <= k_max_depth && seen.insert(field.number).second) {
      judge_field(std::move(field), open);
    }
  }
}

void FieldChanges::judge_form_keys(const PdfObject* before, const PdfObject* now) {
  for (const std::string& key : different_keys(before, now)) {
    const PdfObject* old = m_found.before.get(before, key.c_str());
    const PdfObject* value = m_found.now.get(now, key.c_str());
    const bool flags = key == "SigFlags" && value != nullptr && value->IsNumber();
    const bool text = key == "DA" && old == nullptr;
    const bool resources = key == "DR" && holds_all(m_found.before, old, m_found.now, value, 2);
    if (key != "Fields" && !flags && !text && !resources) {
      m_found.other("the form got another " + key);
    }
  }
  for (const char* key : {"Fields", "DR"}) {
    const PdfReference part = reference_of(raw(before, key));
    if (m_found.changed.count(part) > 0 && std::string_view(key) == "DR" &&
        !holds_all(m_found.before, m_found.before.get(before, key), m_found.now, m_found.now.get(now, key), 2)) {
      m_found.other("the form got another DR");
    }
    m_found.explain(part);
  }
  m_found.explain(reference_of(raw(&m_found.before.catalog(), "AcroForm")));
}

bool FieldChanges::explain_appearance(const PdfObject* field) {
  bool changed = false;
  std::vector<std::pair<const PdfObject*, int>> open{{raw(field, "AP"), 0}};
  while (!open.empty()) {
    const auto [value, depth] = open.back();
    open.pop_back();
    changed = m_found.changed.count(reference_of(value)) > 0 || changed;
    m_found.explain(reference_of(value));
    const PdfObject* object = m_found.before.resolve(value);
    if (depth < 3 && object != nullptr && object->IsDictionary() && !object->HasStream()) {
      for (const auto& [key, item] : object->GetDictionary().GetKeys()) {
        open.emplace_back(item, depth + 1);
      }
    }
  }
  return changed;
}

void FieldChanges::judge_field(Field field, std::vector<Field>& open) {
  const PdfObject* before = m_found.before.objects().GetObject(field.number);
  const PdfObject* now = m_found.now.objects().GetObject(field.number);
  if (before == nullptr || now == nullptr) {
    return;
  }
  const std::string partial = m_found.before.text(before, "T");
  field.name += field.name.empty() || partial.empty() ? partial : "." + partial;
  const std::string own = m_found.before.name(before, "FT");
  field.type = own.empty() ? field.type : own;
  field.was_signed = field.was_signed || m_found.before.get(before, "V") != nullptr;
  field.is_signed = field.is_signed || m_found.now.dictionary(now, "V") != nullptr;

  const PdfObject* kids = m_found.before.array(before, "Kids");
  std::vector<const PdfObject*> added;
  if (!items_added(kids, m_found.now.array(now, "Kids"), added)) {
    m_found.other("parts of the field " + field.name + " were taken away");
  }
  for (const PdfObject* item : added) {
    add_field(*item, field.name);
  }
  for (const PdfObject& kid : kids != nullptr ? kids->GetArray() : PoDoFo::PdfArray()) {
    open.push_back({reference_of(&kid), field.name, field.type, field.was_signed, field.is_signed, field.depth + 1});
  }
  std::set<std::string> keys;
  if (m_found.explain(field.number)) {
    keys = different_keys(before, now);
  }
  if (m_found.explain(reference_of(raw(before, "Kids")))) {
    keys.insert("Kids");
  }
  keys.erase("Kids");
  const bool appearance = explain_appearance(before);
  if (m_found.explain(reference_of(raw(before, "V")))) {
    keys.insert("V");
  }
  if (keys.empty() && !appearance) {
    return;
  }
  if (field.type == "Sig") {
    judge_signature_field(field, keys, appearance);
  } else {
    judge_other_field(field, keys, appearance);
  }
}

void FieldChanges::judge_signature_field(const Field& field, const std::set<std::string>& keys, bool) {
  const PdfObject* now = m_found.now.objects().GetObject(field.number);
  if (field.was_signed) {
    m_found.other("the signed field " + field.name + " was changed");
  } else if (!field.is_signed || !only(keys, {"V", "AP", "AS", "F", "M", "MK", "Lock"})) {
    m_found.other("the empty signature field " + field.name + " was changed");
  } else if (const PdfObject* value = m_found.now.dictionary(now, "V")) {
    const bool stamp = is_time_stamp(m_found.now, value);
    m_found.add({stamp ? Change::Kind::time_stamp : Change::Kind::signature_filled,
                 "the field " + field.name + " was " + (stamp ? "time-stamped" : "signed"), field.name});
  }
}

void FieldChanges::judge_other_field(const Field& field, const std::set<std::string>& keys, bool) {
  const bool fillable = field.type == "Tx" || field.type == "Btn" || field.type == "Ch";
  const bool filled = fillable && only(keys, {"V", "AP", "AS", "RV", "I", "TI", "M"});
  m_found.add({filled ? Change::Kind::field_filled : Change::Kind::other,
               "the field " + field.name + " was " + (filled ? "filled in" : "changed"), field.name});
}

// What makes a new field more than a place for a signature; "" when nothing does.
std::string FieldChanges::new_field_fault(const PdfObject& item, const std::string& name) const {
  const PdfReader& now = m_found.now;
  const PdfObject* field = now.resolve(&item);
  if (!item.IsReference() || field == nullptr || m_found.known.count(reference_of(&item)) > 0 ||
      now.name(field, "FT") != "Sig") {
    return "a field that is no signature was added: " + name;
  }
  std::vector<const PdfObject*> parts{field};
  const PdfObject* kids = now.array(field, "Kids");
  for (const PdfObject& kid : kids != nullptr ? kids->GetArray() : PoDoFo::PdfArray()) {
    parts.push_back(now.resolve(&kid));
    if (m_found.known.count(reference_of(&kid)) > 0 || now.get(parts.back(), "T") != nullptr) {
      return "a field with further fields was added: " + name;
    }
  }
  for (const PdfObject* part : parts) {
    if (now.get(part, "A") != nullptr || now.get(part, "AA") != nullptr) {
      return "a field with an action was added: " + name;
    }
  }
  if (now.get(field, "V") != nullptr && now.dictionary(field, "V") == nullptr) {
    return "a signature field without a signature's dictionary was added: " + name;
  }
  return m_names.count(name) > 0 ? "a second field of the same name was added: " + name : "";
}

void FieldChanges::add_field(const PdfObject& item, const std::string& parent) {
  const PdfReader& now = m_found.now;
  const PdfObject* field = now.resolve(&item);
  const std::string partial = now.text(field, "T");
  const std::string name = parent.empty() || partial.empty() ? parent + partial : parent + "." + partial;
  const std::string fault = new_field_fault(item, name);
  if (!fault.empty()) {
    m_found.other(fault);
    return;
  }
  m_names.insert(name);
  m_new_widgets[reference_of(&item)] = m_new.size();
  const PdfObject* kids = now.array(field, "Kids");
  for (const PdfObject& kid : kids != nullptr ? kids->GetArray() : PoDoFo::PdfArray()) {
    m_new_widgets[reference_of(&kid)] = m_new.size();
  }
  const PdfObject* value = now.dictionary(field, "V");
  const std::string kind = value == nullptr ? "an empty signature field" : "a signature";
  m_new.push_back({{Change::Kind::signature_added, kind + " was added: " + name, name}, is_time_stamp(now, value)});
}

bool FieldChanges::lies_on(const PdfObject& item, const PdfPageNode& page) {
  const auto found = m_new_widgets.find(reference_of(&item));
  if (found == m_new_widgets.end() || !item.IsReference()) {
    return false;
  }
  const PdfReader& now = m_found.now;
  const PdfObject* widget = now.resolve(&item);
  const bool hidden = (std::lround(now.number(raw(widget, "F")).value_or(0)) & k_hidden) != 0;
  const double whole = area(now, page.media_box);
  if (!hidden && now.get(widget, "AP") != nullptr) {
    const double own = area(now, now.array(widget, "Rect"));
    m_new[found->second].change.share += whole > 0 ? own / whole : own > 0 ? 1 : 0;
  }
  return true;
}

void FieldChanges::finish() {
  for (NewField& field : m_new) {
    if (field.is_time_stamp && field.change.share == 0) {
      field.change.kind = Change::Kind::time_stamp;
      field.change.what = "a time-stamp was added: " + field.change.field;
    }
    if (field.change.share > 0) {
      field.change.what +=
          ", over " + std::to_string(std::lround(std::ceil(100 * field.change.share))) + " % of a page";
    }
    m_found.add(std::move(field.change));
  }
}

}  // namespace sohoa
