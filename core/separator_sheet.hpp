// SPDX-License-Identifier: Apache-2.0
// What separator sheets say. No other barcode has this form, so that none on an ordinary page cuts a stack:
//
//   sohoa:1:dossier=000.00.06.H56-231027-0361;kind=result;ordinal=2;owner=038090001234;procedure=1.000894
//
// Each part may be missing; a value's bytes outside of letters, digits and -._~/: are percent-encoded UTF-8. Keys that
// are not known are left out, as are values that are not what their key means.
#pragma once

#include "core/profile.hpp"
#include "core/text_pattern.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// dossier, kind, ordinal, owner, procedure, source (the row's, by which the register finds it again).
using SheetValues = std::map<std::string, std::string, std::less<>>;
inline constexpr std::array<std::string_view, 6> sheet_keys{"dossier", "kind",      "ordinal",
                                                            "owner",   "procedure", "source"};

std::string sheet_text(const SheetValues& values);
// Nothing when the text has another form.
std::optional<SheetValues> sheet_values(std::string_view text);

// What counts as a separator's text: the form above, and what [separators] patterns allow.
class SheetForms {
 public:
  // Throws Error(ExitStatus::usage, "pattern-syntax").
  explicit SheetForms(const Profile& profile);
  // A pattern must fit the whole text; its first group, if any, is the dossier code.
  [[nodiscard]] std::optional<SheetValues> values_of(const std::string& text) const;

 private:
  std::vector<TextPattern> m_patterns;
};

}  // namespace sohoa
