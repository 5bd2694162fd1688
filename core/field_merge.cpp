// SPDX-License-Identifier: Apache-2.0
#include "core/field_merge.hpp"

#include "core/ocr_text.hpp"
#include "core/reconciliation.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <set>

namespace sohoa {
namespace {

constexpr double alike = 0.85;            // part of the letters that must agree in prose
constexpr std::size_t prose_length = 12;  // bytes; shorter texts must be equal
constexpr std::size_t max_compared = 2000;
constexpr std::size_t max_candidates = 20;

Json place_of(const FoundField& found) {
  return Json{{"value", found.value},
              {"confidence", rounded(found.confidence, 1000)},
              {"page", found.page},
              {"box", to_json(found.box)}};
}

double likeness(const std::string& a, const std::string& b) {
  return 1 -
         static_cast<double>(edit_distance(a, b)) / static_cast<double>(std::max({a.size(), b.size(), std::size_t{1}}));
}

std::string meaning_of(const std::string& text, const ExtractRules& rules) {
  std::string out =
      comparable(text.substr(text.find_first_not_of('0') == std::string::npos ? 0 : text.find_first_not_of('0')));
  for (const auto& [word, same] : rules.synonyms) {
    const std::string from = comparable(word);
    if (!from.empty() && out.compare(0, from.size(), from) == 0) {
      out.replace(0, from.size(), comparable(same));
    }
  }
  return out.substr(0, max_compared);
}

void warn_once(Document& document, const Problem& problem) {
  const Json told = to_json(problem);
  const Json problems = document.record().value("problems", Json::array());
  if (!problems.is_array() || std::find(problems.begin(), problems.end(), told) == problems.end()) {
    document.add_problem(problem);
  }
}

Problem too_long(const std::string& field, const std::string& value, std::size_t most,
                 std::optional<std::size_t> page) {
  return {Severity::warning, "field-too-long",
          field + " has " + std::to_string(characters(value)) + " letters, more than the " + std::to_string(most) +
              " of the profile: " + value,
          page ? "look at the page and give the value in the register" : "shorten it in the register", page};
}

// The value that somebody gave, which reading must not touch, and whether it came from the register.
struct Given {
  std::string value;
  bool by_register = false;
};

Given given(const Document& document, const std::string& name) {
  const Json fields = document.record().value("fields", Json::object());
  const auto field = fields.is_object() ? fields.find(name) : fields.end();
  if (field != fields.end()) {
    return {string_of(*field, "value"), string_of(*field, "origin") == "register"};
  }
  const Json dossier = document.record().value("dossier", Json::object());
  return name == "dossier" ? Given{string_of(dossier, "code"), true} : Given{};
}

// What the register or another step gave is kept, whatever its length.
void hold_to_lengths(Document& document, const Profile& profile) {
  for (const auto& [name, rule] : profile.fields) {
    const std::string value = given(document, name).value;
    if (rule.max_length > 0 && characters(value) > rule.max_length) {
      warn_once(document, too_long(name, value, rule.max_length, std::nullopt));
    }
  }
}

void forget_readings(Document& document) {
  const auto fields = document.record().find("fields");
  if (fields == document.record().end() || !fields->is_object()) {
    return;
  }
  Json kept = Json::object();
  for (const auto& [name, field] : fields->items()) {
    if (string_of(field, "origin") != "ocr") {
      kept[name] = field;
    }
  }
  *fields = std::move(kept);
}

}  // namespace

void tell_difference(Document& document, const std::string& field, const std::string& known, const std::string& found,
                     const std::string& who, std::optional<std::size_t> page) {
  add_finding(document, {"field-differs", field, known, found});
  warn_once(document, {Severity::warning, "field-differs",
                       "the register says " + field + " is " + known + ", " + who + " says " + found,
                       "look at the page and correct the register, or leave it: its value was used", page});
}

bool contradicts(const std::string& known, const std::string& read, double confidence, bool prose,
                 const ExtractRules& rules) {
  const auto number = [](const std::string& symbol) {
    return symbol.substr(0, std::min(symbol.find('/'), symbol.size()));
  };
  const bool same_number = read.find('/') != std::string::npos && known.find('/') != std::string::npos &&
                           all_digits(number(read)) && number(read) == number(known);
  return confidence >= (same_number ? supported_confidence : rules.min_confidence) &&
         !same_value(known, read, prose, rules);
}

bool same_value(const std::string& a, const std::string& b, bool prose, const ExtractRules& rules) {
  const std::string x = meaning_of(a, rules);
  const std::string y = meaning_of(b, rules);
  return x == y || (prose && std::min(x.size(), y.size()) >= prose_length && likeness(x, y) >= alike);
}

void merge_fields(Document& document, const std::vector<FoundField>& found, const Profile& profile) {
  forget_readings(document);
  hold_to_lengths(document, profile);
  std::set<std::string> closed;  // fields that somebody gave
  std::string current;
  for (const FoundField& one : found) {
    const auto rule = profile.fields.find(one.field);
    if (rule != profile.fields.end() && rule->second.max_length > 0 &&
        characters(one.value) > rule->second.max_length) {
      if (given(document, one.field).value.empty()) {
        warn_once(document, too_long(one.field, one.value, rule->second.max_length, one.page));
      }
      continue;
    }
    if (one.field == current) {
      if (Json& field = document.record()["fields"][one.field]; closed.count(one.field) == 0) {
        Json& candidates = field["candidates"];
        if (candidates.size() < max_candidates) {
          candidates.push_back(place_of(one));
        }
      }
      continue;
    }
    current = one.field;
    if (const Given known = given(document, one.field); !known.value.empty()) {
      closed.insert(one.field);
      if (known.by_register && contradicts(known.value, one.value, one.confidence, one.prose, profile.extract)) {
        tell_difference(document, one.field, known.value, one.value, "the page", one.page);
      }
      continue;
    }
    document.set_field(one.field, one.value, 0, "ocr");
    Json& field = document.record()["fields"][one.field];
    field.update(place_of(one));
    if (one.read != one.value) {
      field["read"] = one.read;
    }
    if (!one.repairs.empty()) {
      field["normalized"] = one.repairs;
    }
  }
}

}  // namespace sohoa
