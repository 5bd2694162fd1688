// SPDX-License-Identifier: Apache-2.0
#include "cli/signed_file.hpp"

#include "cli/console.hpp"
#include "core/digest.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

constexpr std::array<std::string_view, 8> k_said{"already-signed",     "left-unsigned",         "level-reached",
                                                 "timestamp-missing",  "timestamp-not-renewed", "issuer-unknown",
                                                 "revocation-unknown", "certificate-revoked"};

bool said_by_signing(const Json& problem) {
  return std::find(k_said.begin(), k_said.end(), string_of(problem, "id")) != k_said.end();
}

bool warns(const Json& record) {
  const Json problems = record.value("problems", Json::array());
  const Json pages = record.value("pages", Json::array());
  const auto warning = [](const Json& problem) { return string_of(problem, "severity") == "warning"; };
  return std::any_of(problems.begin(), problems.end(), warning) ||
         std::any_of(pages.begin(), pages.end(), [&](const Json& page) {
           const Json of_page = page.value("problems", Json::array());
           return std::any_of(of_page.begin(), of_page.end(), warning);
         });
}

}  // namespace

fs::path file_to_sign(const Json& pdf, const fs::path& folder) {
  const std::string name = string_of(pdf, "path");
  if (name.empty()) {
    throw input_error("pdf-missing", "the record names no PDF to sign", "let sohoa pdf make it first");
  }
  fs::path path = folder / name;
  if (!folder.empty() && !is_inside(path, folder)) {
    throw input_error("pdf-outside", "the record names " + name + ", which is not in the archive",
                      "look who changed the catalog");
  }
  const std::string digest = string_of(pdf, "sha256");
  if (!digest.empty() && sha256_of_file(path, pdf.value("bytes", whole_file)) != digest) {
    throw input_error("pdf-changed", path.string() + " is not the file that was made",
                      "take it back from a copy, or let sohoa pdf make it again");
  }
  return path;
}

void put_file(Json& record, const fs::path& path) {
  record["pdf"]["sha256"] = sha256_of_file(path);
  record["pdf"]["bytes"] = fs::file_size(path);
}

void put_signature(Json& record, const SignatureInfo& info) {
  Json& signatures = record["signatures"];
  const auto listed = std::find_if(signatures.begin(), signatures.end(),
                                   [&](const Json& one) { return string_of(one, "field") == info.field; });
  if (listed == signatures.end()) {
    signatures.push_back(to_json(info));
  } else {
    listed->update(to_json(info));
  }
}

void forget_signing_problems(Document& document) {
  const auto problems = document.record().find("problems");
  if (problems == document.record().end() || std::none_of(problems->begin(), problems->end(), said_by_signing)) {
    return;
  }
  Json kept = Json::array();
  std::copy_if(problems->begin(), problems->end(), std::back_inserter(kept),
               [](const Json& problem) { return !said_by_signing(problem); });
  *problems = std::move(kept);
  if (document.status() == Status::warning && !warns(document.record())) {
    document.set_status(Status::ok);
  }
}

void tell_signing(Console& console, const Document& document) {
  if (!document.alive()) {
    return;
  }
  for (const Json& problem : document.record().value("problems", Json::array())) {
    if (said_by_signing(problem)) {
      const bool warning = string_of(problem, "severity") == "warning";
      const std::string remedy = string_of(problem, "remedy");
      console.say(warning ? Severity::warning : Severity::info, document.name() + ": " + string_of(problem, "message") +
                                                                    (remedy.empty() ? "." : "; " + remedy + "."));
    }
  }
}

}  // namespace sohoa
