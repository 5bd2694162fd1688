// SPDX-License-Identifier: Apache-2.0
// The parts of a result code: how codes of each kind of paper are made, read back, and named as files.
// TT 01/2023/TT-VPCP, Art. 10; the patterns as portals implement them, unverified.
#pragma once

#include "core/profile.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// The fields that a template may name, beside the dossier's code and kind and the number, seq.
inline constexpr std::array code_fields{"owner",     "type",      "symbol", "number",
                                        "procedure", "component", "agency", "issued_date"};

// How codes of one kind are made: [code.<kind>] with what it leaves out taken from [code].
struct CodeForm {
  std::string kind;  // "result" for [code]
  std::string code_template;
  std::string type = "{type}";
  std::string symbol = "{symbol}";
  std::vector<std::string> required;
  std::string type_pattern;
};

// The form for what a register calls the kind of a paper, by name and [code.<kind>] names, whatever the case; "" is a
// result. Nothing when the profile knows kinds, and not this one.
std::optional<CodeForm> code_form(const Profile& profile, const std::string& kind);
// All of them, results first. Throws Error(ExitStatus::usage): "template-name" for a part that is not known,
// "code-template" for a template that lacks {seq}.
std::vector<CodeForm> code_forms(const Profile& profile);

// "038090001234.KQ.G15.000031.12/2023.01": owner (may be empty), type, symbol, 1; prefix is all before the number.
struct CodeParts {
  std::string kind;
  std::string owner;
  std::string type;
  std::string symbol;
  int sequence = 0;
  std::string prefix;
};

class CodeReader {
 public:
  // Throws what code_forms() throws, and Error(ExitStatus::usage, "pattern-syntax").
  explicit CodeReader(const Profile& profile);
  CodeReader(CodeReader&&) noexcept;
  CodeReader& operator=(CodeReader&&) noexcept;
  CodeReader(const CodeReader&) = delete;
  CodeReader& operator=(const CodeReader&) = delete;
  ~CodeReader();

  // The owner is taken from the left and may be empty ("." begins the code), the type by its pattern, the number (at
  // most six digits) from the right; the symbol is what lies between, with any / and . in it. Of several kinds the
  // first that fits: those with a symbol that is always the same, then results.
  [[nodiscard]] std::optional<CodeParts> read(const std::string& code) const;

 private:
  struct Compiled;
  std::vector<std::unique_ptr<Compiled>> m_forms;
};

// A code as a file name and back: "/" and what else no file system takes, "~", and a dot or blank at either end become
// "~" and two hexadecimal digits, all else stays: "~2EKQ.G15.000031.12~2FQĐ-UBND.01".
std::string code_file_name(const std::string& code);
// Nothing when it is no such name.
std::optional<std::string> code_of_file_name(const std::string& name);

}  // namespace sohoa
