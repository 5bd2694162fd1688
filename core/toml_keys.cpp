// SPDX-License-Identifier: Apache-2.0
#include "core/toml_keys.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

using Path = std::vector<std::string>;

Path operator/(Path section, const std::string& name) {
  section.push_back(name);
  return section;
}

bool begins_with(const Path& path, const Path& section) {
  return path.size() >= section.size() && std::equal(section.begin(), section.end(), path.begin());
}

Path parent_of(const Path& path) { return {path.begin(), path.end() - 1}; }

std::string dotted(const Path& path) {
  std::string out;
  for (const std::string& part : path) {
    out += (out.empty() ? "" : ".") + toml_key(part);
  }
  return out;
}

std::string plain(double number) {
  return std::abs(number) < 1e15 && number == std::floor(number) ? std::to_string(static_cast<std::int64_t>(number))
                                                                 : toml_text({number, 0});
}

std::string number_wanted(std::string_view kind, const TomlRule& rule) {
  const std::string least = " of at least " + plain(rule.least);
  return std::string(kind) + (rule.most > 1e15 ? least : " from " + plain(rule.least) + " to " + plain(rule.most));
}

bool allowed(double number, const TomlRule& rule) { return number >= rule.least && number <= rule.most; }

}  // namespace

std::string take(const TomlValue& value, const TomlRule& /*rule*/, bool& target) {
  const bool* flag = std::get_if<bool>(&value.value);
  target = flag == nullptr ? target : *flag;
  return flag == nullptr ? "true or false" : "";
}

std::string take(const TomlValue& value, const TomlRule& rule, std::int64_t& target) {
  const auto* number = std::get_if<std::int64_t>(&value.value);
  if (number == nullptr || !allowed(static_cast<double>(*number), rule)) {
    return number_wanted("a whole number", rule);
  }
  target = *number;
  return "";
}

std::string take(const TomlValue& value, const TomlRule& rule, double& target) {
  const auto* whole = std::get_if<std::int64_t>(&value.value);
  const auto* number = std::get_if<double>(&value.value);
  const double given = whole != nullptr ? static_cast<double>(*whole) : number != nullptr ? *number : std::nan("");
  if (!allowed(given, rule)) {
    return number_wanted("a number", rule);
  }
  target = given;
  return "";
}

std::string take(const TomlValue& value, const TomlRule& rule, std::optional<double>& target) {
  if (const auto* text = std::get_if<std::string>(&value.value); text != nullptr && *text == "off") {
    target.reset();
    return "";
  }
  double number = 0;
  std::string wanted = take(value, rule, number);
  if (wanted.empty()) {
    target = number;
  }
  return wanted.empty() ? wanted : wanted + ", or \"off\"";
}

std::string take(const TomlValue& value, const TomlRule& rule, std::string& target) {
  const auto* text = std::get_if<std::string>(&value.value);
  if (text == nullptr) {
    return "a string";
  }
  if (!rule.choices.empty() && std::find(rule.choices.begin(), rule.choices.end(), *text) == rule.choices.end()) {
    std::string list;
    for (const std::string& choice : rule.choices) {
      list += (list.empty() ? "" : ", ") + choice;
    }
    return "one of " + list;
  }
  target = *text;
  return "";
}

TomlValue give(const std::string& text) { return {text, 0}; }
TomlValue give(bool flag) { return {flag, 0}; }
TomlValue give(double number) { return {number, 0}; }
TomlValue give(std::int64_t number) { return {number, 0}; }
TomlValue give(const std::optional<double>& number) { return number ? give(*number) : give(std::string("off")); }

TomlKeys::Path TomlKeys::below(const std::string& name) const { return m_prefix / name; }

void TomlKeys::section(const std::string& name, const std::function<void()>& declare) {
  m_prefix.push_back(name);
  declare();
  m_prefix.pop_back();
}

void TomlKeys::open(const std::string& name, bool of_tables, const std::function<void(const std::string&)>& declare) {
  m_open.push_back({below(name), of_tables, declare});
}

std::vector<Error> TomlKeys::read(const TomlTable& root, const std::string& file) {
  Reading reading{file, {}};
  walk(root, {}, reading);
  return std::move(reading.faults);
}

void TomlKeys::walk(const TomlTable& table, const Path& section, Reading& reading) {
  for (const TomlEntry& entry : table) {
    enter(entry, section / entry.key, reading);
  }
}

void TomlKeys::declare_found(const TomlEntry& entry, const Path& path) {
  for (const Open& open : m_open) {
    const bool fits = !open.of_tables || std::holds_alternative<TomlTable>(entry.value.value);
    if (open.path == parent_of(path) && fits && find(path) == nullptr && !is_section(path)) {
      const auto declare = open.declare;
      m_prefix = open.path;
      declare(entry.key);
      m_prefix.clear();
      return;
    }
  }
}

