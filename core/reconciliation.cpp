// SPDX-License-Identifier: Apache-2.0
#include "core/reconciliation.hpp"

#include <algorithm>

namespace sohoa {
namespace {

Json to_json(const Finding& finding) {
  Json json{{"finding", finding.finding}};
  for (const auto& [key, text] : {std::pair{"field", &finding.field}, std::pair{"register", &finding.expected},
                                  std::pair{"scan", &finding.found}}) {
    if (!text->empty()) {
      json[key] = *text;
    }
  }
  return json;
}

}  // namespace

std::vector<Finding> findings_of(const Json& record) {
  std::vector<Finding> findings;
  const Json joined = record.value("reconciliation", Json::object());
  const auto list = joined.is_object() ? joined.find("findings") : joined.end();
  if (list != joined.end() && list->is_array()) {
    for (const Json& one : *list) {
      findings.push_back(
          {string_of(one, "finding"), string_of(one, "field"), string_of(one, "register"), string_of(one, "scan")});
    }
  }
  return findings;
}

void add_finding(Document& document, const Finding& finding) {
  if (!document.record().contains("reconciliation")) {
    return;
  }
  Json& findings = document.record()["reconciliation"]["findings"];
  const Json json = to_json(finding);
  if (!findings.is_array()) {
    findings = Json::array();
  }
  if (std::find(findings.begin(), findings.end(), json) == findings.end()) {
    findings.push_back(json);
  }
}

}  // namespace sohoa
