// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_date.hpp"

#include <array>
#include <charconv>
#include <string>

namespace sohoa {
namespace {

// "YYYYMMDDHHmmSS" then Z or ±HHmm.
std::optional<Time> time_of_digits(std::string_view text) {
  std::array<int, 6> parts{0, 1, 1, 0, 0, 0};
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size() && at < text.size() && text[at] >= '0' && text[at] <= '9'; ++i) {
    const std::size_t size = i == 0 ? 4 : 2;
    const char* begin = text.data() + at;
    if (text.size() - at < size || std::from_chars(begin, begin + size, parts.at(i)).ptr != begin + size) {
      return {};
    }
    at += size;
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (at < 4 || !day.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) {
    return {};
  }
  int offset = 0;  // HHmm
  const char sign = at < text.size() ? text[at] : 'Z';
  if (sign == '+' || sign == '-') {
    const std::string digits = (std::string(text.substr(at + 1)) + "0000").substr(0, 4);
    std::from_chars(digits.data(), digits.data() + 4, offset);
  } else if (sign != 'Z') {
    return {};
  }
  const auto shift = std::chrono::minutes(offset / 100 * 60 + offset % 100);
  return std::chrono::sys_days(day) + std::chrono::hours(parts[3]) + std::chrono::minutes(parts[4]) +
         std::chrono::seconds(parts[5]) - (sign == '-' ? -shift : shift);
}

}  // namespace

std::optional<Time> time_of_pdf_date(std::string_view date) {
  std::string digits(date.starts_with("D:") ? date.substr(2) : date);
  std::erase(digits, '\'');
  return time_of_digits(digits);
}

std::optional<Time> time_of_xmp_date(std::string_view date) {
  std::string digits(date);
  if (const std::size_t fraction = digits.find('.'); fraction != std::string::npos) {
    digits.erase(fraction, std::min(digits.find_first_not_of("0123456789", fraction + 1), digits.size()) - fraction);
  }
  const std::size_t clock = digits.find('T');
  const std::size_t days = std::min(clock, digits.size());
  std::string plain = digits.substr(0, days);
  std::erase(plain, '-');
  std::string time = clock == std::string::npos ? "" : digits.substr(clock + 1);
  std::erase(time, ':');
  return time_of_digits(plain + time);
}

}  // namespace sohoa
