// SPDX-License-Identifier: Apache-2.0
#include "formats/columns.hpp"

#include "core/quality_gates.hpp"
#include "core/register_rows.hpp"
#include "core/template.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <utility>

namespace sohoa {
namespace {

constexpr int day_seconds = 24 * 60 * 60;

std::string cell_of(const Json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_null() ? std::string() : value.dump();
}

// A path of keys and positions: "pdf.sha256", "signatures.0.signer".
std::string value_at(const Json& record, const std::string& path) {
  const Json* at = &record;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string key = path.substr(begin, end - begin);
    if (at->is_object() && at->contains(key)) {
      at = &at->at(key);
    } else if (at->is_array() && all_digits(key) && key.size() < 6 && std::stoul(key) < at->size()) {
      at = &at->at(std::stoul(key));
    } else {
      return {};
    }
    begin = end + 1;
  }
  return cell_of(*at);
}

std::string problems_of(const Json& record, const std::vector<Problem>& more) {
  std::string text;
  const auto add = [&text](const std::string& message) { text += (text.empty() ? "" : "; ") + message; };
  for (const Json& problem : record.value("problems", Json::array())) {
    if (string_of(problem, "severity") != "info") {
      add(string_of(problem, "message"));
    }
  }
  for (const Problem& problem : more) {
    add(problem.message);
  }
  return text;
}

std::string named_value(const Json& record, const Json& fields, const std::string& name) {
  return fields.is_object() && fields.contains(name) ? string_of(fields.at(name), "value") : value_at(record, name);
}

// "{dossier.code}.{dossier.ordinal:07}"; nothing when a part is missing.
std::string filled(const Json& record, const Json& fields, const std::string& pattern) {
  std::map<std::string, std::string> values;
  for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
    const std::string name = pattern.substr(at + 1, std::min(pattern.find_first_of(":}", at), pattern.size()) - at - 1);
    values[name] = named_value(record, fields, name);
    if (values[name].empty()) {
      return {};
    }
  }
  return expand_template(pattern, values);
}

// Digits at `at`, or -1.
int number_at(const std::string& text, std::size_t at, std::size_t digits) {
  const std::string part = at + digits <= text.size() ? text.substr(at, digits) : std::string();
  return all_digits(part) ? std::stoi(part) : -1;
}

}  // namespace

std::optional<ClockTime> clock_time(const std::string& text, int zone_minutes) {
  const std::string iso = iso_date(text);
  const bool timed = iso.size() == 20 && iso[10] == 'T' && iso[13] == ':' && iso[16] == ':' && iso[19] == 'Z';
  if ((iso.size() != 10 && !timed) || iso[4] != '-' || iso[7] != '-') {
    return std::nullopt;
  }
  const std::chrono::year_month_day day(std::chrono::year(number_at(iso, 0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number_at(iso, 5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number_at(iso, 8, 2))));
  if (number_at(iso, 0, 4) < 1 || !day.ok()) {
    return std::nullopt;
  }
  if (!timed) {
    return ClockTime{int(day.year()), int(unsigned(day.month())), int(unsigned(day.day())), 0};
  }
  const int hour = number_at(iso, 11, 2);
  const int minute = number_at(iso, 14, 2);
  const int second = number_at(iso, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  const auto moment = std::chrono::sys_seconds(std::chrono::sys_days(day)) +
                      std::chrono::seconds(3600 * hour + 60 * minute + second + 60 * zone_minutes);
  const auto here = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day local(here);
  return ClockTime{int(local.year()), int(unsigned(local.month())), int(unsigned(local.day())),
                   static_cast<int>((moment - here).count() % day_seconds)};
}

std::string written_time(const ClockTime& time, const std::string& form, int zone_minutes) {
  const auto padded = [](int number, int digits) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*d", digits, number);
    return std::string(text.data());
  };
  const int zone = std::abs(zone_minutes);
  const std::array<std::pair<std::string_view, std::string>, 7> parts = {{
      {"yyyy", padded(time.year, 4)},
      {"MM", padded(time.month, 2)},
      {"dd", padded(time.day, 2)},
      {"HH", padded(time.second_of_day / 3600, 2)},
      {"mm", padded(time.second_of_day / 60 % 60, 2)},
      {"ss", padded(time.second_of_day % 60, 2)},
      {"XXX", (zone_minutes < 0 ? "-" : "+") + padded(zone / 60, 2) + ":" + padded(zone % 60, 2)},
  }};
  std::string text;
  for (std::size_t at = 0; at < form.size();) {
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const auto& one) { return form.compare(at, one.first.size(), one.first) == 0; });
    text += part == parts.end() ? std::string(1, form[at]) : part->second;
    at += part == parts.end() ? 1 : part->first.size();
  }
  return text;
}

