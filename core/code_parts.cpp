// SPDX-License-Identifier: Apache-2.0
#include "core/code_parts.hpp"

#include "core/template.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/regex.h>

namespace sohoa {
namespace {

constexpr std::int32_t time_limit = 200;  // ICU's unit: about a millisecond each

CodeForm form_of(const Profile& profile, const std::string& name) {
  const Profile::Code& code = profile.code;
  CodeForm form{name, code.code_template, "{type}", "{symbol}", code.required, code.type_pattern};
  const auto kind = code.kinds.find(name);
  if (kind == code.kinds.end()) {
    return form;
  }
  const auto take = [](const auto& own, auto& target) { target = own.empty() ? target : own; };
  take(kind->second.code_template, form.code_template);
  take(kind->second.type, form.type);
  take(kind->second.symbol, form.symbol);
  take(kind->second.required, form.required);
  take(kind->second.type_pattern, form.type_pattern);
  return form;
}

std::string quoted(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += std::string_view("\\^$.|?*+()[]{}-&#~").find(c) == std::string_view::npos ? "" : "\\";
    out += c;
  }
  return out;
}

// What stands for a part in the pattern of a form; a part that is always the same stands for itself.
std::string pattern_of(const std::string& name, const CodeForm& form, const Profile& profile) {
  const bool fixed_type = name == "type" && form.type.find('{') == std::string::npos;
  const bool fixed_symbol = name == "symbol" && form.symbol.find('{') == std::string::npos;
  if (fixed_type || fixed_symbol) {
    return quoted(fixed_type ? form.type : form.symbol);
  }
  return name == "owner" ? profile.code.owner_pattern : name == "type" ? form.type_pattern : ".+";
}

bool is_unsafe(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || std::string_view("/\\:*?\"<>|~").find(c) != std::string_view::npos;
}

}  // namespace

struct CodeReader::Compiled {
  std::string kind;
  std::unique_ptr<icu::RegexPattern> pattern;
  std::vector<std::string> groups;
};

std::optional<CodeForm> code_form(const Profile& profile, const std::string& kind) {
  if (kind.empty()) {
    return form_of(profile, "result");
  }
  const std::string wanted = comparable(kind);
  for (const auto& [name, rules] : profile.code.kinds) {
    const bool named = std::any_of(rules.names.begin(), rules.names.end(),
                                   [&](const std::string& other) { return comparable(other) == wanted; });
    if (named || comparable(name) == wanted) {
      return form_of(profile, name);
    }
  }
  return profile.code.kinds.empty() || wanted == "result" ? std::optional(form_of(profile, "result")) : std::nullopt;
}

std::vector<CodeForm> code_forms(const Profile& profile) {
  std::vector<CodeForm> forms{form_of(profile, "result")};
  for (const auto& [name, rules] : profile.code.kinds) {
    if (name != "result") {
      forms.push_back(form_of(profile, name));
    }
  }
  std::map<std::string, std::string> none{{"dossier", ""}, {"kind", ""}, {"seq", ""}};
  for (const char* name : code_fields) {
    none[name] = "";
  }
  for (const CodeForm& form : forms) {
    for (const std::string* text : {&form.code_template, &form.type, &form.symbol}) {
      static_cast<void>(expand_template(*text, none));
    }
    if (form.code_template.find("{seq") == std::string::npos) {
      throw usage_error("code-template", "the template " + form.code_template + " has no number, {seq}",
                        "add it, or two papers get one code");
    }
  }
  return forms;
}

CodeReader::CodeReader(const Profile& profile) {
  std::vector<CodeForm> forms = code_forms(profile);
  std::stable_partition(forms.begin(), forms.end(),
                        [](const CodeForm& form) { return form.symbol.find('{') == std::string::npos; });
  for (const CodeForm& form : forms) {
    auto compiled = std::make_unique<Compiled>();
    compiled->kind = form.kind;
    const std::string& text = form.code_template;
    std::string pattern;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t open = std::min(text.find('{', at), text.size());
      pattern += quoted(text.substr(at, open - at));
      const std::size_t close = std::min(text.find('}', open), text.size());
      if (open < text.size()) {
        const std::string inner = text.substr(open + 1, close - open - 1);
        const std::string name = inner.substr(0, inner.find(':'));
        const bool padded = inner.find(":0") != std::string::npos && inner.size() == name.size() + 3;
        const std::string least = padded ? inner.substr(name.size() + 2) : "1";
        pattern += name == "seq" ? "(?<seq>\\d{" + (least <= "6" ? least : "6") + ",6})"
                                 : "(" + pattern_of(name, form, profile) + ")";
        compiled->groups.push_back(name);
      }
      at = close + 1;
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    compiled->pattern.reset(
        icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(to_nfc(pattern)), 0, place, status));
    if (U_FAILURE(status)) {
      throw usage_error("pattern-syntax", "the codes of kind " + form.kind + " make no regular expression: " + pattern,
                        "correct [code] owner_pattern and type_pattern; a group is (?:…)");
    }
    m_forms.push_back(std::move(compiled));
  }
}

CodeReader::CodeReader(CodeReader&&) noexcept = default;
CodeReader& CodeReader::operator=(CodeReader&&) noexcept = default;
CodeReader::~CodeReader() = default;

std::optional<CodeParts> CodeReader::read(const std::string& code) const {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(to_nfc(code));
  for (const auto& form : m_forms) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(form->pattern->matcher(text, status));
    if (U_FAILURE(status)) {
      continue;
    }
    matcher->setTimeLimit(time_limit, status);
    if (!matcher->matches(status) || U_FAILURE(status)) {
      continue;
    }
    CodeParts parts;
    parts.kind = form->kind;
    for (std::size_t group = 0; group < form->groups.size(); ++group) {
      std::string value;
      matcher->group(static_cast<std::int32_t>(group) + 1, status).toUTF8String(value);
      const std::string& name = form->groups[group];
      if (name == "seq") {
        parts.sequence = std::stoi(value);
        text.tempSubString(0, matcher->start(static_cast<std::int32_t>(group) + 1, status)).toUTF8String(parts.prefix);
      } else if (name == "owner" || name == "type" || name == "symbol") {
        (name == "owner" ? parts.owner : name == "type" ? parts.type : parts.symbol) = value;
      }
    }
    if (U_SUCCESS(status) && parts.sequence > 0) {
      return parts;
    }
  }
  return std::nullopt;
}

std::string code_file_name(const std::string& code) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string name;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    const bool end = (at == 0 || at + 1 == code.size()) && (c == '.' || c == ' ');
    if (is_unsafe(c) || end) {
      const auto byte = static_cast<unsigned char>(c);
      name += {'~', digits[byte / 16U], digits[byte % 16U]};
    } else {
      name += c;
    }
  }
  return name;
}

std::optional<std::string> code_of_file_name(const std::string& name) {
  std::string code;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] != '~') {
      code += name[at];
      continue;
    }
    const std::string hex = name.substr(at + 1, 2);
    if (hex.size() != 2 || hex.find_first_not_of("0123456789ABCDEF") != std::string::npos) {
      return std::nullopt;
    }
    code += static_cast<char>(std::stoi(hex, nullptr, 16));
    at += 2;
  }
  return code_file_name(code) == name ? std::optional(code) : std::nullopt;
}

}  // namespace sohoa
