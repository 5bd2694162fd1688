// SPDX-License-Identifier: Apache-2.0
#include "core/field_value.hpp"

#include "core/clock.hpp"
#include "core/person_name.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <numeric>

namespace sohoa {
namespace {

constexpr double guessed_digits = 0.8;
constexpr double guessed_abbreviation = 0.95;
constexpr double guessed_letter = 0.9;
constexpr double guessed_slash = 0.9;
constexpr double unknown_kind = 0.9;
constexpr double unknown_province = 0.7;
constexpr double unknown_surname = 0.75;
constexpr double guessed_surname = 0.8;

void add_repair(FieldValue& field, const std::string& name, double certainty) {
  if (std::find(field.repairs.begin(), field.repairs.end(), name) == field.repairs.end()) {
    field.repairs.push_back(name);
    field.certainty *= certainty;
  }
}

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
      add_repair(field, "digits", guessed_digits);
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

// The one abbreviation that has a letter, or nothing, where the group has a digit: T1r is TTr, S5TC is STC.
std::string nearest_by_a_digit(const std::string& group, const std::vector<std::string>& known) {
  std::string found;
  for (std::size_t at = 0; at < group.size(); ++at) {
    if (group[at] < '0' || group[at] > '9') {
      continue;
    }
    const std::string before = group.substr(0, at);
    const std::string after = group.substr(at + 1);
    for (const std::string& entry : known) {
      const bool fits = entry.size() >= before.size() + after.size() && characters(entry) + 1 >= characters(group) &&
                        characters(entry) <= characters(group) && entry.compare(0, before.size(), before) == 0 &&
                        entry.compare(entry.size() - after.size(), after.size(), after) == 0;
      if (fits && entry != found) {
        if (!found.empty()) {
          return {};
        }
        found = entry;
      }
    }
  }
  return found;
}

// The kind of paper of which a T was read as a stroke: TIr is TTr.
std::string kind_with_t(const std::string& group, const ExtractRules& rules) {
  for (std::size_t at = 0; at < group.size(); ++at) {
    if (group[at] == 'I' || group[at] == 'l' || group[at] == '1') {
      std::string other = group;
      other[at] = 'T';
      if (rules.kinds.contains(other)) {
        return other;
      }
    }
  }
  return {};
}

// A letter O before a digit that ends the group: PVO1 is PV01.
std::string with_zero(std::string group) {
  const std::size_t at = group.find_last_not_of("0123456789");
  if (at != std::string::npos && at > 0 && at + 1 < group.size() && group[at] == 'O') {
    group[at] = '0';
  }
  return group;
}

// A group of a notation as the profile knows it. Recognizers read the letter Đ as eth, as D, or twice.
std::string notation_group(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  std::vector<std::string> known = rules.abbreviations;
  for (const auto& [abbreviation, heading] : rules.kinds) {
    known.push_back(abbreviation);
  }
  const auto is_known = [&known](const std::string& text) {
    return std::find(known.begin(), known.end(), text) != known.end();
  };
  if (is_known(read)) {
    return read;
  }
  std::string stroked = read;
  replace_all(stroked, "Ð", "Đ");
  std::string once = stroked;
  replace_all(once, "ĐĐ", "Đ");
  if (is_known(stroked) || is_known(once)) {
    add_repair(field, "d-stroke", 1);
    return is_known(stroked) ? stroked : once;
  }
  for (const std::string& one : {kind_with_t(once, rules), nearest_by_a_digit(once, known)}) {
    if (!one.empty()) {
      add_repair(field, "abbreviation", guessed_letter);
      return one;
    }
  }
  std::vector<std::string> alike;
  std::copy_if(known.begin(), known.end(), std::back_inserter(alike),
               [&once](const std::string& entry) { return comparable(entry) == comparable(once); });
  if (alike.size() == 1) {
    add_repair(field, "abbreviation", guessed_abbreviation);
    return alike.front();
  }
  if (stroked != read) {
    add_repair(field, "d-stroke", 1);
  }
  if (std::string zero = with_zero(stroked); zero != stroked) {
    add_repair(field, "digits", guessed_letter);
    return zero;
  }
  return stroked;
}

std::size_t end_of_digits(const std::string& text) {
  const std::size_t end = text.find_first_not_of("0123456789 ");
  return end == std::string::npos ? text.size() : end;
}

std::string notation(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  std::string out;
  std::string group;
  for (const char c : without_blanks(read) + "-") {
    if (c != '-' && c != '/') {
      group += c;
      continue;
    }
    out += notation_group(group, rules, field) + c;
    group.clear();
  }
  out.pop_back();
  return out;
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
  std::string group = notation_group(without_blanks(read), rules, field);
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
      add_repair(field, "digits", guessed_digits);
    }
  }
  return text;
}

// As many letters, and one of them another; not the first, by which names are told apart.
bool differ_in_one(const std::string& a, const std::string& b) {
  return a.size() > 1 && a.size() == b.size() && a.front() == b.front() &&
         std::inner_product(a.begin(), a.end(), b.begin(), 0, std::plus<>(),
                            [](char x, char y) { return x == y ? 0 : 1; }) == 1;
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
    add_repair(field, "marks", guessed_surname);
    return alike.front();
  }
  std::vector<std::string> near;
  std::copy_if(known.begin(), known.end(), std::back_inserter(near),
               [&read](const std::string& entry) { return differ_in_one(comparable(entry), comparable(read)); });
  field.certainty *= unknown_surname;
  if (near.size() != 1 || std::find(known.begin(), end, near.front()) == end) {
    return read;
  }
  add_repair(field, "surname", guessed_surname);
  return near.front();
}

std::string name(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  const std::size_t end = std::min(read.find(' '), read.size());
  return surname(read.substr(0, end), rules, field) + trim(read).substr(end);
}

}  // namespace

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
    std::string right = notation(first.substr(slash == std::string::npos ? end : slash + 1), rules, field);
    const std::string named = right.substr(right.find('/') == std::string::npos ? 0 : right.find('/') + 1);  // no year
    const std::string kind = named.substr(0, named.find('-'));
    if (std::none_of(kind.begin(), kind.end(), is_digit) && characters(kind) <= 2 && !rules.kinds.contains(kind) &&
        std::find(rules.abbreviations.begin(), rules.abbreviations.end(), kind) == rules.abbreviations.end()) {
      field.certainty *= unknown_kind;
    }
    if (slash == std::string::npos) {  // only before a known kind of paper
      add_repair(field, "slash", guessed_slash);
      right = rules.kinds.contains(right.substr(0, right.find('-'))) ? right : std::string();
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
