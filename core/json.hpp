// SPDX-License-Identifier: Apache-2.0
// The one JSON type of the project. Keys keep their order, so that a record that passes
// through a step comes out as it went in, and equal documents serialize to equal bytes.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace sohoa {

using Json = nlohmann::ordered_json;

// One line of UTF-8 without a line break. Bytes that are not UTF-8 become U+FFFD.
std::string to_line(const Json& value);

// Throws Error(ExitStatus::input, "json-syntax") that names `what` when `text` is not one JSON value, is nested
// deeper than 64 levels or has an object of more than 1000 keys. Whole numbers keep 64 bits, others are doubles.
Json parse_json(std::string_view text, std::string_view what);

// A number as records hold it: rounded(x, 1000) has three decimals.
double rounded(double value, double unit);

// The member of that name; null when it is missing, or when that is no object.
const Json& member_of(const Json& object, std::string_view key);

// The member of that name as a string, or "" when it is missing or not a string.
std::string string_of(const Json& object, std::string_view key);

}  // namespace sohoa
