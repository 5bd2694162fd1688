// SPDX-License-Identifier: Apache-2.0
#include "core/register_join.hpp"

#include "core/field_merge.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sohoa {
namespace {

constexpr std::array own_problems{"register-row-missing", "register-ambiguous", "register-keys-differ", "scan-double",
                                  "pages-differ"};

// Takes back what an earlier join said of the document.
void forget_join(Document& document) {
  Json& record = document.record();
  record.erase("reconciliation");
  const auto problems = record.find("problems");
  if (problems == record.end() || !problems->is_array()) {
    return;
  }
  Json kept = Json::array();
  bool warned = false;
  for (const Json& problem : *problems) {
    if (std::find(own_problems.begin(), own_problems.end(), string_of(problem, "id")) == own_problems.end()) {
      warned = warned || string_of(problem, "severity") == "warning";
      kept.push_back(problem);
    }
  }
  if (kept.size() == problems->size()) {
    return;
  }
  if (kept.empty()) {
    record.erase("problems");
  } else {
    *problems = std::move(kept);
  }
  if (document.status() == Status::warning && !warned) {
    document.set_status(Status::ok);
  }
}

// How many pages of the paper have a note on them: a number, or a mark.
int note_pairs(const Document& document, const RegisterRow& row) {
  const std::string word = key_form(row.value("note_pair"));
  const bool mark = word == "x" || word == "co" || word == "yes" || word == "true";
  int flagged = 0;
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    const auto flag = document.page(page).find("note_pair");
    flagged += flag != document.page(page).end() && flag->is_boolean() && flag->get<bool>() ? 1 : 0;
  }
  return std::max(flagged, mark ? 1 : row.count("note_pair"));
}

bool is_prose(const std::string& text) { return std::count(text.begin(), text.end(), ' ') > 1; }

// Whether the row's source is this scan.
bool names(const RegisterRow& row, const Document& document) {
  const std::string source = key_form(row.value("source"));
  const fs::path path(document.name());
  const fs::path folder = path.parent_path().filename();
  return source == key_form(path.filename().string()) || source == key_form(path.stem().string()) ||
         source == key_form((folder / path.filename()).string());
}

// How a document of an earlier run is named: the same whether its scan has come by already or not.
std::string delivered_as(const Json& record, const std::string& otherwise) {
  const std::string path = string_of(record.value("pdf", Json::object()), "path");
  return path.empty() ? otherwise : path;
}

std::string file_of(const std::string& path) { return fs::path(path).filename().string(); }

}  // namespace

RegisterJoin::RegisterJoin(Register joined, const Profile& profile, RegisterMemory memory)
    : m_register(std::move(joined)), m_rules(profile.extract), m_memory(std::move(memory)) {
  for (std::size_t at = 0; at < m_register.rows().size(); ++at) {
    m_by_key.emplace(m_register.rows()[at].key(), at);
    m_by_number.emplace(m_register.rows()[at].number, at);
  }
}

void RegisterJoin::tell(Document& document, const Finding& finding, const Problem& problem) const {
  add_finding(document, finding);
  document.add_problem(problem);
}

// The document that had these scans before, under another name; empty when there is none.
std::string RegisterJoin::same_scans(const Document& document) {
  const auto [at, first] = m_names.emplace(document.id(), document.name());
  return !first && at->second != document.name() && !document.id().empty() ? at->second : std::string();
}

std::string RegisterJoin::other_holder(const Document& document, std::size_t row) const {
  const auto held = m_holders.find(row);
  if (held != m_holders.end() && held->second.first != document.id()) {
    return held->second.second;
  }
  for (const std::string& id : m_memory.holders(m_register.rows()[row].key())) {
    if (id != document.id()) {
      return delivered_as(m_memory.record(id).value_or(Json::object()), id);
    }
  }
  return {};
}

void RegisterJoin::join(Document& document) {
  forget_join(document);
  document.record()["reconciliation"] = Json{{"register", m_register.name()}};
  if (const std::string twin = same_scans(document); !twin.empty()) {
    const RegisterMatch match = m_register.match(document);
    if (match.one()) {
      m_seen.insert(match.rows.front());
      document.record()["reconciliation"]["row"] = m_register.rows()[match.rows.front()].number;
    }
    tell(document, {"double-scan", "", "", twin},
         {Severity::warning, "scan-double", document.name() + " has the same scans as " + twin, "remove one of the two",
          std::nullopt});
    return;
  }
  settle(document, m_register.match(document));
}

