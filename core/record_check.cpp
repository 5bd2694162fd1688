// SPDX-License-Identifier: Apache-2.0
#include "core/record_check.hpp"

#include "core/document.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace sohoa {
namespace {

constexpr std::uint64_t max_count = 2147483647;        // fits an int
constexpr std::uint64_t max_whole = 9007199254740991;  // what every JSON reader keeps exactly (RFC 8259, 6)
constexpr double max_number = 1e9;
constexpr double max_dpi = 100000;

bool is_number(const Json& value, double least, double most) {
  return value.is_number() && value.get<double>() >= least && value.get<double>() <= most;
}

bool is_whole(const Json& value, std::uint64_t most) {
  return value.is_number_unsigned() && value.get<std::uint64_t>() <= most;
}

bool is_text(const Json& value) { return value.is_string(); }
// A path with a NUL would mean another file to the kernel than to us.
bool is_path(const Json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty() &&
         value.get_ref<const std::string&>().find('\0') == std::string::npos;
}
bool is_digest(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().size() == 64 &&
         value.get_ref<const std::string&>().find_first_not_of("0123456789abcdef") == std::string::npos;
}
bool is_count(const Json& value) { return is_whole(value, max_count); }
bool is_bytes(const Json& value) { return is_whole(value, max_whole); }
bool is_amount(const Json& value) { return is_number(value, -max_number, max_number); }
bool is_flag(const Json& value) { return value.is_boolean(); }
bool is_array(const Json& value) { return value.is_array(); }
bool is_objects(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_object(); });
}
bool is_stack(const Json& value) {
  return value.is_object() && std::ranges::all_of(std::array{"part", "of", "pages"}, [&value](const char* key) {
           return value.contains(key) && is_count(value.at(key));
         });
}
// Not what a sheet is, only what steps read of it.
bool is_sheet(const Json& value) {
  return value.is_object() && (!value.contains("values") || value.at("values").is_object());
}
bool is_barcodes(const Json& value) {
  return is_objects(value) && std::all_of(value.begin(), value.end(), [](const Json& one) {
           return one.contains("format") && one.at("format").is_string() && one.contains("text") &&
                  one.at("text").is_string() && (!one.contains("damaged") || one.at("damaged").is_boolean()) &&
                  (!one.contains("confidence") || is_amount(one.at("confidence")));
         });
}
bool is_paths(const Json& value) { return value.is_array() && std::all_of(value.begin(), value.end(), is_path); }

bool is_pair(const Json& value, double least) {
  return value.is_array() && value.size() == 2 && is_number(value[0], least, max_dpi) &&
         is_number(value[1], least, max_dpi);
}
bool is_told_dpi(const Json& value) { return is_pair(value, 0); }
bool is_dpi(const Json& value) { return is_pair(value, 1); }

bool is_turn(const Json& value) { return is_whole(value, 270) && value.get<int>() % 90 == 0; }
bool is_skew(const Json& value) { return is_number(value, -45, 45); }

template <typename Name, std::size_t count>
bool names_one(const Json& value, const std::array<Name, count>& names) {
  return value.is_string() && std::any_of(names.begin(), names.end(), [&](Name name) {
           return value.get_ref<const std::string&>() == to_string(name);
         });
}
bool is_status(const Json& value) {
  return names_one(value, std::array{Status::ok, Status::warning, Status::failed, Status::quarantined, Status::known});
}
bool is_severity(const Json& value) {
  return names_one(value, std::array{Severity::info, Severity::warning, Severity::error});
}

struct Rule {
  const char* key;
  bool (*holds)(const Json&);
  bool needed = false;
};
using Rules = std::vector<Rule>;

const Rules source_rules{{"path", is_path},     {"kind", is_text},   {"files", is_paths},    {"pages", is_array},
                         {"operator", is_text}, {"stack", is_stack}, {"separator", is_sheet}};
const Rules source_page_rules{{"file", is_path, true},   {"index", is_count, true}, {"sha256", is_digest, true},
                              {"format", is_text, true}, {"width", is_count, true}, {"height", is_count, true},
                              {"colour", is_text, true}, {"dpi", is_told_dpi, true}};
const Rules dossier_rules{{"code", is_text}, {"kind", is_text},       {"origin", is_text}, {"ordinal", is_count},
                          {"row", is_count}, {"note_pair", is_count}, {"class", is_text}};
const Rules reconciliation_rules{{"register", is_text}, {"row", is_count}, {"rows", is_array},
                                 {"row_key", is_text},  {"by", is_text},   {"findings", is_array}};
const Rules finding_rules{{"finding", is_text, true}, {"field", is_text}, {"register", is_text}, {"scan", is_text}};
const Rules page_rules{{"dpi", is_dpi},           {"orientation_degrees", is_turn},
                       {"skew_degrees", is_skew}, {"blank", is_flag},
                       {"ocr", is_path},          {"image", is_path},
                       {"words", is_count},       {"confidence", is_amount},
                       {"barcodes", is_barcodes}};
