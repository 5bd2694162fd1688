// SPDX-License-Identifier: Apache-2.0
#include "core/deputy_title.hpp"

#include "core/text_pattern.hpp"

#include <algorithm>
#include <sstream>
#include <string>

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
  std::istringstream words(read);
  for (std::string word; words >> word;) {
    std::istringstream whole(title);
    bool found = false;
    for (std::string one; !found && whole >> one;) {
      found = comparable(one).ends_with(comparable(word));
    }
    if (!found) {
      return false;
    }
  }
  return true;
}

// Of a title that has the head's, too, for "KT." was not read before it: GIÁM ĐỐC PHÓ GIÁM ĐỐC, CHỦ TỊCH TỊCH.
void part_from_head(std::vector<FoundField>& found, std::size_t at, const ExtractRules& rules) {
  for (const auto& [head, deputy] : rules.deputies) {
    const std::string letters = comparable(head);
    std::size_t end = found[at].value.find(' ');
    while (end != std::string::npos && comparable(found[at].value.substr(0, end)) != letters) {
      end = found[at].value.find(' ', end + 1);
    }
    if (end == std::string::npos || !is_left_of(found[at].value.substr(end), deputy)) {
      continue;
    }
    FoundField authority = found[at];
    authority.field = authority_field;
    authority.value = "KT. " + head;
    found[at].value = deputy;
    for (FoundField* one : {&authority, &found[at]}) {
      one->repairs.emplace_back("deputy");
    }
    found.insert(found.begin() + static_cast<std::ptrdiff_t>(at), std::move(authority));
    return;
  }
}

}  // namespace

void agree_deputy(std::vector<FoundField>& found, const ExtractRules& rules) {
  const auto one_of = [&found](const char* field) {
    return std::find_if(found.begin(), found.end(), [field](const FoundField& one) { return one.field == field; });
  };
  const auto authority = one_of(authority_field);
  const auto title = one_of(title_field);
  if (authority == found.end()) {
    if (title != found.end()) {
      part_from_head(found, static_cast<std::size_t>(title - found.begin()), rules);
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
