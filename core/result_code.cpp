// SPDX-License-Identifier: Apache-2.0
#include "core/result_code.hpp"

#include "core/clock.hpp"
#include "core/code_parts.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::string_view sequence_mark = "{seq";

// The fields and the dossier as the template may name them, NFC and trimmed; unknown ones are empty.
std::map<std::string, std::string> fields_of(const Document& document) {
  std::map<std::string, std::string> parts;
  for (const char* name : code_fields) {
    parts[name] = to_nfc(trim(document.field(name)));
  }
  const Json dossier = document.record().value("dossier", Json::object());
  parts["dossier"] = string_of(dossier, "code");
  parts["kind"] = string_of(dossier, "kind");
  return parts;
}

bool lacks_required(Document& document, const CodeForm& form, const std::map<std::string, std::string>& parts) {
  std::string missing;
  for (const std::string& name : form.required) {
    const auto part = parts.find(name);
    if (part == parts.end() || part->second.empty()) {
      missing += (missing.empty() ? "" : " and ") + name;
    }
  }
  if (!missing.empty()) {
    document.add_problem({Severity::warning, "code-incomplete", "no result code was given for want of " + missing,
                          "give what lacks in the register", std::nullopt});
  }
  return !missing.empty();
}

bool names(const std::string& text, const std::string& part) {
  return text.find("{" + part + "}") != std::string::npos || text.find("{" + part + ":") != std::string::npos;
}

// Whether a code of that form depends on the field.
bool uses(const CodeForm& form, const std::string& field) {
  const std::string& whole = form.code_template;
  const bool part = field == "type" || field == "symbol";
  return (!part && names(whole, field)) || (names(whole, "type") && names(form.type, field)) ||
         (names(whole, "symbol") && names(form.symbol, field)) ||
         std::find(form.required.begin(), form.required.end(), field) != form.required.end();
}

// A code with a misread part is worse than none: what was read counts only when the reading is sure.
bool leans_on_unsure(Document& document, const Profile& profile, const CodeForm& form) {
  const Json fields = document.record().value("fields", Json::object());
  std::string unsure;
  for (const auto& [name, field] : fields.items()) {
    const double confidence = field.is_object() && field.contains("confidence") && field["confidence"].is_number()
                                  ? field["confidence"].get<double>()
                                  : 0;
    if (uses(form, name) && string_of(field, "origin") == "ocr" && confidence < profile.code.min_confidence) {
      unsure += (unsure.empty() ? "" : " and ") + name;
    }
  }
  if (!unsure.empty()) {
    document.add_problem({Severity::warning, "code-unsure",
                          "no result code was given, as the page could not be read surely enough at " + unsure,
                          "give what lacks in the register", std::nullopt});
  }
  return !unsure.empty();
}

}  // namespace

void give_code(Document& document, const Profile& profile, Catalog& catalog) {
  std::map<std::string, std::string> parts = fields_of(document);
  const std::optional<CodeForm> form = code_form(profile, parts["kind"]);
  if (!form) {
    document.add_problem({Severity::warning, "code-kind",
                          "no result code was given, as no codes are known for the kind " + parts["kind"],
                          "correct the kind in the register, or add [code.<kind>] to the profile", std::nullopt});
    return;
  }
  if (!parts["kind"].empty() && parts["kind"] != form->kind) {
    document.record()["dossier"]["class"] = form->kind;
  }
  if (lacks_required(document, *form, parts) || leans_on_unsure(document, profile, *form)) {
    return;
  }
  const std::map<std::string, std::string> fields = parts;
  parts["type"] = expand_template(form->type, fields);
  parts["symbol"] = expand_template(form->symbol, fields);
  const std::string& pattern = form->code_template;
  const std::string prefix = expand_template(pattern.substr(0, pattern.find(sequence_mark)), parts);
  parts["seq"] = "1";
  if (const std::size_t length = characters(expand_template(pattern, parts)); length > profile.code.max_length) {
    document.add_problem({Severity::warning, "code-too-long",
                          "no result code was given, as it would have " + std::to_string(length) +
                              " characters, more than the " + std::to_string(profile.code.max_length) +
                              " that the profile allows",
                          "shorten the symbol in the register", std::nullopt});
    return;
  }
  const int sequence = catalog.allot_sequence(prefix, document.id());
  parts["seq"] = std::to_string(sequence);
  const std::string value = expand_template(pattern, parts);
  catalog.record_code(value, document.id(), iso_utc(artefact_time()));
  Json code{{"value", value}};
  if (!parts["kind"].empty()) {
    code["kind"] = form->kind;
  }
  code.update(Json{{"prefix", prefix},
                   {"owner", parts["owner"]},
                   {"type", parts["type"]},
                   {"symbol", parts["symbol"]},
                   {"seq", sequence},
                   {"template", pattern},
                   {"given", catalog.given_at(value, document.id()).value_or("")}});
  document.record()["code"] = std::move(code);
  if (const std::optional<std::string> other = catalog.imported_for_nobody(prefix)) {
    document.add_problem({Severity::info, "code-elsewhere",
                          "a paper of the same owner, type and symbol got the code " + *other + " elsewhere",
                          "look whether it is this one", std::nullopt});
  }
}

}  // namespace sohoa
