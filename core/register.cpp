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

Register::Register(const std::vector<RegisterRow>& rows, const Profile& profile, const std::string& name) {
  const std::map<std::string, std::string> names = names_by_heading(profile);
  std::size_t line = 1;
  for (const RegisterRow& row : rows) {
    Entry entry;
    entry.row = ++line;
    for (const auto& [heading, cell] : row) {
      const auto known = names.find(folded(heading));
      const std::string key = known == names.end() ? trim(heading) : known->second;
      if (const std::string value = to_nfc(trim(cell)); !value.empty()) {
        entry.values[key] = key.ends_with("_date") ? iso_date(value) : value;
      }
    }
    const auto source = entry.values.find("source");
    if (source == entry.values.end()) {
      throw usage_error("register-heading", "line " + std::to_string(line) + " of " + name + " has no source",
                        "give each row the name of its scan folder or file in the column source");
    }
    if (!m_entries.emplace(source->second, entry).second) {
      throw usage_error("register-row",
                        "line " + std::to_string(line) + " of " + name + " names " + source->second + " a second time",
                        "keep one row a document");
    }
  }
}

const Register::Entry* Register::row_of(const Document& document) const {
  const fs::path path(document.name());
  auto found = m_entries.find(to_nfc(path.filename().string()));
  if (found == m_entries.end()) {
    found = m_entries.find(to_nfc(path.stem().string()));
  }
  if (found == m_entries.end()) {
    return nullptr;
  }
  found->second.used = true;
  return &found->second;
}

bool Register::apply(Document& document) const {
  const Entry* const row = row_of(document);
  if (row == nullptr) {
    return false;
  }
  const Entry& entry = *row;
  const auto value = [&entry](const char* key) {
    const auto at = entry.values.find(key);
    return at == entry.values.end() ? std::string() : at->second;
  };
  Json dossier{{"code", value("dossier")}, {"row", entry.row}};
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
  std::vector<const std::pair<const std::string, Entry>*> rows;
  for (const auto& entry : m_entries) {
    if (!entry.second.used) {
      rows.push_back(&entry);
    }
  }
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->second.row < b->second.row; });
  std::vector<std::string> sources;
  for (const auto* row : rows) {
    sources.push_back(row->first);
  }
  return sources;
}

}  // namespace sohoa
