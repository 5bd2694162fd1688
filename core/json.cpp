// SPDX-License-Identifier: Apache-2.0
#include "core/json.hpp"

#include "core/error.hpp"

#include <array>
#include <cmath>

namespace sohoa {
namespace {

constexpr std::size_t max_depth = 64;   // copying and printing a value recurse
constexpr std::size_t max_keys = 1000;  // an object keeps its keys in a row, so finding one is linear

// Called by the parser; says what is too much, or nothing.
class Bounds {
 public:
  const char* exceeded_by(int depth, Json::parse_event_t event) {
    const bool opens = event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    const auto level = static_cast<std::size_t>(depth) + (opens ? 1U : 0U);
    if (level > max_depth) {
      return "is nested deeper than 64 levels";
    }
    if (opens) {
      m_keys.at(level) = 0;
    }
    if (event == Json::parse_event_t::key && ++m_keys.at(level) > max_keys) {
      return "has an object of more than 1000 keys";
    }
    return nullptr;
  }

 private:
  std::array<std::size_t, max_depth + 1> m_keys{};
};

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
  Bounds bounds;
  try {
    return Json::parse(text, [&](int depth, Json::parse_event_t event, const Json&) {
      if (const char* why = bounds.exceeded_by(depth, event); why != nullptr) {
        throw refuse(why);
      }
      return true;
    });
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
