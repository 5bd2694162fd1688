// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_row.hpp"

#include "core/catalog_dossiers.hpp"
#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ocr_text.hpp"
#include "core/search_text.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace sohoa {
namespace {

std::int64_t whole(const Json& value) { return value.is_number_integer() ? value.get<std::int64_t>() : 0; }

std::string day(const std::string& text) {
  const bool iso = text.size() >= 10 && all_digits(text.substr(0, 4)) && text[4] == '-' &&
                   all_digits(text.substr(5, 2)) && text[7] == '-' && all_digits(text.substr(8, 2));
  return iso ? text.substr(0, 10) : std::string();
}

// Seconds since 1970 of "2026-11-23T16:05:09Z"; 0 of what is none.
std::int64_t seconds_of(const std::string& time) {
  int year = 0;
  unsigned month = 0;
  unsigned date = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (std::sscanf(time.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ", &year, &month, &date, &hour, &minute, &second) != 6) {
    return 0;
  }
  const std::chrono::sys_days days = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(date);
  return std::chrono::duration_cast<std::chrono::seconds>(days.time_since_epoch()).count() + hour * 3600 + minute * 60 +
         second;
}

// No baseline signature (EN 319 142-1), as software before PAdES made them.
constexpr const char* other_signature = "CMS";

// B-B, B-T, B-LT, B-LTA differ in length, but for the first two.
bool lower(const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

CatalogSignature signature_of(const Json& json) {
  CatalogSignature signature{string_of(json, "signer"), string_of(json, "field"), {},
                             string_of(json, "level"),  string_of(json, "time"),  string_of(json, "until"),
                             string_of(json, "status")};
  signature.role = json.value("received", false)
                       ? std::string(received_role)
                       : signature.field.substr(0, signature.field.find_last_not_of("0123456789") + 1);
  return signature;
}

void read_times(const Json& history, CatalogRow& row) {
  for (const Json& event : history) {
    if (const std::int64_t begun = seconds_of(string_of(event, "started")); begun > 0) {
      row.started = row.started == 0 ? begun : std::min(row.started, begun);
    }
    if (string_of(event, "step") != "sign") {  // that may have waited for the morning
      row.ended = std::max(row.ended, seconds_of(string_of(event, "ended")));
    }
  }
}

// By the profile's name where the record has it, else as the register calls it.
std::string kind_of(const Json& record) {
  const Json& dossier = member_of(record, "dossier");
  for (const std::string& name : {string_of(dossier, "class"), string_of(member_of(record, "code"), "kind")}) {
    if (!name.empty()) {
      return name;
    }
  }
  return string_of(dossier, "kind");
}

}  // namespace

std::vector<RescanDue> rescans_due(const Json& record) {
  std::map<std::int64_t, std::vector<std::string>> pages;
  const auto add = [&pages](const Json& page, const std::string& reason) {
    std::vector<std::string>& reasons = pages[whole(page)];
    if (!reason.empty() && std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      reasons.push_back(reason);
    }
  };
  for (const Json& entry : member_of(record, "rescan")) {
    for (const Json& reason : member_of(entry, "reasons")) {
      add(member_of(entry, "page"), reason.is_string() ? reason.get<std::string>() : std::string());
    }
  }
  for (const Json& problem : member_of(record, "problems")) {
    if (string_of(problem, "id") == "confidence-low") {
      add(member_of(problem, "page"), "confidence-low");
    }
  }
  std::vector<RescanDue> due;
  for (auto& [page, reasons] : pages) {
    due.push_back({page, std::move(reasons)});
  }
  return due;
}

CatalogRow catalog_row(const Json& record) {
  CatalogRow row;
  row.id = string_of(record, "id");
  row.status = string_of(record, "status");
  const Json& source = member_of(record, "source");
  row.source = string_of(source, "path");
  row.operator_name = string_of(source, "operator");
  row.pages = static_cast<std::int64_t>(member_of(source, "pages").size());
  const Json& pdf = member_of(record, "pdf");
  row.path = string_of(pdf, "path");
  row.sha256 = string_of(pdf, "sha256");
  row.bytes = whole(member_of(pdf, "bytes"));
  row.left_unsigned = string_of(pdf, "left_unsigned");
  const Json& dossier = member_of(record, "dossier");
  row.dossier = string_of(dossier, "code");
  row.kind = kind_of(record);
  row.code = string_of(member_of(record, "code"), "value");
  const Json& fields = member_of(record, "fields");
  for (const auto& [name, field] : fields.items()) {
    const Json& confidence = member_of(field, "confidence");
    const double share = confidence.is_number() ? confidence.get<double>() : 0;
    row.fields.push_back(
        {name, string_of(field, "value"), std::lround(std::clamp(share, 0.0, 1.0) * 1000), string_of(field, "origin")});
  }
  const auto field = [&fields](const char* name) { return string_of(member_of(fields, name), "value"); };
  row.owner = search_key(field("owner"));
  row.type = search_key(field("type"));
  row.symbol = search_key(field("symbol"));
  row.agency = field("agency");
  row.agency_key = search_key(row.agency);
  row.procedure = field("procedure");
  row.level = field("level");
  row.issued = day(field("issued_date"));
  row.received = day(field("received_date"));
  if (row.received.empty()) {
    row.received = day_of_dossier(row.dossier);
  }
  for (const Json& signature : member_of(record, "signatures")) {
    row.signatures.push_back(signature_of(signature));
    const std::string& level = row.signatures.back().level;
    if (!level.empty() && (row.signed_level.empty() || lower(level, row.signed_level))) {
      row.signed_level = level;
    }
  }
  if (row.signed_level.empty() && !row.signatures.empty()) {
    row.signed_level = other_signature;
  }
  const std::vector<RescanDue> due = rescans_due(record);
  row.rescan = due.empty() ? 0 : 1;
  row.rescan_pages = std::count_if(due.begin(), due.end(), [](const RescanDue& one) { return one.page > 0; });
  read_times(member_of(record, "history"), row);
  return row;
}

std::string words_of(const Json& record) {
  std::string words;
  const auto add = [&words](const std::string& text) {
    const std::string more = search_words(text);
    words += (words.empty() || more.empty() ? "" : " ") + more;
  };
  for (const auto& [name, field] : member_of(record, "fields").items()) {
    add(string_of(field, "value"));
  }
  for (const Json& page : member_of(record, "pages")) {
    const std::string tree = string_of(page, "ocr");
    if (tree.empty()) {
      continue;
    }
    try {
      add(load_ocr_page(tree).text());
    } catch (const Error&) {
      // The page was read by an earlier run and its tree let go: the PDF has the text.
    }
  }
  return words;
}

}  // namespace sohoa