const Rules field_rules{{"value", is_text}, {"origin", is_text}, {"confidence", is_amount}, {"page", is_count}};
const Rules code_rules{{"value", is_text}, {"kind", is_text}, {"seq", is_count}};
const Rules pdf_rules{{"path", is_path},    {"sha256", is_digest},    {"bytes", is_bytes},       {"pages", is_count},
                      {"carried", is_flag}, {"conformance", is_text}, {"left_unsigned", is_text}};
const Rules original_rules{
    {"path", is_path}, {"sha256", is_digest, true}, {"bytes", is_bytes, true}, {"file", is_path}};
const Rules carried_rules{{"sha256", is_digest, true}, {"bytes", is_bytes, true}, {"conformance", is_text}};
const Rules sidecar_rules{
    {"format", is_text, true}, {"path", is_path, true}, {"sha256", is_digest}, {"bytes", is_bytes}};
const Rules problem_rules{{"severity", is_severity, true},
                          {"id", is_text},
                          {"message", is_text, true},
                          {"remedy", is_text},
                          {"page", is_count}};
const Rules rescan_rules{{"page", is_count}, {"reasons", is_array, true}};
const Rules history_rules{{"step", is_text}};

[[noreturn]] void refuse(const std::string& where) {
  throw input_error("record-key", "the document record has no valid " + where,
                    "pass on the record as the step before made it");
}

void check_object(const Json& value, const std::string& where, const Rules& rules) {
  if (!value.is_object()) {
    refuse(where);
  }
  for (const Rule& rule : rules) {
    const auto found = value.find(rule.key);
    if (found == value.end() ? rule.needed : !rule.holds(*found)) {
      refuse(where + "." + rule.key);
    }
  }
}

void check_each(const Json& value, const std::string& where, const Rules& rules) {
  if (!value.is_array()) {
    refuse(where);
  }
  const std::string place = where + "[]";
  for (const Json& entry : value) {
    check_object(entry, place, rules);
  }
}

void check_source(const Json& source) {
  check_object(source, "source", source_rules);
  if (const auto pages = source.find("pages"); pages != source.end()) {
    check_each(*pages, "source.pages", source_page_rules);
  }
  if (const auto carried = source.find("carried"); carried != source.end()) {
    check_object(*carried, "source.carried", carried_rules);
  }
  if (const auto originals = source.find("originals"); originals != source.end()) {
    check_each(*originals, "source.originals", original_rules);
  }
}

void check_reconciliation(const Json& joined) {
  check_object(joined, "reconciliation", reconciliation_rules);
  if (const auto findings = joined.find("findings"); findings != joined.end()) {
    check_each(*findings, "reconciliation.findings", finding_rules);
  }
}

void check_fields(const Json& fields) {
  check_object(fields, "fields", {});
  for (const auto& [name, entry] : fields.items()) {
    check_object(entry, "fields." + name.substr(0, 40), field_rules);
  }
}

struct Member {
  const char* key;
  void (*check)(const Json&);
};

const std::vector<Member> members{
    {"id", [](const Json& value) { is_digest(value) ? void() : refuse("id"); }},
    {"source", check_source},
    {"dossier", [](const Json& value) { check_object(value, "dossier", dossier_rules); }},
    {"reconciliation", check_reconciliation},
    {"pages", [](const Json& value) { check_each(value, "pages", page_rules); }},
    {"fields", check_fields},
    {"code", [](const Json& value) { check_object(value, "code", code_rules); }},
    {"pdf", [](const Json& value) { check_object(value, "pdf", pdf_rules); }},
    {"originals", [](const Json& value) { check_each(value, "originals", original_rules); }},
    {"sidecars", [](const Json& value) { check_each(value, "sidecars", sidecar_rules); }},
    {"signatures", [](const Json& value) { check_each(value, "signatures", {}); }},
    {"status", [](const Json& value) { is_status(value) ? void() : refuse("status"); }},
    {"problems", [](const Json& value) { check_each(value, "problems", problem_rules); }},
    {"rescan", [](const Json& value) { check_each(value, "rescan", rescan_rules); }},
    {"history", [](const Json& value) { check_each(value, "history", history_rules); }},
};

void check_member(const std::string& key, const Json& value) {
  const auto member = std::find_if(members.begin(), members.end(), [&](const Member& m) { return key == m.key; });
  if (member != members.end()) {
    member->check(value);
  }
}

bool pages_match(const Json& record) {
  const auto pages = record.find("pages");
  if (pages == record.end() || pages->empty()) {
    return true;
  }
  const auto source = record.find("source");
  return source != record.end() && source->contains("pages") && source->at("pages").size() == pages->size();
}

}  // namespace

void check_record(const Json& record) {
  if (string_of(record, "schema") != document_schema) {
    throw input_error("record-schema", "the record is not a " + std::string(document_schema) + " object",
                      "give the output of sohoa ingest or of a later step");
  }
  for (const auto& [key, value] : record.items()) {
    check_member(key, value);
  }
  if (!pages_match(record)) {
    refuse("pages: their number is not that of source.pages");
  }
}

Json sound_part(const Json& record) {
  Json sound = Json::object();
  for (const auto& [key, value] : record.items()) {
    try {
      check_member(key, value);
      sound[key] = value;
    } catch (const Error&) {  // what a refused record loses
    }
  }
  if (!pages_match(sound)) {
    sound.erase("pages");
  }
  return sound;
}

}  // namespace sohoa
