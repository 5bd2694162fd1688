// SPDX-License-Identifier: Apache-2.0
#include "core/name_pattern.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <unicode/regex.h>

namespace sohoa {
namespace {

constexpr std::int32_t time_limit = 200;  // ICU's unit: about a millisecond each

bool is_name(const std::string& text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string::npos;
}

}  // namespace

struct NamePattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

NamePattern::NamePattern(const std::string& pattern) : m_compiled(std::make_unique<Compiled>()) {
  if (pattern.empty()) {
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  m_compiled->pattern.reset(
      icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(to_nfc(pattern)), 0, place, status));
  if (U_FAILURE(status)) {
    throw usage_error(
        "pattern-syntax", "the pattern of names " + pattern + " is no regular expression: " + u_errorName(status),
        "correct it near character " + std::to_string(place.offset + 1) + "; names of parts are letters and digits");
  }
  for (std::size_t at = pattern.find("(?<"); at != std::string::npos; at = pattern.find("(?<", at + 3)) {
    const std::string name = pattern.substr(at + 3, pattern.find('>', at) - at - 3);
    if (is_name(name)) {
      m_names.push_back(name);
    }
  }
}

NamePattern::NamePattern(NamePattern&&) noexcept = default;
NamePattern& NamePattern::operator=(NamePattern&&) noexcept = default;
NamePattern::~NamePattern() = default;

std::map<std::string, std::string> NamePattern::match(const std::string& text) const {
  std::map<std::string, std::string> parts;
  if (m_compiled->pattern == nullptr) {
    return parts;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString name = icu::UnicodeString::fromUTF8(text);
  const std::unique_ptr<icu::RegexMatcher> matcher(m_compiled->pattern->matcher(name, status));
  if (U_FAILURE(status)) {
    return parts;
  }
  matcher->setTimeLimit(time_limit, status);
  if (!matcher->find(status) || U_FAILURE(status)) {
    return parts;
  }
  for (const std::string& part : m_names) {
    UErrorCode absent = U_ZERO_ERROR;
    const std::int32_t group = m_compiled->pattern->groupNumberFromName(part.c_str(), -1, absent);
    if (U_FAILURE(absent) || matcher->start(group, absent) < 0) {
      continue;
    }
    std::string value;
    matcher->group(group, absent).toUTF8String(value);
    parts[part] = trim(value);
  }
  return parts;
}

}  // namespace sohoa
