// SPDX-License-Identifier: Apache-2.0
#include "core/clock.hpp"

#include "core/error.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace sohoa {
namespace {

std::string digits(int number, std::size_t width = 2) {
  const std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// The parts with these marks between date parts, between date and time, and between time parts.
std::string print(Time time, const char* date_mark, const char* middle, const char* time_mark) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  return digits(static_cast<int>(date.year()), 4) + date_mark +
         digits(static_cast<int>(static_cast<unsigned>(date.month()))) + date_mark +
         digits(static_cast<int>(static_cast<unsigned>(date.day()))) + middle +
         digits(static_cast<int>(clock.hours().count())) + time_mark +
         digits(static_cast<int>(clock.minutes().count())) + time_mark +
         digits(static_cast<int>(clock.seconds().count()));
}

}  // namespace

Time wall_time() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Time artefact_time() {
  const char* value = std::getenv("SOURCE_DATE_EPOCH");
  if (value == nullptr || *value == '\0') {
    return wall_time();
  }
  const std::string_view text(value);
  long long seconds = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
    throw usage_error("source-date-epoch",
                      "SOURCE_DATE_EPOCH is \"" + std::string(text) + "\", not a number of seconds",
                      "set it to seconds since 1970, or unset it");
  }
  return Time(std::chrono::seconds(seconds));
}

std::string iso_utc(Time time) { return print(time, "-", "T", ":") + "Z"; }

std::string iso_local(Time time, int offset_minutes) {
  const int size = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  return print(time + std::chrono::minutes(offset_minutes), "-", "T", ":") + (offset_minutes < 0 ? "-" : "+") +
         digits(size / 60) + ":" + digits(size % 60);
}

std::string compact_utc(Time time) { return print(time, "", "T", "") + "Z"; }

std::string pdf_date(Time time) { return "D:" + print(time, "", "", "") + "Z"; }

}  // namespace sohoa
