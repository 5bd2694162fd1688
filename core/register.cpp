// SPDX-License-Identifier: Apache-2.0
#include "core/register.hpp"

#include "core/text.hpp"

#include <algorithm>

#include <unicode/unistr.h>

namespace sohoa {
namespace {

// Keys of the register that are not fields of the document.
constexpr const char* dossier_keys[] = {"source", "dossier", "ordinal", "kind", "pages"};

std::string folded(const std::string& text) {
  std::string out;
  icu::UnicodeString::fromUTF8(to_nfc(trim(text))).foldCase().toUTF8String(out);
  return out;
}

bool is_field(const std::string& name) {
  return std::find(std::begin(dossier_keys), std::end(dossier_keys), name) == std::end(dossier_keys);
}

std::map<std::string, std::string> names_by_heading(const Profile& profile) {
  std::map<std::string, std::string> names;
  for (const char* key : dossier_keys) {
    names[key] = key;
  }
  for (const auto& [field, rule] : profile.fields) {
    names[folded(field)] = field;
    if (!rule.column.empty()) {
      names[folded(rule.column)] = field;
    }
    for (const std::string& alias : rule.aliases) {
      names[folded(alias)] = field;
    }
  }
  return names;
}

// DD/MM/YYYY as offices write it becomes YYYY-MM-DD.
std::string iso_date(const std::string& text) {
  const bool office = text.size() == 10 && text[2] == '/' && text[5] == '/';
  return office ? text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) : text;
}

int number_of(const std::string& text) {
  const bool digits = !text.empty() && text.size() < 7 && text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::stoi(text) : 0;
}

}  // namespace

RegisterHeadings::RegisterHeadings(const Profile& profile) : m_names(names_by_heading(profile)) {}

std::map<std::string, std::string> RegisterHeadings::values_of(const RegisterRow& row) const {
  std::map<std::string, std::string> values;
  for (const auto& [heading, cell] : row) {
    const auto known = m_names.find(folded(heading));
    const std::string key = known == m_names.end() ? trim(heading) : known->second;
    if (const std::string value = to_nfc(trim(cell)); !value.empty()) {
      values[key] = key.ends_with("_date") ? iso_date(value) : value;
    }
  }
  return values;
}

Register::Register(const std::vector<RegisterRow>& rows, const Profile& profile, const std::string& name) {
  const RegisterHeadings headings(profile);
  std::size_t line = 1;
  for (const RegisterRow& row : rows) {
    Entry entry;
    entry.row = ++line;
    entry.values = headings.values_of(row);
    const std::string source = entry.value("source");
    const std::string dossier = entry.value("dossier");
    if (source.empty() && dossier.empty()) {
      throw usage_error("register-heading", "line " + std::to_string(line) + " of " + name + " has no source",
                        "give each row the name of its scan folder or file in the column source, or the code in the "
                        "column dossier where separator sheets have it");
    }
    if (!source.empty() && !m_by_source.emplace(source, m_entries.size()).second) {
      throw usage_error("register-row",
                        "line " + std::to_string(line) + " of " + name + " names " + source + " a second time",
                        "keep one row a document");
    }
    if (!dossier.empty()) {
      m_by_dossier.emplace(dossier, m_entries.size());
    }
    m_entries.push_back(std::move(entry));
  }
}

std::string Register::Entry::value(const char* key) const {
  const auto at = values.find(key);
  return at == values.end() ? std::string() : at->second;
}

const Register::Entry* Register::row_of_source(const std::string& source) const {
  const auto found = m_by_source.find(to_nfc(source));
  return found == m_by_source.end() ? nullptr : &m_entries[found->second];
}

// The row of the sheet's source, else the one row of its dossier and, when the sheet has one, its ordinal.
const Register::Entry* Register::row_of_sheet(const Json& values) const {
  if (const Entry* row = row_of_source(string_of(values, "source")); row != nullptr) {
    return row;
  }
  const int ordinal = number_of(string_of(values, "ordinal"));
  const Entry* only = nullptr;
  const auto [first, last] = m_by_dossier.equal_range(string_of(values, "dossier"));
  for (auto row = first; row != last; ++row) {
    const Entry& entry = m_entries[row->second];
    if (ordinal > 0 && number_of(entry.value("ordinal")) != ordinal) {
      continue;
    }
    if (only != nullptr) {
      return nullptr;  // which of them it is, nobody said
    }
    only = &entry;
  }
  return only;
}

const Register::Entry* Register::row_of(const Document& document) const {
  const Json source = document.record().value("source", Json::object());
  const Json stack = source.value("stack", Json::object());
  const Json sheet = source.value("separator", Json::object());
  const Entry* row = row_of_sheet(sheet.is_object() ? sheet.value("values", Json::object()) : Json::object());
  // A stack's name is that of all its documents, so it tells a row only where it is one document.
  if (row == nullptr && (!stack.is_object() || stack.value("of", 1) == 1)) {
    const fs::path path(document.name());
    row = row_of_source(path.filename().string());
    row = row == nullptr ? row_of_source(path.stem().string()) : row;
  }
  if (row != nullptr) {
    row->used = true;
  }
  return row;
}

bool Register::apply(Document& document) const {
  const Entry* const row = row_of(document);
  if (row == nullptr) {
    return false;
  }
  const Entry& entry = *row;
  const auto value = [&entry](const char* key) { return entry.value(key); };
  const Json sheet = document.record().value("dossier", Json::object());
  const std::string code = string_of(sheet, "code");
  if (!code.empty() && !value("dossier").empty() && code != value("dossier")) {
    document.add_problem({Severity::warning, "field-differs",
                          "the register says dossier is " + value("dossier") + ", the separator sheet says " + code,
                          "correct the register or the sheet: the register's was used", std::nullopt});
  }
  Json dossier{{"code", value("dossier").empty() ? code : value("dossier")}, {"row", entry.row}};
  for (const char* key : {"ordinal", "kind"}) {
    if (sheet.is_object() && sheet.contains(key)) {
      dossier[key] = sheet.at(key);
    }
  }
  if (const int ordinal = number_of(value("ordinal")); ordinal > 0) {
    dossier["ordinal"] = ordinal;
  }
  if (!value("kind").empty()) {
    dossier["kind"] = value("kind");
  }
  document.record()["dossier"] = std::move(dossier);
  for (const auto& [key, text] : entry.values) {
    if (is_field(key)) {
      document.set_field(key, text, 1, "register");
    }
  }
  const int pages = number_of(value("pages"));
  if (pages > 0 && static_cast<std::size_t>(pages) != document.page_count()) {
    document.add_problem(
        {Severity::warning, "pages-differ",
         "the register says " + std::to_string(pages) + " pages, the scan has " + std::to_string(document.page_count()),
         "scan what is missing or correct the register", std::nullopt});
  }
  return true;
}

std::vector<std::string> Register::unused() const {
  std::vector<std::string> sources;
  for (const Entry& entry : m_entries) {
    if (!entry.used) {
      sources.push_back(entry.value("source").empty() ? entry.value("dossier") : entry.value("source"));
    }
  }
  return sources;
}

}  // namespace sohoa
