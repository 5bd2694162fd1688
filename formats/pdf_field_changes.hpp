// SPDX-License-Identifier: Apache-2.0
// The part of formats/pdf_changes.hpp that is about the form (ISO 32000-1, 12.7) and its fields.
#pragma once

#include "formats/pdf_changes.hpp"
#include "formats/pdf_graph.hpp"

#include <map>
#include <string>
#include <vector>

namespace sohoa {

// What a comparison of two revisions has found so far.
struct FoundChanges {
  FoundChanges(const PdfReader& old, const PdfReader& current) : before(old), now(current) {}

  const PdfReader& before;
  const PdfReader& now;
  References known;      // what can be reached in the earlier revision
  References changed;    // of them, what is not explained yet
  References explained;  // and what is
  std::vector<Change> changes;

  void add(Change change) { changes.push_back(std::move(change)); }
  void other(const std::string& what) { add({Change::Kind::other, what}); }
  // True when the object had changed.
  bool explain(const PoDoFo::PdfReference& number);
};

// Puts the items of `now` that are not of `before` into `added`; false when old ones are gone or stand in another
// order.
bool items_added(const PoDoFo::PdfObject* before, const PoDoFo::PdfObject* now,
                 std::vector<const PoDoFo::PdfObject*>& added);

class FieldChanges {
 public:
  explicit FieldChanges(FoundChanges& found) : m_found(found) {}

  // The form and every field that was there, and which are new.
  void judge();
  // Whether an annotation that `page` got belongs to a new field; its size is then noted.
  bool lies_on(const PoDoFo::PdfObject& item, const PdfPageNode& page);
  // Says what the new fields are, when all pages were seen.
  void finish();

 private:
  struct Field {
    PoDoFo::PdfReference number;
    std::string name;
    std::string type;
    bool was_signed = false;
    bool is_signed = false;
    int depth = 0;
  };
  struct NewField {
    Change change;
    bool is_time_stamp = false;
  };

  void judge_form_keys(const PoDoFo::PdfObject* before, const PoDoFo::PdfObject* now);
  void judge_field(Field field, std::vector<Field>& open);
  void judge_signature_field(const Field& field, const std::set<std::string>& keys, bool appearance);
  void judge_other_field(const Field& field, const std::set<std::string>& keys, bool appearance);
  void add_field(const PoDoFo::PdfObject& item, const std::string& parent);
  std::string new_field_fault(const PoDoFo::PdfObject& item, const std::string& name) const;
  // Takes the objects of the field's appearance out of what is to be explained; true when one had changed.
  bool explain_appearance(const PoDoFo::PdfObject* field);

  FoundChanges& m_found;
  std::map<PoDoFo::PdfReference, std::size_t> m_new_widgets;  // to m_new
  std::vector<NewField> m_new;
  std::set<std::string> m_names;
};

}  // namespace sohoa
