// SPDX-License-Identifier: Apache-2.0
#include "core/citizen_card.hpp"

#include "core/field_value.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace sohoa {
namespace {

constexpr std::size_t fields_at_least = 7;
constexpr std::size_t max_text = 1000;

bool is_digits(std::string_view text, std::size_t count) { return text.size() == count && all_digits(text); }

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t bar = text.find('|');
    fields.push_back(to_nfc(trim(std::string(text.substr(0, bar)))));
    if (bar == std::string_view::npos) {
      return fields;
    }
    text.remove_prefix(bar + 1);
  }
}

// ddMMyyyy becomes YYYY-MM-DD.
std::string iso_date(const std::string& text) {
  if (!is_digits(text, 8)) {
    return {};
  }
  const std::chrono::year_month_day date(std::chrono::year(std::stoi(text.substr(4, 4))),
                                         std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(2, 2)))),
                                         std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(0, 2)))));
  return date.ok() ? text.substr(4, 4) + "-" + text.substr(2, 2) + "-" + text.substr(0, 2) : std::string();
}

bool number_agrees(const std::string& number, const std::string& birth_date, const std::string& sex) {
  const bool sex_agrees = sex.empty() || (is_woman(number) ? sex != "Nam" : sex != "Nữ");
  return birth_year(number) == std::stoi(birth_date.substr(0, 4)) && sex_agrees;
}

}  // namespace

std::optional<CitizenCard> citizen_card(std::string_view text) {
  if (text.size() > max_text || !is_utf8(std::string(text))) {
    return std::nullopt;
  }
  const std::vector<std::string> fields = split(text);
  if (fields.size() < fields_at_least || !is_digits(fields[0], 12) || !(fields[1].empty() || is_digits(fields[1], 9)) ||
      fields[2].empty()) {
    return std::nullopt;
  }
  CitizenCard card{fields[0], fields[1], fields[2], iso_date(fields[3]), fields[4], fields[5], iso_date(fields[6])};
  if (card.birth_date.empty() || !number_agrees(card.number, card.birth_date, card.sex)) {
    return std::nullopt;
  }
  return card;
}

}  // namespace sohoa
