// SPDX-License-Identifier: Apache-2.0
#include "core/deputy_title.hpp"

#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace sohoa {
namespace {

constexpr const char* authority_field = "signer_authority";
constexpr const char* title_field = "signer_title";
constexpr double completed = 0.9;  // factor to the authority's confidence
constexpr double unread = 0.7;

// The title of who signs for the head, or nothing: `authority` ends with "KT. " and a head's title.
const std::string* deputy_of(const std::string& authority, const ExtractRules& rules) {
  const std::string letters = comparable(authority);
  for (const auto& [head, deputy] : rules.deputies) {
    if (letters.ends_with(comparable("KT " + head))) {
      return &deputy;
    }
  }
  return nullptr;
}

// Each of the words ends one of the title's: HÓ, TRƯỞNG.
bool is_left_of(const std::string& read, const std::string& title) {
  const std::vector<std::string> whole = split_words(title);
  const std::vector<std::string> words = split_words(read);
  return std::all_of(words.begin(), words.end(), [&whole](const std::string& word) {
    return std::any_of(whole.begin(), whole.end(),
                       [&word](const std::string& one) { return comparable(one).ends_with(comparable(word)); });
  });
}

// What stands behind a beginning that has the same letters; nothing where there is none.
std::optional<std::string> rest_behind(const std::string& beginning, const std::string& text) {
  const std::string letters = comparable(beginning);
  for (std::size_t end = text.find(' '); end != std::string::npos; end = text.find(' ', end + 1)) {
    if (comparable(text.substr(0, end)) == letters) {
      return text.substr(end);
    }
  }
  return std::nullopt;
}

// Of a title that has the head's, too, for "KT." was not read before it: GIÁM ĐỐC PHÓ GIÁM ĐỐC, CHỦ TỊCH TỊCH.
void part_from_head(std::vector<FoundField>& found, std::vector<FoundField>::iterator title,
                    const ExtractRules& rules) {
  for (const auto& [head, deputy] : rules.deputies) {
    if (const auto rest = rest_behind(head, title->value); rest && is_left_of(*rest, deputy)) {
      title->repairs.emplace_back("deputy");
      FoundField authority = *title;
      authority.field = authority_field;
      authority.value = "KT. " + head;
      title->value = deputy;
      found.insert(title, std::move(authority));
      return;
    }
  }
}

}  // namespace

void agree_deputy(std::vector<FoundField>& found, const ExtractRules& rules) {
  const auto authority = first_of(found, authority_field);
  const auto title = first_of(found, title_field);
  if (authority == found.end()) {
    if (title != found.end()) {
      part_from_head(found, title, rules);
    }
    return;
  }
  const std::string* deputy = deputy_of(authority->value, rules);
  if (deputy == nullptr) {
    return;
  }
  if (title == found.end()) {
    FoundField inferred = *authority;
    inferred.field = title_field;
    inferred.value = *deputy;
    inferred.read.clear();
    inferred.repairs = {"deputy"};
    inferred.confidence *= unread;
    found.insert(std::next(authority), std::move(inferred));  // in the order of names, still
  } else if (title->value != *deputy && is_left_of(title->value, *deputy)) {
    title->value = *deputy;
    title->repairs.emplace_back("deputy");
    title->confidence = std::max(title->confidence, completed * authority->confidence);
  }
}

}  // namespace sohoa