void TomlKeys::enter(const TomlEntry& entry, const Path& path, Reading& reading) {
  declare_found(entry, path);
  const TomlValue& value = entry.value;
  if (Key* key = find(path); key != nullptr) {
    if (const std::string wanted = key->take(value, reading); wanted.empty()) {
      key->origin = reading.file + ":" + std::to_string(value.line);
    } else {
      refuse(entry, path, wanted, reading);
    }
  } else if (!is_section(path)) {
    reading.faults.push_back(usage_error(
        m_subject + "-key", reading.file + ", line " + std::to_string(value.line) + ": there is no key " + dotted(path),
        advice(path)));
  } else if (const auto* table = std::get_if<TomlTable>(&value.value); table != nullptr) {
    walk(*table, path, reading);
  } else {
    refuse(entry, path, "a section", reading);
  }
}

void TomlKeys::refuse(const TomlEntry& entry, const Path& path, const std::string& wanted, Reading& reading) const {
  const bool simple = entry.value.value.index() > 0 && entry.value.value.index() < 5;
  reading.faults.push_back(usage_error(
      m_subject + "-value",
      reading.file + ", line " + std::to_string(entry.value.line) + ": " + dotted(path) + " is " +
          (simple ? toml_text(entry.value) : std::string(kind_of(entry.value))) + " but should be " + wanted,
      "see " + m_manual));
}

TomlKeys::Key* TomlKeys::find(const Path& path) {
  const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const Key& key) { return key.path == path; });
  return found == m_keys.end() ? nullptr : &*found;
}

bool TomlKeys::is_section(const Path& path) const {
  const auto within = [&](const auto& declared) { return begins_with(declared.path, path); };
  return std::any_of(m_keys.begin(), m_keys.end(), within) || std::any_of(m_open.begin(), m_open.end(), within);
}

std::vector<std::string> TomlKeys::names_in(const Path& section) const {
  std::vector<std::string> names;
  const auto add = [&](const Path& path) {
    if (path.size() > section.size() && begins_with(path, section)) {
      names.push_back(path.at(section.size()));
    }
  };
  for (const Key& key : m_keys) {
    add(key.path);
  }
  for (const Open& open : m_open) {
    add(open.path);
  }
  return names;
}

std::string TomlKeys::advice(const Path& path) const {
  for (const Key& key : m_keys) {
    if (key.path.back() == path.back()) {
      return "did you mean " + dotted(key.path) + "? See " + m_manual;
    }
  }
  const std::string guess = nearest(path.back(), names_in(parent_of(path)));
  return guess.empty() ? "see " + m_manual : "did you mean " + dotted(parent_of(path) / guess) + "? See " + m_manual;
}

TomlTable TomlKeys::table() const {
  TomlTable entries;
  for (const Key& key : m_keys) {
    entries.push_back({dotted(key.path), key.give()});
  }
  return entries;
}

TomlTable TomlKeys::table_without(const TomlTable& plain) const {
  TomlTable entries = table();
  std::erase_if(entries, [&plain](const TomlEntry& entry) {
    return std::any_of(plain.begin(), plain.end(), [&entry](const TomlEntry& other) {
      return other.key == entry.key && toml_text(other.value) == toml_text(entry.value);
    });
  });
  return entries;
}

std::string TomlKeys::write() const {
  // Values of the top level go first, then each section in one piece, in the order of its first key.
  std::vector<Path> sections{{}};
  for (const Key& key : m_keys) {
    if (const Path section = parent_of(key.path);
        std::find(sections.begin(), sections.end(), section) == sections.end()) {
      sections.push_back(section);
    }
  }
  std::string out;
  for (const Path& section : sections) {
    out += section.empty() ? "" : "\n[" + dotted(section) + "]\n";
    for (const Key& key : m_keys) {
      if (parent_of(key.path) != section) {
        continue;
      }
      const TomlValue value = key.give();
      const std::string origin = "  # " + (key.origin.empty() ? std::string("built-in default") : key.origin) + "\n";
      const auto* list = std::get_if<TomlArray>(&value.value);
      out += toml_key(key.path.back()) + " = ";
      if (list != nullptr && !list->empty() && std::holds_alternative<TomlTable>(list->front().value)) {
        out += "[" + origin;
        for (const TomlValue& row : *list) {
          out += "  " + toml_text(row) + ",\n";
        }
        out += "]\n";
      } else {
        out += toml_text(value) + origin;
      }
    }
  }
  return out;
}

}  // namespace sohoa
