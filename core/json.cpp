// SPDX-License-Identifier: Apache-2.0
#include "core/json.hpp"

#include "core/error.hpp"

#include <array>
#include <cmath>

namespace sohoa {
namespace {

constexpr std::size_t max_depth = 64;   // copying and printing a value recurse
constexpr std::size_t max_keys = 1000;  // an object keeps its keys in a row, so finding one is linear

// What is too much, or null. Told before the text is parsed: a parser that asks at each value takes twice as long.
const char* excess_of(std::string_view text) {
  std::array<std::size_t, max_depth + 1> keys{};
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      at += c == '\\' ? 1 : 0;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > max_depth) {
        return "is nested deeper than 64 levels";
      }
      keys.at(depth) = 0;
    } else if (c == '}' || c == ']') {
      depth -= depth > 0 ? 1 : 0;
    } else if (c == ':' && ++keys.at(depth) > max_keys) {
      return "has an object of more than 1000 keys";
    }
  }
  return nullptr;
}

}  // namespace

std::string to_line(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json parse_json(std::string_view text, std::string_view what) {
  const auto refuse = [what](const std::string& why) {
    return input_error("json-syntax", std::string(what) + " " + why, "give one JSON value a line, in UTF-8");
  };
  // The library takes a NUL for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    throw refuse("is not JSON: byte " + std::to_string(nul + 1) + " is NUL");
  }
  if (const char* why = excess_of(text); why != nullptr) {
    throw refuse(why);
  }
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& cause) {
    throw refuse("is not JSON: byte " + std::to_string(cause.byte) +
                 (cause.byte > text.size() ? " is missing" : " does not fit"));
  } catch (const Json::exception&) {
    throw refuse("has a number that is too large");
  }
}

double rounded(double value, double unit) { return std::round(value * unit) / unit; }

const Json& member_of(const Json& object, std::string_view key) {
  static const Json none;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

std::string string_of(const Json& object, std::string_view key) {
  if (!object.is_object()) {
    return {};
  }
  const auto found = object.find(std::string(key));
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace sohoa
