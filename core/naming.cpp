// SPDX-License-Identifier: Apache-2.0
#include "core/naming.hpp"

#include "core/code_parts.hpp"
#include "core/text.hpp"

namespace sohoa {

std::string stem_of(const Document& document) {
  const fs::path source(document.name());
  const bool folder = string_of(document.record().value("source", Json::object()), "kind") == "folder";
  return folder ? source.filename().string() : source.stem().string();
}

DocumentNames names_of(const Document& document, const Profile& profile) {
  const Json dossier = document.record().value("dossier", Json::object());
  const Json ordinal = dossier.value("ordinal", Json());
  const std::map<std::string, std::string> values{
      {"dossier", string_of(dossier, "code")},
      {"ordinal", ordinal.is_number_integer() ? ordinal.dump() : std::string()},
      {"id", document.id()},
      {"stem", stem_of(document)},
      {"code", code_file_name(string_of(document.record().value("code", Json::object()), "value"))},
      {"type", document.field("type")},
      {"symbol", document.field("symbol")},
      {"number", document.field("number")},
  };
  const bool filed = !values.at("dossier").empty() && !values.at("ordinal").empty();
  const Profile::Naming& rules = profile.naming;
  return {file_safe(expand_template(filed ? rules.folder : rules.unfiled_folder, values)),
          file_safe(expand_template(filed ? rules.file : rules.unfiled_file, values)) + ".pdf"};
}

}  // namespace sohoa
