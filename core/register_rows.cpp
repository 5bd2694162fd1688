// SPDX-License-Identifier: Apache-2.0
#include "core/register_rows.hpp"

#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/name_pattern.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>

#include <unicode/unistr.h>

namespace sohoa {
namespace {

constexpr std::array dossier_keys{"source", "dossier", "ordinal", "kind", "pages", "note_pair"};
constexpr std::array joining_keys{"source", "dossier", "symbol", "number"};
constexpr std::size_t rows_above_heading = 30;

// A heading may be broken over lines.
std::string folded(const std::string& text) {
  std::string one_line;
  for (const char c : to_nfc(trim(text))) {
    const char blank = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    if (blank != ' ' || (!one_line.empty() && one_line.back() != ' ')) {
      one_line += blank;
    }
  }
  std::string out;
  icu::UnicodeString::fromUTF8(one_line).foldCase().toUTF8String(out);
  return out;
}

using Names = std::map<std::string, std::string>;

Names names_by_heading(const Profile& profile) {
  Names names;
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

std::size_t known_headings(const TableRow& row, const Names& names) {
  return static_cast<std::size_t>(std::count_if(
      row.cells.begin(), row.cells.end(), [&](const std::string& cell) { return names.count(folded(cell)) > 0; }));
}

std::size_t heading_row(const Table& table, const Names& names) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t at = 0; at < table.rows.size() && at < rows_above_heading; ++at) {
    if (const std::size_t known = known_headings(table.rows[at], names); known > most) {
      best = at;
      most = known;
    }
  }
  return best;
}

// "(1) (2) (3)" or "1 2 3": forms number their columns.
bool numbers_columns(const TableRow& row) {
  std::size_t numbered = 0;
  for (std::size_t at = 0; at < row.cells.size(); ++at) {
    const std::string cell = trim(row.cells[at]);
    const std::string number = std::to_string(at + 1);
    if (!cell.empty() && cell != number && cell != "(" + number + ")") {
      return false;
    }
    numbered += cell.empty() ? 0U : 1U;
  }
  return numbered > 2;
}

bool joins(const std::vector<std::string>& keys, const Profile& profile) {
  const NamePattern pattern(profile.register_rules.file_pattern);
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const auto& parts = pattern.names();
    return std::find(joining_keys.begin(), joining_keys.end(), key) != joining_keys.end() ||
           std::any_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return comparable(part) == comparable(key); });
  });
}

}  // namespace

bool is_register_field(const std::string& name) {
  return std::find(dossier_keys.begin(), dossier_keys.end(), name) == dossier_keys.end();
}

std::string iso_date(const std::string& text) {
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      parts.at(part) += c;
    } else if ((c == '/' || c == '-' || c == '.') && part < 2) {
      ++part;
    } else {
      return text;
    }
  }
  const auto& [day, month, year] = parts;
  if (day.empty() || day.size() > 2 || month.empty() || month.size() > 2 || year.size() != 4) {
    return text;
  }
  return year + (month.size() == 1 ? "-0" : "-") + month + (day.size() == 1 ? "-0" : "-") + day;
}

std::string RegisterRow::value(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? std::string() : found->second;
}

int RegisterRow::count(const std::string& key) const {
  const std::string text = value(key);
  return text.size() < 7 && all_digits(text) ? std::stoi(text) : 0;
}

std::string RegisterRow::label() const {
  if (const std::string source = value("source"); !source.empty()) {
    return source;
  }
  const std::string dossier = value("dossier");
  const std::string ordinal = value("ordinal");
  const std::string symbol = value(values.count("symbol") > 0 ? "symbol" : "number");
  if (!dossier.empty() && !(ordinal + symbol).empty()) {
    return dossier + " " + (ordinal.empty() ? symbol : ordinal);
  }
  return !symbol.empty() ? symbol : !dossier.empty() ? dossier : "row " + std::to_string(number);
}

std::string RegisterRow::key() const {
  std::string all;
  for (const auto& [key, text] : values) {
    if (key != "pages" && key != "note_pair") {
      all += key + "\x1f" + text + "\x1e";
    }
  }
  return sha256_hex(all).substr(0, 32);
}

std::string RegisterRow::place_key() const {
  const std::string dossier = value("dossier");
  return dossier.empty()
             ? std::string()
             : sha256_hex("place\x1f" + dossier + "\x1f" + value("ordinal") + "\x1f" + value("source")).substr(0, 32);
}

NamedRows named_rows(const Table& table, const Profile& profile) {
  const Names names = names_by_heading(profile);
  const std::size_t heading = heading_row(table, names);
  NamedRows named;
  if (heading < table.rows.size()) {
    for (const std::string& cell : table.rows[heading].cells) {
      const auto known = names.find(folded(cell));
      named.keys.push_back(known == names.end() ? to_nfc(trim(cell)) : known->second);
    }
  }
  for (std::size_t at = heading + 1; at < table.rows.size(); ++at) {
    if (at == heading + 1 && numbers_columns(table.rows[at])) {
      continue;
    }
    RegisterRow row;
    row.number = table.rows[at].number;
    const std::vector<std::string>& cells = table.rows[at].cells;
    for (std::size_t cell = 0; cell < cells.size() && cell < named.keys.size(); ++cell) {
      const std::string& key = named.keys[cell];
      if (const std::string value = to_nfc(trim(cells[cell])); !value.empty() && !key.empty()) {
        row.cells.emplace(to_nfc(trim(table.rows[heading].cells[cell])), value);
        row.values.emplace(key, key.ends_with("_date") ? iso_date(value) : value);
      }
    }
    if (!row.values.empty()) {
      named.rows.push_back(std::move(row));
    }
  }
  return named;
}

std::vector<RegisterRow> register_rows(const Table& table, const Profile& profile) {
  NamedRows named = named_rows(table, profile);
  if (!joins(named.keys, profile)) {
    throw usage_error("register-heading", table.name + " has no column by which a row finds its scan",
                      "give it a column source (name of the scan folder or file), dossier, symbol or number");
  }
  return std::move(named.rows);
}

}  // namespace sohoa