void RegisterJoin::join_by_page(Document& document) {
  const Json joined = document.record().value("reconciliation", Json::object());
  const std::vector<Finding> before = findings_of(document.record());
  const bool twice =
      std::any_of(before.begin(), before.end(), [](const auto& f) { return f.finding == "double-scan"; });
  if (!joined.contains("row") && !twice) {
    if (const RegisterMatch match = m_register.match(document); match.one()) {
      forget_join(document);
      document.record()["reconciliation"] = Json{{"register", m_register.name()}};
      const RegisterRow& row = m_register.rows()[match.rows.front()];
      if (row.value("source").empty() || names(row, document)) {
        settle(document, match);
      } else {
        tell_named_otherwise(document, row);
      }
    }
  }
  const Json now = document.record().value("reconciliation", Json::object());
  if (const std::string key = string_of(now, "row_key"); !key.empty()) {
    std::vector<std::string> keys{key};
    if (const auto row = m_by_key.find(key); row != m_by_key.end()) {
      if (const std::string place = m_register.rows()[row->second].place_key(); !place.empty()) {
        keys.push_back(place);
      }
    }
    m_memory.note(keys, document.id());
  }
  account(document);
}

// Whose scan may come later, or have come: what a row gets must not depend on which of the two is read first.
void RegisterJoin::tell_named_otherwise(Document& document, const RegisterRow& row) const {
  const std::string source = row.value("source");
  document.record()["reconciliation"]["row"] = row.number;
  tell(document, {"double-scan", "", "", source},
       {Severity::warning, "scan-double",
        "row " + std::to_string(row.number) + " of the register " + m_register.name() + " is of the scan " + source +
            ", so nothing of it was given to " + document.name() + ", whose page bears its symbol",
        "remove one of the two, or correct the row's source", std::nullopt});
}

void RegisterJoin::settle(Document& document, const RegisterMatch& match) {
  Json& joined = document.record()["reconciliation"];
  if (match.rows.empty()) {
    tell(document, {"surplus-scan", "", "", ""},
         {Severity::warning, "register-row-missing",
          document.name() + " has no row in the register " + m_register.name(),
          "add the row, or correct its source, dossier or symbol", std::nullopt});
    return;
  }
  if (!match.one()) {
    std::string rows;
    for (const std::size_t at : match.rows) {
      rows += (rows.empty() ? "" : " ") + std::to_string(m_register.rows()[at].number);
    }
    joined["rows"] = Json::array();
    for (const std::size_t at : match.rows) {
      joined["rows"].push_back(m_register.rows()[at].number);
    }
    tell(document, {"ambiguous", "", rows, ""},
         {Severity::warning, "register-ambiguous",
          document.name() + " fits the rows " + rows + " of the register " + m_register.name() +
              ", and none of them was taken",
          "name the scan in the column source of its row", std::nullopt});
    return;
  }
  const std::size_t row = match.rows.front();
  const RegisterRow& entry = m_register.rows()[row];
  m_seen.insert(row);
  joined["row"] = entry.number;
  joined["by"] = match.by;
  if (const std::string other = other_holder(document, row); !other.empty()) {
    tell(document, {"double-scan", "", "", other},
         {Severity::warning, "scan-double",
          "row " + std::to_string(entry.number) + " of the register " + m_register.name() + " has the scan " + other +
              " already, so nothing of it was given to " + document.name(),
          "remove one of the two, or add a row", std::nullopt});
    return;
  }
  joined["row_key"] = entry.key();
  m_holders[row] = {document.id(), document.name()};
  apply(document, row);
  if (!match.by_name.empty()) {
    const std::string named = std::to_string(m_register.rows()[match.by_name.front()].number);
    tell(document, {"keys-differ", "", named, ""},
         {Severity::warning, "register-keys-differ",
          "the barcode of " + document.name() + " names row " + std::to_string(entry.number) + " of the register " +
              m_register.name() + ", its name row " + named,
          "look at the sheet that separates the papers, or at the name of the scan", std::nullopt});
  }
}

