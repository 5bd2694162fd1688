// SPDX-License-Identifier: Apache-2.0
#include "core/notation.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace sohoa {
namespace {

constexpr double guessed_abbreviation = 0.95;
constexpr double guessed_letter = 0.9;
constexpr std::size_t least_initials = 3;  // of an agency: fewer are near too many others

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

// The abbreviation of which a letter was read as the digit that looks like it: 5TC is STC.
std::string with_letters(std::string group, const ExtractRules& rules) {
  for (char& c : group) {
    c = c == '5' ? 'S' : c == '8' ? 'B' : c;
  }
  return is_abbreviation(group, rules) ? group : std::string();
}

// What the group is with one of its strokes replaced, if that is known.
template <typename Known>
std::string with_stroke_as(const char* instead, const std::string& group, const Known& is_known) {
  for (std::size_t at = 0; at < group.size(); ++at) {
    if (group[at] == 'I' || group[at] == 'l' || group[at] == '1') {
      std::string other = group;
      other.replace(at, 1, instead);
      if (is_known(other)) {
        return other;
      }
    }
  }
  return {};
}

// The kind of paper of which a T was read as a stroke: TIr is TTr.
std::string kind_with_t(const std::string& group, const ExtractRules& rules) {
  return with_stroke_as("T", group, [&](const std::string& other) { return rules.kinds.contains(other); });
}

// The abbreviation in which a stroke was seen twice: UBNID is UBND.
std::string less_a_stroke(const std::string& group, const ExtractRules& rules) {
  constexpr std::size_t shortest = 3;
  return with_stroke_as("", group, [&](const std::string& other) {
    return characters(other) >= shortest && is_abbreviation(other, rules);
  });
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
  if (is_abbreviation(read, rules)) {
    return read;
  }
  std::string stroked = read;
  replace_all(stroked, "Ð", "Đ");
  std::string once = stroked;
  replace_all(once, "ĐĐ", "Đ");
  for (const std::string& one : {stroked, once}) {
    if (is_abbreviation(one, rules)) {
      field.repair("d-stroke", 1);
      return one;
    }
  }
  std::vector<std::string> known = rules.abbreviations;
  std::transform(rules.kinds.begin(), rules.kinds.end(), std::back_inserter(known),
                 [](const auto& kind) { return kind.first; });
  for (const std::string& one : {kind_with_t(once, rules), with_letters(once, rules), less_a_stroke(once, rules),
                                 nearest_by_a_digit(once, known)}) {
    if (!one.empty()) {
      field.repair("abbreviation", guessed_letter);
      return one;
    }
  }
  std::vector<std::string> alike;
  std::copy_if(known.begin(), known.end(), std::back_inserter(alike),
               [&once](const std::string& entry) { return comparable(entry) == comparable(once); });
  if (alike.size() == 1) {
    field.repair("abbreviation", guessed_abbreviation);
    return alike.front();
  }
  if (stroked != read) {
    field.repair("d-stroke", 1);
  }
  if (std::string zero = with_zero(stroked); zero != stroked) {
    field.repair("digits", guessed_letter);
    return zero;
  }
  return stroked;
}

// The profile's synonym of the name's beginning, and the initials of its first words: UBND; BHXH, BHXHT, BHXHTA.
std::vector<std::string> abbreviations_of(const std::string& agency, const ExtractRules& rules) {
  std::vector<std::string> all;
  for (const auto& [name, abbreviation] : rules.synonyms) {
    if (comparable(agency).starts_with(comparable(name)) && !abbreviation.empty()) {
      all.push_back(abbreviation);
    }
  }
  std::string initials;
  for (const std::string& word : split_words(agency)) {
    const std::string first = split_characters(word).front();
    if (comparable(word) == "va" || !is_letter(first)) {
      continue;
    }
    initials += first == "Đ" ? first : without_marks(first);
    if (characters(initials) >= least_initials) {
      all.push_back(initials);
    }
  }
  return all;
}

// What the paper says elsewhere, if a notation's group of no known meaning differs from it in one letter.
std::optional<std::string> as_elsewhere(const std::string& group, bool first, const std::string& kind,
                                        const std::vector<std::string>& agency, const ExtractRules& rules) {
  if (is_abbreviation(group, rules) || std::find(agency.begin(), agency.end(), group) != agency.end()) {
    return std::nullopt;
  }
  if (first && kind != rules.letter && differ_in_one(comparable(group), comparable(kind))) {
    return kind;
  }
  const auto near = std::find_if(agency.begin(), agency.end(), [&group](const std::string& one) {
    return differ_in_one(comparable(group), comparable(one));
  });
  return near != agency.end() ? std::optional(*near) : std::nullopt;
}

}  // namespace

bool is_abbreviation(const std::string& group, const ExtractRules& rules) {
  return rules.kinds.contains(group) ||
         std::find(rules.abbreviations.begin(), rules.abbreviations.end(), group) != rules.abbreviations.end();
}

std::string notation_value(const std::string& read, const ExtractRules& rules, FieldValue& field) {
  std::string text = read;
  replace_all(text, " ", "");
  std::string out;
  std::string group;
  for (const char c : text + "-") {
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

void agree_notation(std::vector<FoundField>& found, const ExtractRules& rules) {
  const auto value = [&found](const char* field) {
    const auto one = first_of(found, field);
    return one == found.end() ? std::string() : one->value;
  };
  const std::string kind = value("document_kind");
  const std::vector<std::string> agency = abbreviations_of(value("agency"), rules);
  for (FoundField& one : found) {
    if (one.field != "symbol") {
      continue;
    }
    std::size_t begin = one.value.find_last_of('/') + 1;  // a year may stand between number and notation
    for (bool first = true; begin < one.value.size(); first = false) {
      const std::size_t end = std::min(one.value.find('-', begin), one.value.size());
      const std::string group = one.value.substr(begin, end - begin);
      if (const auto other = as_elsewhere(group, first, kind, agency, rules)) {
        one.value.replace(begin, group.size(), *other);
        one.confidence *= guessed_letter;
        one.repairs.emplace_back("abbreviation");
        begin += other->size() + 1;
      } else {
        begin = end + 1;
      }
    }
  }
}

}  // namespace sohoa
