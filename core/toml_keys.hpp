// SPDX-License-Identifier: Apache-2.0
// Which keys a kind of TOML file has: each declared once, bound to the variable it fills. The declaration serves
// reading (one file over another), finding faults, and writing what is in force with its origin.
#pragma once

#include "core/error.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <concepts>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sohoa {

// What a value may be, beside its type.
struct TomlRule {
  double least = 0;
  double most = std::numeric_limits<double>::max();
  std::vector<std::string> choices = {};  // none: any text
};

class TomlKeys {
 public:
  // `subject` begins the ids of the faults ("profile-key"); `manual` is the page that remedies point to.
  TomlKeys(std::string subject, std::string manual) : m_subject(std::move(subject)), m_manual(std::move(manual)) {}
  TomlKeys(const TomlKeys&) = delete;
  TomlKeys& operator=(const TomlKeys&) = delete;

  // Declarations; the variables outlive this object. Value: bool, an integer, double (or nothing, written "off"),
  // std::string or a vector of those.
  template <typename Value>
  void key(const std::string& name, Value& target, TomlRule rule = {});
  // [name] with the keys that `declare()` declares.
  void section(const std::string& name, const std::function<void()>& declare);
  // [name.<any>], one shape: `declare(keys, value)` declares the keys of one.
  template <typename Value, typename Declare>
  void tables(const std::string& name, std::map<std::string, Value>& target, Declare declare);
  // [name] with any keys, one type.
  template <typename Value>
  void values(const std::string& name, std::map<std::string, Value>& target, TomlRule rule = {});
  // name = [{…}, {…}], one shape. A later file replaces the whole list.
  template <typename Row, typename Declare>
  void rows(const std::string& name, std::vector<Row>& target, Declare declare);

  // Fills the variables from a file. What is wrong is left out and returned in the order of the lines:
  // "<subject>-key" and "<subject>-value", ExitStatus::usage, with file, line and nearest key.
  std::vector<Error> read(const TomlTable& root, const std::string& file);

  // Everything in force as TOML; a comment says where each value comes from: file:line or "built-in default".
  [[nodiscard]] std::string write() const;

 private:
  using Path = std::vector<std::string>;
  struct Reading {
    std::string file;
    std::vector<Error> faults;
  };
  struct Key {
    Path path;
    // Says what would be right ("a number from 0 to 10"), or "" when the value was taken.
    std::function<std::string(const TomlValue&, Reading&)> take;
    std::function<TomlValue()> give;
    std::string origin = {};
  };
  struct Open {  // a section whose names are not known beforehand
    Path path;
    bool of_tables;
    std::function<void(const std::string&)> declare;
  };

  [[nodiscard]] Path below(const std::string& name) const;
  void open(const std::string& name, bool of_tables, const std::function<void(const std::string&)>& declare);
  void walk(const TomlTable& table, const Path& section, Reading& reading);
  void enter(const TomlEntry& entry, const Path& path, Reading& reading);
  void declare_found(const TomlEntry& entry, const Path& path);
  [[nodiscard]] Key* find(const Path& path);
  [[nodiscard]] bool is_section(const Path& path) const;
  [[nodiscard]] std::vector<std::string> names_in(const Path& section) const;
  [[nodiscard]] std::string advice(const Path& path) const;
  void refuse(const TomlEntry& entry, const Path& path, const std::string& wanted, Reading& reading) const;
  [[nodiscard]] TomlTable table() const;
  // Without the entries that `plain` has, too.
  [[nodiscard]] TomlTable table_without(const TomlTable& plain) const;

  std::string m_subject;
  std::string m_manual;
  Path m_prefix;
  std::vector<Key> m_keys;
  std::vector<Open> m_open;
};

