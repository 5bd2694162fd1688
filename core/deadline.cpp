// SPDX-License-Identifier: Apache-2.0
#include "core/deadline.hpp"

#include "core/error.hpp"

#include <ctime>
#include <regex>

namespace sohoa {
namespace {

constexpr auto longest_day = std::chrono::hours(25);  // the one on which summer time ends

int minutes_of(const std::string& text) {
  static const std::regex form("([01][0-9]|2[0-3]):([0-5][0-9])");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) {
    throw usage_error("until", "--until cannot be " + text, "give a time of the day as HH:MM, such as 06:00");
  }
  return std::stoi(parts[1]) * 60 + std::stoi(parts[2]);
}

}  // namespace

Deadline::Deadline(const std::string& text, Time now) : m_minutes(minutes_of(text)), m_due(next_after(now)) {}

Time Deadline::next_after(Time now) const {
  const std::time_t start = now.time_since_epoch().count();
  std::tm local{};
  ::localtime_r(&start, &local);
  for (int day = 0;; ++day) {
    std::tm then = local;
    then.tm_mday += day;
    then.tm_hour = m_minutes / 60;
    then.tm_min = m_minutes % 60;
    then.tm_sec = 0;
    then.tm_isdst = -1;
    if (const Time time{std::chrono::seconds(std::mktime(&then))}; time > now) {
      return time;
    }
  }
}

bool Deadline::passed(Time now) {
  if (m_due - now > longest_day) {
    m_due = next_after(now);
  }
  return now >= m_due;
}

}  // namespace sohoa
