// SPDX-License-Identifier: Apache-2.0
#include "core/separator_sheet.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace sohoa {
namespace {

constexpr std::string_view prefix = "sohoa:1:";
constexpr std::size_t max_text = 7089;  // a QR code holds no more characters (ISO/IEC 18004, 7.4.1)
constexpr std::size_t max_value = 300;

bool is_printable(const std::string& value) {
  return std::none_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool fits(std::string_view key, const std::string& value) {
  if (value.empty() || value.size() > max_value || !is_printable(value)) {
    return false;
  }
  const bool digits = std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return key != "ordinal" || (digits && value.size() <= 6 && value.find_first_not_of('0') != std::string::npos);
}

}  // namespace

std::string sheet_text(const SheetValues& values) {
  std::string text(prefix);
  for (const std::string_view key : sheet_keys) {
    if (const auto value = values.find(key); value != values.end() && !value->second.empty()) {
      text +=
          (text.size() > prefix.size() ? ";" : "") + std::string(key) + "=" + percent_encoded(value->second, "-._~/:");
    }
  }
  return text;
}

std::optional<SheetValues> sheet_values(std::string_view text) {
  if (!text.starts_with(prefix) || text.size() > max_text) {
    return std::nullopt;
  }
  SheetValues values;
  std::string_view rest = text.substr(prefix.size());
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    const std::string_view key = part.substr(0, equals);
    if (equals == std::string_view::npos || std::find(sheet_keys.begin(), sheet_keys.end(), key) == sheet_keys.end()) {
      continue;
    }
    const std::string raw = trim(percent_decoded(part.substr(equals + 1)));
    if (const std::string value = is_utf8(raw) ? to_nfc(raw) : std::string(); fits(key, value)) {
      values.emplace(key, value);
    }
  }
  return values;
}

SheetForms::SheetForms(const Profile& profile) {
  for (const std::string& pattern : profile.separators.patterns) {
    m_patterns.emplace_back(pattern, "separators.patterns");
  }
}

std::optional<SheetValues> SheetForms::values_of(const std::string& text) const {
  if (const auto values = sheet_values(text)) {
    return values;
  }
  for (const TextPattern& pattern : m_patterns) {
    for (const TextMatch& match : pattern.find_all(text)) {
      if (match[0].begin != 0 || match[0].end != text.size()) {
        continue;
      }
      SheetValues values;
      if (match.size() > 1 && match[1].found) {
        if (const std::string code = trim(match[1].of(text)); fits("dossier", code)) {
          values.emplace("dossier", code);
        }
      }
      return values;
    }
  }
  return std::nullopt;
}

}  // namespace sohoa
