// SPDX-License-Identifier: Apache-2.0
#include "core/field_value.hpp"

#include "core/clock.hpp"
#include "core/notation.hpp"
#include "core/person_name.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace sohoa {
namespace {

constexpr double guessed_digits = 0.8;
constexpr double guessed_slash = 0.9;
constexpr double unknown_kind = 0.9;
constexpr double unknown_province = 0.7;
constexpr double unknown_surname = 0.75;
constexpr double guessed_surname = 0.8;

std::string without_blanks(std::string text) {
  replace_all(text, " ", "");
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters that look like digits, where only digits can be.
std::string digits(const std::string& read, FieldValue& field) {
  std::string text;
  for (const char c : without_blanks(read)) {
    const bool zero = c == 'O' || c == 'o' || c == 'Q' || c == 'D';
    const bool one = c == 'I' || c == 'l' || c == 'i' || c == '|';
    text += zero ? '0' : one ? '1' : c;
    if (zero || one) {
      field.repair("digits", guessed_digits);
    }
  }
  return text;
}

std::string number(const std::string& read, FieldValue& field) {
  const std::size_t body = read.find_last_of("0123456789OoIl|") + 1;
  const std::string value = digits(read.substr(0, body), field);
  const std::string suffix = trim(read.substr(body));
  return all_digits(value) && suffix.size() <= 2 ? value + suffix : std::string();
}

std::size_t end_of_digits(const std::string& text) {
  const std::size_t end = text.find_first_not_of("0123456789 ");
  return end == std::string::npos ? text.size() : end;
}

std::string kind(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  for (const auto& [abbreviation, heading] : rules.kinds) {
    if (comparable(heading) == comparable(read)) {
      return abbreviation;
    }
  }
  if (comparable(read) == "vv") {  // only an official letter's subject begins so
    return rules.letter;
  }
  std::string group = notation_value(read, rules, field);
  if (rules.kinds.contains(group)) {
    return group;
  }
  const std::vector<std::string>& agencies = rules.abbreviations;
  return std::find(agencies.begin(), agencies.end(), group) != agencies.end() ? rules.letter : std::string();
}

std::string date(const std::vector<std::string>& parts, FieldValue& field) {
  std::array<int, 3> day_month_year{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string text = i < parts.size() ? digits(parts[i], field) : std::string();
    if (!all_digits(text) || text.size() > 4) {
      return {};
    }
    day_month_year[i] = std::stoi(text);
  }
  const auto [day, month, year] = day_month_year;
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 ||
      day > days.at(static_cast<std::size_t>(month) - 1) + (month == 2 && leap ? 1 : 0)) {
    return {};
  }
  field.repairs.emplace_back("date");
  std::array<char, 40> iso{};
  std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02d", year, month, day);
  return iso.data();
}

std::string person(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  std::string text = digits(read, field);
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
  if (!all_digits(text) || text.size() != 12 || text.substr(0, 3) == "000") {
    return {};
  }
  if (const auto& known = rules.provinces;
      !known.empty() && std::find(known.begin(), known.end(), text.substr(0, 3)) == known.end()) {
    field.certainty *= unknown_province;
  }
  const int now = std::stoi(iso_utc(artefact_time()).substr(0, 4));
  return birth_year(text) <= now ? text : std::string();
}

std::string old_person(const std::string& read, FieldValue& field) {
  std::string text = digits(read, field);
  text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
  return all_digits(text) && text.size() == 9 ? text : std::string();
}

// Groups of digits joined by dots and hyphens; a letter stands only at the beginning of a group of three.
std::string code(const std::string& read, FieldValue& field) {
  static const std::map<char, char> alike{{'O', '0'}, {'o', '0'}, {'I', '1'}, {'l', '1'},
                                          {'|', '1'}, {'S', '5'}, {'G', '6'}, {'B', '8'}};
  std::string text = without_blanks(read);
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '.' || text[at] == '-') {
      begin = at + 1;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(".-", at), text.size());
    const bool level = at == begin && end - begin == 3 && text[at] >= 'A' && text[at] <= 'Z' &&
                       (is_digit(text[at + 1]) || is_digit(text[at + 2]));
    if (const auto digit = alike.find(text[at]); !level && digit != alike.end()) {
      text[at] = digit->second;
      field.repair("digits", guessed_digits);
    }
  }
  return text;
}

