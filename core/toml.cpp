// SPDX-License-Identifier: Apache-2.0
#include "core/toml.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include <toml++/toml.h>

namespace sohoa {
namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{1} << 20U;

// Each dot of a dotted key is a table in a table, and toml++ lets tables go by calling itself: enough dots overflow the
// stack. No key here has more than four. Brackets it bounds itself.
constexpr std::size_t max_dots = 32;

// The first line with more dots than that, dot leaders aside; 0: none.
std::size_t line_of_dots(std::string_view text) {
  std::size_t line = 1;
  std::size_t dots = 0;
  for (std::size_t at = 0; at < text.size() && dots <= max_dots; ++at) {
    if (text[at] == '\n') {
      ++line;
      dots = 0;
    } else if (text[at] == '.' && text.substr(at + 1, 1) != ".") {
      ++dots;
    }
  }
  return dots > max_dots ? line : 0;
}

TomlTable table_of(const toml::table& table);

TomlValue value_of(const toml::node& node, int line) {
  TomlValue out{{}, line};
  if (const toml::table* table = node.as_table(); table != nullptr) {
    out.value = table_of(*table);
  } else if (const toml::array* array = node.as_array(); array != nullptr) {
    TomlArray values;
    for (const toml::node& entry : *array) {
      values.push_back(value_of(entry, static_cast<int>(entry.source().begin.line)));
    }
    out.value = std::move(values);
  } else if (node.is_boolean()) {
    out.value = node.value_or(false);
  } else if (node.is_integer()) {
    out.value = node.value_or(std::int64_t{0});
  } else if (node.is_floating_point()) {
    out.value = node.value_or(0.0);
  } else if (node.is_string()) {
    out.value = node.value_or(std::string());
  }
  return out;
}

// toml++ keeps its tables sorted by key.
TomlTable table_of(const toml::table& table) {
  TomlTable entries;
  for (const auto& [key, node] : table) {
    entries.push_back({std::string(key.str()), value_of(node, static_cast<int>(key.source().begin.line))});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const TomlEntry& a, const TomlEntry& b) { return a.value.line < b.value.line; });
  return entries;
}

// A basic string on one line: toml++ writes text with line breaks on several.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      out += std::string("\\u00") + digits[static_cast<unsigned char>(c) >> 4U] +
             digits[static_cast<unsigned char>(c) & 0xFU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

template <typename Value>
std::string printed(const Value& value) {
  std::ostringstream out;
  out << toml::value<Value>(value);
  return out.str();
}

std::string list_text(const TomlArray& values) {
  std::string out;
  for (const TomlValue& value : values) {
    out += (out.empty() ? "" : ", ") + toml_text(value);
  }
  return "[" + out + "]";
}

std::string inline_table(const TomlTable& entries) {
  std::string out;
  for (const TomlEntry& entry : entries) {
    out += (out.empty() ? "" : ", ") + toml_key(entry.key) + " = " + toml_text(entry.value);
  }
  return "{" + out + "}";
}

}  // namespace

TomlTable read_toml(const fs::path& file, const std::string& syntax_id) {
  const std::string bytes = read_file(file, max_bytes);
  if (const std::size_t line = line_of_dots(bytes); line > 0) {
    throw usage_error(syntax_id,
                      file.string() + ", line " + std::to_string(line) + " has more than " + std::to_string(max_dots) +
                          " dots, which as a key would nest too deeply",
                      "break the line, or write fewer tables in tables");
  }
  try {
    return table_of(toml::parse(bytes, file.string()));
  } catch (const toml::parse_error& cause) {
    throw usage_error(
        syntax_id,
        file.string() + ", line " + std::to_string(cause.source().begin.line) + ": " + std::string(cause.description()),
        "correct the TOML there");
  }
}

std::string_view kind_of(const TomlValue& value) {
  constexpr std::array<std::string_view, 7> kinds = {"a date",   "true or false", "a whole number", "a number",
                                                     "a string", "a list",        "a table"};
  return kinds.at(value.value.index());
}

std::string toml_text(const TomlValue& value) {
  struct Writer {
    std::string operator()(std::monostate /*date*/) const { return "\"\""; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return printed(number); }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const TomlArray& values) const { return list_text(values); }
    std::string operator()(const TomlTable& entries) const { return inline_table(entries); }
  };
  return std::visit(Writer(), value.value);
}

std::string toml_key(const std::string& key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-');
  });
  return bare ? key : quoted(key);
}

}  // namespace sohoa
