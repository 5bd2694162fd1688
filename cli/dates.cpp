// SPDX-License-Identifier: Apache-2.0
#include "cli/dates.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace sohoa {
namespace {

bool digits(const std::string& text, std::size_t at, std::size_t count) {
  return text.size() >= at + count && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                  text.begin() + static_cast<std::ptrdiff_t>(at + count),
                                                  [](char c) { return c >= '0' && c <= '9'; });
}

// The beginning of an ISO date.
std::string date_of(const std::string& text) {
  if (text.size() == 10 && digits(text, 0, 2) && text[2] == '/' && digits(text, 3, 2) && text[5] == '/' &&
      digits(text, 6, 4)) {
    return text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2);
  }
  const bool year = digits(text, 0, 4);
  const bool month = year && text.size() >= 7 && text[4] == '-' && digits(text, 5, 2);
  const bool day = month && text.size() == 10 && text[7] == '-' && digits(text, 8, 2);
  if (!(year && text.size() == 4) && !(month && text.size() == 7) && !day) {
    throw usage_error("date", "\"" + text + "\" is no date", "write it as 2024-03-05, 05/03/2024, 2024-03 or 2024");
  }
  return text;
}

}  // namespace

std::string first_day(const std::string& date) {
  return date.empty() ? date : date_of(date) + std::string("-01-01").substr((date_of(date).size() - 4), 6);
}

std::string last_day(const std::string& date) {
  const std::string begun = date.empty() ? date : date_of(date);
  if (begun.size() == 4) {
    return begun + "-12-31";
  }
  if (begun.size() != 7) {
    return begun;
  }
  const std::chrono::year year(std::stoi(begun.substr(0, 4)));
  const std::chrono::month month(static_cast<unsigned>(std::stoi(begun.substr(5))));
  const unsigned last =
      month.ok() ? static_cast<unsigned>(std::chrono::year_month_day_last(year / month / std::chrono::last).day()) : 31;
  return begun + "-" + std::to_string(last);
}

}  // namespace sohoa