// In one letter that is not the first, by which names are told apart.
bool is_near_surname(const std::string& a, const std::string& b) {
  return a.size() > 1 && a.front() == b.front() && differ_in_one(a, b);
}

// The one common surname of the profile that differs in its marks only: Đăng is Đặng; or, less sure, the one surname
// that differs in one letter, if it is common: Hoàrg.
std::string surname(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  const auto& known = rules.surnames;
  if (known.empty() || std::find(known.begin(), known.end(), read) != known.end()) {
    return read;
  }
  const auto end = known.begin() + static_cast<std::ptrdiff_t>(std::min(known.size(), common_surnames));
  std::vector<std::string> alike;
  std::copy_if(known.begin(), end, std::back_inserter(alike),
               [&read](const std::string& entry) { return comparable(entry) == comparable(read); });
  if (alike.size() == 1) {
    field.repair("marks", guessed_surname);
    return alike.front();
  }
  std::vector<std::string> near;
  std::copy_if(known.begin(), known.end(), std::back_inserter(near),
               [&read](const std::string& entry) { return is_near_surname(comparable(entry), comparable(read)); });
  field.certainty *= unknown_surname;
  if (near.size() != 1 || std::find(known.begin(), end, near.front()) == end) {
    return read;
  }
  field.repair("surname", guessed_surname);
  return near.front();
}

std::string name(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  const std::size_t end = std::min(read.find(' '), read.size());
  return surname(read.substr(0, end), rules, field) + trim(read).substr(end);
}

}  // namespace

void FieldValue::repair(const std::string& name, double factor) {
  if (std::find(repairs.begin(), repairs.end(), name) == repairs.end()) {
    repairs.push_back(name);
    certainty *= factor;
  }
}

int birth_year(const std::string& number) {
  return 1900 + 100 * ((number.at(3) - '0') / 2) + std::stoi(number.substr(4, 2));
}

bool is_woman(const std::string& number) { return (number.at(3) - '0') % 2 == 1; }

std::optional<FieldValue> field_value(const std::string& how, const std::vector<std::string>& parts,
                                      const ExtractRules& rules) {
  FieldValue field;
  const std::string& first = parts.at(0);
  if (how == "number") {
    field.value = number(first, field);
  } else if (how == "symbol") {
    const std::size_t slash = first.find('/');
    const std::size_t end = slash == std::string::npos ? end_of_digits(first) : slash;
    const std::string left = number(first.substr(0, end), field);
    const std::size_t rest = slash == std::string::npos ? first.find_first_not_of(".,", end) : slash + 1;
    std::string right = notation_value(first.substr(std::min(rest, first.size())), rules, field);
    const std::string named = right.substr(right.find('/') == std::string::npos ? 0 : right.find('/') + 1);  // no year
    const std::string kind = named.substr(0, named.find('-'));
    const bool known = is_abbreviation(kind, rules);
    if (!known && std::none_of(kind.begin(), kind.end(), is_digit) && characters(kind) <= 2) {
      field.certainty *= unknown_kind;
    }
    if (slash ==
        std::string::npos) {  // a slash was lost, or read as a point: only before what surely begins a notation
      field.repair("slash", guessed_slash);
      right = known ? right : std::string();
    }
    field.value = left.empty() || right.empty() ? std::string() : left + "/" + right;
  } else if (how == "kind") {
    field.value = kind(first, rules, field);
  } else if (how == "date") {
    field.value = date(parts, field);
  } else if (how == "person") {
    field.value = person(first, rules, field);
  } else if (how == "old-person") {
    field.value = old_person(first, field);
  } else if (how == "code") {
    field.value = code(first, field);
  } else if (how == "name") {
    field.value = name(first, rules, field);
  } else {
    for (const std::string& part : parts) {
      field.value += (field.value.empty() ? "" : " ") + trim(part);
    }
  }
  return field.value.empty() ? std::nullopt : std::optional<FieldValue>(std::move(field));
}

}  // namespace sohoa