void RegisterJoin::apply(Document& document, std::size_t row) {
  const RegisterRow& entry = m_register.rows()[row];
  Json dossier = document.record().value("dossier", Json::object());
  const std::string sheet = string_of(dossier, "origin") == "barcode" ? string_of(dossier, "code") : std::string();
  if (!entry.value("dossier").empty() || !dossier.contains("code")) {
    dossier["code"] = entry.value("dossier");
    dossier["origin"] = "register";
  }
  dossier["row"] = entry.number;
  if (const int ordinal = entry.count("ordinal"); ordinal > 0) {
    dossier["ordinal"] = ordinal;
  }
  if (!entry.value("kind").empty()) {
    dossier["kind"] = entry.value("kind");
  }
  const Json fields = document.record().value("fields", Json::object());
  document.record()["dossier"] = std::move(dossier);
  if (!sheet.empty() && !entry.value("dossier").empty() && sheet != entry.value("dossier")) {
    tell_difference(document, "dossier", entry.value("dossier"), sheet, "the separator sheet", std::nullopt);
  }
  for (const auto& [key, text] : entry.values) {
    if (!is_register_field(key)) {
      continue;
    }
    const Json known = fields.value(key, Json::object());
    document.set_field(key, text, 1, "register");
    const std::string origin = string_of(known, "origin");
    const std::string value = string_of(known, "value");
    const double confidence = known.contains("confidence") ? known.at("confidence").get<double>() : 0;
    if (origin == "barcode" ? !same_value(text, value, is_prose(text), m_rules)
                            : origin == "ocr" && contradicts(text, value, confidence, is_prose(text), m_rules)) {
      const auto page = known.find("page");
      tell_difference(document, key, text, value, origin == "barcode" ? "the barcode" : "the page",
                      page == known.end() ? std::nullopt : std::optional(page->get<std::size_t>()));
    }
  }
  count_pages(document, entry);
}

// TT 01/2023/TT-VPCP, Art. 8 c, d: as many images as pages; a page with a note on it may give two.
void RegisterJoin::count_pages(Document& document, const RegisterRow& row) const {
  const int pages = row.count("pages");
  const int notes = note_pairs(document, row);
  if (notes > 0) {
    document.record()["dossier"]["note_pair"] = notes;
  }
  const auto images = static_cast<int>(document.page_count());
  if (pages > 0 && (images < pages || images > pages + notes)) {
    const std::string with_notes = notes > 0 ? ", " + std::to_string(notes) + " of them with a note" : "";
    tell(document, {"pages-differ", "", std::to_string(pages), std::to_string(images)},
         {Severity::warning, "pages-differ",
          "the register says " + std::to_string(pages) + " pages" + with_notes + ", the scan has " +
              std::to_string(images),
          "scan what is missing or correct the register", std::nullopt});
  }
}

void RegisterJoin::account(const Document& document) {
  const Json& record = document.record();
  const std::optional<std::size_t> row = row_of(record);
  const Json joined = record.value("reconciliation", Json::object());
  for (const Json& number : joined.value("rows", Json::array())) {
    const auto at = number.is_number_unsigned() ? m_by_number.find(number.get<std::size_t>()) : m_by_number.end();
    if (at != m_by_number.end()) {
      m_seen.insert(at->second);
    }
  }
  for (const Finding& finding : findings_of(record)) {
    list(finding, row, document);
  }
}

std::optional<std::size_t> RegisterJoin::row_of(const Json& record) const {
  const Json joined = record.value("reconciliation", Json::object());
  const auto number = joined.find("row");
  const auto at = number != joined.end() && number->is_number_unsigned() ? m_by_number.find(number->get<std::size_t>())
                                                                         : m_by_number.end();
  return at == m_by_number.end() ? std::nullopt : std::optional(at->second);
}

void RegisterJoin::pass(const Document& document) {
  const std::string twin = same_scans(document);
  if (document.status() == Status::known && !document.id().empty()) {
    const std::optional<Json> record = m_memory.record(document.id());
    const std::string before = record ? string_of(record->value("source", Json::object()), "path") : std::string();
    const bool renamed = !before.empty() && file_of(before) != file_of(document.name());
    if (twin.empty() && !renamed) {
      recall(document, record.value_or(document.record()));
      return;
    }
    const RegisterMatch match = m_register.match(document);
    if (match.one()) {
      m_seen.insert(match.rows.front());
    }
    list({"double-scan", "", "", twin.empty() ? before : twin},
         match.one() ? std::optional(match.rows.front()) : std::nullopt, document);
    return;
  }
  const RegisterMatch match = m_register.match(document);
  m_seen.insert(match.rows.begin(), match.rows.end());
}