// A value taken into a variable: "" or what would be right. And back.
std::string take(const TomlValue& value, const TomlRule& rule, bool& target);
std::string take(const TomlValue& value, const TomlRule& rule, double& target);
std::string take(const TomlValue& value, const TomlRule& rule, std::int64_t& target);
std::string take(const TomlValue& value, const TomlRule& rule, std::string& target);
// "off" is nothing.
std::string take(const TomlValue& value, const TomlRule& rule, std::optional<double>& target);
TomlValue give(const std::string& text);
TomlValue give(bool flag);
TomlValue give(double number);
TomlValue give(std::int64_t number);
TomlValue give(const std::optional<double>& number);

template <std::integral Value>
std::string take(const TomlValue& value, TomlRule rule, Value& target) {
  rule.most = std::min(rule.most, static_cast<double>(std::numeric_limits<Value>::max()));
  std::int64_t number = 0;
  std::string wanted = take(value, rule, number);
  if (wanted.empty()) {
    target = static_cast<Value>(number);
  }
  return wanted;
}

template <typename Value>
std::string take(const TomlValue& value, const TomlRule& rule, std::vector<Value>& target) {
  const auto* list = std::get_if<TomlArray>(&value.value);
  std::vector<Value> taken;
  for (const TomlValue& entry : list == nullptr ? TomlArray() : *list) {
    if (const std::string wanted = take(entry, rule, taken.emplace_back()); !wanted.empty()) {
      return "a list, each of it " + wanted;
    }
  }
  if (list == nullptr) {
    return "a list";
  }
  target = std::move(taken);
  return "";
}

template <std::integral Value>
TomlValue give(Value number) {
  return give(static_cast<std::int64_t>(number));
}

template <typename Value>
TomlValue give(const std::vector<Value>& values) {
  TomlArray list;
  for (const Value& value : values) {
    list.push_back(give(value));
  }
  return {std::move(list), 0};
}

template <typename Value>
void TomlKeys::key(const std::string& name, Value& target, TomlRule rule) {
  m_keys.push_back({below(name),
                    [&target, rule = std::move(rule)](const TomlValue& value, Reading& /*reading*/) {
                      return sohoa::take(value, rule, target);
                    },
                    [&target] { return sohoa::give(target); }});
}

template <typename Value, typename Declare>
void TomlKeys::tables(const std::string& name, std::map<std::string, Value>& target, Declare declare) {
  open(name, true, [this, &target, declare](const std::string& entry) {
    section(entry, [this, &declare, &value = target[entry]] { declare(*this, value); });
  });
}

template <typename Value>
void TomlKeys::values(const std::string& name, std::map<std::string, Value>& target, TomlRule rule) {
  open(name, false,
       [this, &target, rule = std::move(rule)](const std::string& entry) { key(entry, target[entry], rule); });
}

template <typename Row, typename Declare>
void TomlKeys::rows(const std::string& name, std::vector<Row>& target, Declare declare) {
  const auto take_rows = [this, &target, declare](const TomlValue& value, Reading& reading) -> std::string {
    const auto* list = std::get_if<TomlArray>(&value.value);
    std::vector<Row> taken;
    for (const TomlValue& row : list == nullptr ? TomlArray() : *list) {
      const auto* table = std::get_if<TomlTable>(&row.value);
      if (table == nullptr) {
        return "a list of tables";
      }
      TomlKeys keys(m_subject, m_manual);
      declare(keys, taken.emplace_back());
      keys.walk(*table, {}, reading);
    }
    if (list == nullptr) {
      return "a list of tables";
    }
    target = std::move(taken);
    return "";
  };
  const auto give_rows = [this, &target, declare] {
    Row nothing;
    TomlKeys plain_keys(m_subject, m_manual);
    declare(plain_keys, nothing);
    const TomlTable plain = plain_keys.table();
    TomlArray list;
    for (Row row : target) {  // NOLINT(performance-for-range-copy): declare takes a row it may write to
      TomlKeys keys(m_subject, m_manual);
      declare(keys, row);
      list.push_back({keys.table_without(plain), 0});
    }
    return TomlValue{std::move(list), 0};
  };
  m_keys.push_back({below(name), take_rows, give_rows});
}

}  // namespace sohoa
