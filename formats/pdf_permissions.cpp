// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_permissions.hpp"

#include "formats/pdf_fields.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

FieldLock lock_of(const PdfReader& reader, const PdfObject* value) {
  FieldLock lock;
  const std::string action = reader.name(value, "Action");
  lock.action = action == "Include"   ? FieldLock::Action::include
                : action == "Exclude" ? FieldLock::Action::exclude
                                      : FieldLock::Action::all;
  if (const PdfObject* names = reader.array(value, "Fields")) {
    for (const PdfObject& item : names->GetArray()) {
      const PdfObject* name = reader.resolve(&item);
      if (name != nullptr && (name->IsString() || name->IsHexString())) {
        lock.fields.push_back(name->GetString().GetStringUtf8());
      }
    }
  }
  return lock;
}

// Without P it is 2 (table 254); with one that no table knows nothing is allowed.
int certified_by(const PdfReader& reader, const PdfObject* parameters) {
  const PdfObject* value = reader.get(parameters, "P");
  if (value == nullptr) {
    return 2;
  }
  const long p = std::lround(reader.number(value).value_or(1));
  return p >= 1 && p <= 3 ? static_cast<int>(p) : 1;
}

void certify(Permissions& permissions, int p) {
  permissions.certified = std::min(permissions.certified.value_or(3), p);
}

void read_references(const PdfReader& reader, const PdfObject* signature, Permissions& permissions) {
  const PdfObject* references = reader.array(signature, "Reference");
  for (const PdfObject& item : references != nullptr ? references->GetArray() : PoDoFo::PdfArray()) {
    const PdfObject* reference = reader.resolve(&item);
    const std::string method = reader.name(reference, "TransformMethod");
    const PdfObject* parameters = reader.dictionary(reference, "TransformParams");
    if (method == "DocMDP") {
      certify(permissions, certified_by(reader, parameters));
    } else if (method == "FieldMDP" && parameters != nullptr) {
      permissions.locks.push_back(lock_of(reader, parameters));
    }
  }
}

}  // namespace

bool is_locked(const Permissions& permissions, const std::string& field) {
  return std::any_of(permissions.locks.begin(), permissions.locks.end(),
                     [&](const FieldLock& lock) { return lock.locks(field); });
}

bool FieldLock::locks(const std::string& field) const {
  const bool named = std::any_of(fields.begin(), fields.end(), [&](const std::string& name) {
    return field == name || field.starts_with(name + ".");
  });
  return action == Action::all || named == (action == Action::include);
}

Permissions permissions_of(const PdfReader& revision) {
  Permissions permissions;
  for (const PdfField& field : signed_fields(revision)) {
    read_references(revision, revision.dictionary(field.field, "V"), permissions);
    if (const PdfObject* lock = revision.dictionary(field.field, "Lock")) {
      permissions.locks.push_back(lock_of(revision, lock));
      if (revision.get(lock, "P") != nullptr) {  // ISO 32000-2, table 236
        certify(permissions, certified_by(revision, lock));
      }
    }
  }
  const PdfObject* certification = revision.dictionary(revision.dictionary(&revision.catalog(), "Perms"), "DocMDP");
  if (certification != nullptr && !permissions.certified) {
    certify(permissions, 2);
    read_references(revision, certification, permissions);
  }
  return permissions;
}

std::string_view to_string(Judgement judgement) {
  return judgement == Judgement::allowed ? "allowed" : judgement == Judgement::suspect ? "suspect" : "forbidden";
}

Judgement judge_change(const Change& change, const Permissions& permissions, double& covered) {
  const auto if_allowed = [](bool allowed) { return allowed ? Judgement::allowed : Judgement::forbidden; };
  const int p = permissions.certified.value_or(0);
  switch (change.kind) {
    case Change::Kind::validation_data:
    case Change::Kind::time_stamp:
    case Change::Kind::version:
      return Judgement::allowed;
    case Change::Kind::metadata:
      return if_allowed(p != 1);
    case Change::Kind::signature_filled:
      return if_allowed(p != 1 && !is_locked(permissions, change.field));
    case Change::Kind::signature_added: {
      covered += change.share;
      const bool suspect = change.share > 0 && covered > (p != 0 ? k_max_share_certified : k_max_share);
      const bool allowed = p != 1 && !is_locked(permissions, change.field);
      return suspect && allowed ? Judgement::suspect : if_allowed(allowed);
    }
    case Change::Kind::field_filled:
      return if_allowed(p >= 2 && !is_locked(permissions, change.field));
    case Change::Kind::annotation:
      return p == 3 && change.shown ? Judgement::suspect : if_allowed(p == 3);
    case Change::Kind::other:
      break;
  }
  return Judgement::forbidden;
}

}  // namespace sohoa
