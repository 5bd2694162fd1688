// SPDX-License-Identifier: Apache-2.0
#include "formats/xlsx_value.hpp"

#include "core/clock.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string_view>

namespace sohoa {
namespace {

constexpr double last_day = 2958466;  // 1 January 10000
constexpr int seconds_a_day = 86400;

std::string printed(double value, std::chars_format format, int precision) {
  std::array<char, 400> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string();
}

// Excel counts from 1 January 1900 as day 1 and believes that there was a 29 February 1900, day 60.
std::string date_text(int days, bool from_1904) {
  if (!from_1904 && days == 60) {
    return "1900-02-29";
  }
  const int since_1970 = from_1904 ? days - 24107 : days - (days < 60 ? 25568 : 25569);
  const std::string text = iso_utc(Time(std::chrono::days(since_1970)));
  return text.substr(0, text.find('T'));
}

std::string time_text(int seconds) { return iso_utc(Time(std::chrono::seconds(seconds))).substr(11, 8); }

std::string plain_text(double value, const NumberFormat& format) {
  std::string text;
  if (format.decimals >= 0) {
    text = printed(value, std::chars_format::fixed, format.decimals);
  } else if (std::floor(value) == value) {
    text = printed(value, std::chars_format::fixed, 0);
  } else {
    text = printed(value, std::chars_format::general, 15);
  }
  const std::size_t whole = std::min(text.find('.'), text.size());
  const auto wanted = static_cast<std::size_t>(format.whole_digits);
  return value >= 0 && whole < wanted ? std::string(wanted - whole, '0') + text : text;
}

// The first section of a format code without quoted texts, escapes, colours and conditions.
std::string bare(const std::string& code) {
  std::string out;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    if (code[at] == '"') {
      at = std::min(code.find('"', at + 1), code.size());
    } else if (code[at] == '\\' || code[at] == '_' || code[at] == '*') {
      ++at;
    } else if (code[at] == '[') {
      const std::size_t end = std::min(code.find(']', at), code.size());
      const std::string inner = code.substr(at + 1, end - at - 1);
      out += inner.find_first_not_of("hHmMsS") == std::string::npos ? inner : std::string();
      at = end;
    } else {
      out += code[at] >= 'A' && code[at] <= 'Z' ? static_cast<char>(code[at] - 'A' + 'a') : code[at];
    }
  }
  return out;
}

}  // namespace

NumberFormat builtin_format(int id) {
  const bool date =
      (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58;
  const bool time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56;
  if (date || time || id == 22) {
    return {date ? NumberFormat::Kind::date : time ? NumberFormat::Kind::time : NumberFormat::Kind::date_time};
  }
  return id == 2 || id == 4 ? NumberFormat{NumberFormat::Kind::number, 1, 2} : NumberFormat{};
}

NumberFormat custom_format(const std::string& code) {
  const std::string text = bare(code);
  if (text.find("general") != std::string::npos || text.find('@') != std::string::npos) {
    return {};
  }
  const bool day = text.find_first_of("yd") != std::string::npos;
  const bool hour = text.find_first_of("hs") != std::string::npos;
  if (day || hour || text.find('m') != std::string::npos) {
    return {day && hour ? NumberFormat::Kind::date_time : hour ? NumberFormat::Kind::time : NumberFormat::Kind::date};
  }
  const std::size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  const std::string rest = point == std::string::npos ? std::string() : text.substr(point + 1);
  const bool zeros = !whole.empty() && whole.find_first_not_of('0') == std::string::npos &&
                     rest.find_first_not_of('0') == std::string::npos;
  constexpr std::size_t most = 30;
  if (!zeros || whole.size() > most || rest.size() > most) {
    return {};
  }
  return {NumberFormat::Kind::number, static_cast<int>(whole.size()), static_cast<int>(rest.size())};
}

std::string number_text(const std::string& number, const NumberFormat& format, bool from_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value)) {
    return number;
  }
  if (format.kind == NumberFormat::Kind::number || value < 0 || value >= last_day) {
    return std::abs(value) < 1e21 ? plain_text(value, format) : number;
  }
  int days = static_cast<int>(std::floor(value));
  int seconds = static_cast<int>(std::lround((value - days) * seconds_a_day));
  days += seconds / seconds_a_day;
  seconds %= seconds_a_day;
  // A date with a time of day that the format hides is a date; a time of no day is a time.
  if (format.kind == NumberFormat::Kind::time || (days == 0 && format.kind == NumberFormat::Kind::date_time)) {
    return time_text(seconds);
  }
  const std::string date = date_text(days, from_1904);
  return format.kind == NumberFormat::Kind::date_time ? date + " " + time_text(seconds) : date;
}

}  // namespace sohoa