// A document of an earlier run: what was found then, as far as the register still says the same.
void RegisterJoin::recall(const Document& document, const Json& record) {
  const Json joined = record.value("reconciliation", Json::object());
  const auto noted = m_by_key.find(string_of(joined, "row_key"));
  std::optional<std::size_t> row = noted == m_by_key.end() ? std::nullopt : std::optional(noted->second);
  const std::vector<Finding> findings = findings_of(record);
  if (!row) {
    Document known(record);
    if (known.record().contains("dossier")) {
      known.record()["dossier"].erase("row");
      known.record()["dossier"].erase("origin");
    }
    for (Json& field : known.record()["fields"]) {
      if (field.is_object() && string_of(field, "origin") == "register") {
        field["origin"] = "ocr";
      }
    }
    const RegisterMatch match = m_register.match(known);
    m_seen.insert(match.rows.begin(), match.rows.end());
    if (!match.one()) {
      const bool none = match.rows.empty();
      list({none ? "surplus-scan" : "ambiguous", "", "", ""}, std::nullopt, document);
      return;
    }
    row = match.rows.front();
  }
  m_seen.insert(*row);
  const RegisterRow& entry = m_register.rows()[*row];
  for (const Finding& finding : findings) {
    const bool twice = finding.finding == "double-scan";
    const bool stands = twice || finding.finding == "keys-differ" ||
                        (finding.finding == "pages-differ" && entry.value("pages") == finding.expected) ||
                        (finding.finding == "field-differs" && entry.value(finding.field) == finding.expected);
    if (stands) {
      list(finding, row, document);
    }
  }
  if (std::none_of(findings.begin(), findings.end(), [](const auto& f) { return f.finding == "double-scan"; })) {
    m_holders[*row] = {document.id(), delivered_as(record, document.name())};
  }
}

void RegisterJoin::see(const std::string& path) {
  const RegisterMatch match = m_register.match(Document::of_source(path, "file"));
  m_seen.insert(match.rows.begin(), match.rows.end());
}

void RegisterJoin::list(const Finding& finding, std::optional<std::size_t> row, const Document& document) {
  ListedFinding listed{finding, 0, "", "", "", "", document.name(), document.id()};
  if (row) {
    const RegisterRow& entry = m_register.rows()[*row];
    listed.row = entry.number;
    listed.source = entry.value("source");
    listed.dossier = entry.value("dossier");
    listed.ordinal = entry.value("ordinal");
    listed.symbol = entry.value("symbol");
  }
  m_findings.push_back(std::move(listed));
}

std::vector<std::size_t> RegisterJoin::rows_without_scan() const {
  std::vector<std::size_t> rows;
  for (std::size_t at = 0; at < m_register.rows().size(); ++at) {
    if (m_seen.contains(at)) {
      continue;
    }
    const RegisterRow& row = m_register.rows()[at];
    const std::string place = row.place_key();
    if (m_memory.holders(row.key()).empty() && (place.empty() || m_memory.holders(place).empty())) {
      rows.push_back(at);
    }
  }
  return rows;
}

std::vector<std::string> RegisterJoin::missing() const {
  std::vector<std::string> labels;
  for (const std::size_t at : rows_without_scan()) {
    labels.push_back(m_register.rows()[at].label());
  }
  return labels;
}

std::vector<ListedFinding> RegisterJoin::findings() const {
  std::vector<ListedFinding> all = m_findings;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return natural_less(a.scan, b.scan); });
  for (const std::size_t at : rows_without_scan()) {
    const RegisterRow& row = m_register.rows()[at];
    const bool keyless =
        (row.value("source") + row.value("dossier") + row.value("symbol") + row.value("number")).empty();
    all.push_back({{keyless ? "row-without-key" : "missing-scan", "", "", ""},
                   row.number,
                   row.value("source"),
                   row.value("dossier"),
                   row.value("ordinal"),
                   row.value("symbol"),
                   "",
                   ""});
  }
  return all;
}

}  // namespace sohoa
