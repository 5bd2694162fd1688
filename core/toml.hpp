// SPDX-License-Identifier: Apache-2.0
// TOML 1.0 files as plain values that know their line. The only door to toml++.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sohoa {

struct TomlValue;
struct TomlEntry;
using TomlArray = std::vector<TomlValue>;
using TomlTable = std::vector<TomlEntry>;  // in the order of the file

struct TomlValue {
  // monostate: a date or time, which nothing here uses.
  std::variant<std::monostate, bool, std::int64_t, double, std::string, TomlArray, TomlTable> value;
  int line = 0;  // from 1; of an entry's value: the line of its key
};

struct TomlEntry {
  std::string key;
  TomlValue value;
};

// Reads at most 1 MiB, and no line of more than 32 dots. Throws Error(ExitStatus::input) when the file cannot be read,
// and Error(ExitStatus::usage, syntax_id) with file and line when it is no TOML.
TomlTable read_toml(const fs::path& file, const std::string& syntax_id);

// "a string", "a whole number", "a table" …, for messages.
std::string_view kind_of(const TomlValue& value);

// A value, or a key with the quotes it needs, as TOML on one line.
std::string toml_text(const TomlValue& value);
std::string toml_key(const std::string& key);

}  // namespace sohoa
