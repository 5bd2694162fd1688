// SPDX-License-Identifier: Apache-2.0
#include "core/result_code.hpp"

#include "core/clock.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::string_view sequence_mark = "{seq";

// The fields and the dossier as the template may name them, NFC and trimmed; unknown ones are empty.
std::map<std::string, std::string> parts_of(const Document& document) {
  std::map<std::string, std::string> parts;
  for (const char* name : {"owner", "type", "symbol", "number", "procedure", "agency", "issued_date"}) {
    parts[name] = to_nfc(trim(document.field(name)));
  }
  const Json dossier = document.record().value("dossier", Json::object());
  parts["dossier"] = string_of(dossier, "code");
  parts["kind"] = string_of(dossier, "kind");
  return parts;
}

bool lacks_required(Document& document, const Profile& profile, const std::map<std::string, std::string>& parts) {
  std::string missing;
  for (const std::string& name : profile.code.required) {
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

// A code with a misread part is worse than none: what was read counts only when the reading is sure.
bool leans_on_unsure(Document& document, const Profile& profile) {
  const Json fields = document.record().value("fields", Json::object());
  std::string unsure;
  for (const auto& [name, field] : fields.items()) {
    const std::vector<std::string>& required = profile.code.required;
    const bool used = profile.code.code_template.find("{" + name + "}") != std::string::npos ||
                      profile.code.code_template.find("{" + name + ":") != std::string::npos ||
                      std::find(required.begin(), required.end(), name) != required.end();
    const double confidence = field.is_object() && field.contains("confidence") && field["confidence"].is_number()
                                  ? field["confidence"].get<double>()
                                  : 0;
    if (used && string_of(field, "origin") == "ocr" && confidence < profile.code.min_confidence) {
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
  std::map<std::string, std::string> parts = parts_of(document);
  if (lacks_required(document, profile, parts) || leans_on_unsure(document, profile)) {
    return;
  }
  const std::string& pattern = profile.code.code_template;
  const std::string prefix = expand_template(pattern.substr(0, pattern.find(sequence_mark)), parts);
  const int sequence = catalog.allot_sequence(prefix, document.id());
  parts["seq"] = std::to_string(sequence);
  const std::string value = expand_template(pattern, parts);
  catalog.record_code(value, document.id(), iso_utc(artefact_time()));
  document.record()["code"] = Json{{"value", value},
                                   {"prefix", prefix},
                                   {"owner", parts["owner"]},
                                   {"type", parts["type"]},
                                   {"symbol", parts["symbol"]},
                                   {"seq", sequence},
                                   {"template", pattern},
                                   {"given", catalog.given_at(value, document.id()).value_or("")}};
  if (characters(value) > profile.code.max_length) {
    document.add_problem({Severity::warning, "code-too-long",
                          "the result code has " + std::to_string(characters(value)) + " characters, more than the " +
                              std::to_string(profile.code.max_length) + " that the profile allows",
                          "shorten the symbol in the register", std::nullopt});
  }
}

}  // namespace sohoa