struct Columns::Column {
  const Profile::Column* rule = nullptr;
  std::optional<TextPattern> pattern = {};
  std::map<std::string, std::string> exact = {};        // code by name
  std::map<std::string, std::string> comparables = {};  // "HD" and "HĐ" are alike, so neither is told by it

  void add(const std::string& name, const std::string& code) {
    exact.emplace(name, code);
    const auto [at, fresh] = comparables.emplace(comparable(name), code);
    at->second = fresh || at->second == code ? code : std::string();
  }

  // Empty: the list has none.
  [[nodiscard]] std::string code_of(const std::string& name) const {
    const auto same = exact.find(to_nfc(name));
    const auto alike = comparables.find(comparable(name));
    return same != exact.end() ? same->second : alike != comparables.end() ? alike->second : std::string();
  }

  [[nodiscard]] std::string value(const Json& record, const Json& fields) const {
    const std::string text = rule->value.find('{') == std::string::npos ? named_value(record, fields, rule->value)
                                                                        : filled(record, fields, rule->value);
    if (!pattern || text.empty()) {
      return text;
    }
    const std::vector<TextMatch> matches = pattern->find_all(text);
    return matches.empty() ? std::string() : value_of(matches.front()).of(text);
  }
};

Columns::Columns(const std::vector<Profile::Column>& columns, const Profile& profile) : m_profile(profile) {
  for (const Profile::Column& rule : columns) {
    Column& column = m_columns.emplace_back();
    column.rule = &rule;
    if (!rule.pattern.empty()) {
      column.pattern.emplace(rule.pattern, "the column " + rule.title);
    }
    if (rule.list.empty()) {
      continue;
    }
    const auto list = profile.lists.find(rule.list);
    if (list == profile.lists.end()) {
      throw usage_error("column-list",
                        "the column " + rule.title + " wants the list " + rule.list + ", which the profile has not",
                        "write it as [lists." + rule.list + "]");
    }
    for (const Profile::ListEntry& entry : list->second.codes) {
      column.add(entry.code, entry.code);
      for (const std::string& name : entry.names) {
        column.add(to_nfc(name), entry.code);
      }
    }
  }
}

Columns::~Columns() = default;

std::vector<std::string> Columns::titles() const {
  std::vector<std::string> titles;
  for (const Column& column : m_columns) {
    titles.push_back(column.rule->title);
  }
  return titles;
}

std::vector<std::string> Columns::cells(const Json& record, std::vector<Problem>& warnings) const {
  std::vector<std::string> cells;
  const Json& fields = member_of(record, "fields");
  const std::string status = string_of(record, "status");
  const bool alive = status == to_string(Status::ok) || status == to_string(Status::warning);
  std::vector<Problem> found;
  const auto warn = [&](const char* id, const std::string& message, const char* remedy) {
    if (alive) {
      found.push_back({Severity::warning, id, message, remedy, std::nullopt});
    }
  };
  for (const Column& column : m_columns) {
    const Profile::Column& rule = *column.rule;
    std::string cell = rule.value == "problems" ? std::string()
                       : rule.value == "rescan" ? rescan_text(record.value("rescan", Json()))
                                                : column.value(record, fields);
    if (!cell.empty() && !rule.list.empty()) {
      if (const std::string code = column.code_of(cell); !code.empty()) {
        cell = code;
      } else {
        warn("cell-code", rule.title + ": the list " + rule.list + " has no code for " + cell,
             "correct the register, or add the name to the list of the profile");
        cell = rule.otherwise.empty() ? cell : rule.otherwise;
      }
    }
    if (!cell.empty() && !rule.date.empty()) {
      if (const auto time = clock_time(cell, m_profile.time_zone_minutes)) {
        cell = written_time(*time, rule.date, m_profile.time_zone_minutes);
      } else {
        warn("cell-date", rule.title + " is no day: " + cell, "correct it in the register");
      }
    }
    cell = cell.empty() ? rule.otherwise : cell;
    if (cell.empty() && rule.required) {
      warn("cell-missing", rule.title + " is wanted and not there", "give it in the register");
    }
    if (const std::size_t length = characters(cell); rule.max_length > 0 && length > rule.max_length) {
      warn("cell-too-long",
           rule.title + " has " + std::to_string(length) + " letters, more than the " +
               std::to_string(rule.max_length) + " that are taken",
           "shorten it in the register");
    }
    cells.push_back(std::move(cell));
  }
  for (std::size_t i = 0; i < m_columns.size(); ++i) {
    if (m_columns[i].rule->value == "problems") {
      cells[i] = problems_of(record, found);
    }
  }
  warnings.insert(warnings.end(), found.begin(), found.end());
  return cells;
}

}  // namespace sohoa
