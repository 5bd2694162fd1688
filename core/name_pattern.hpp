// SPDX-License-Identifier: Apache-2.0
// A pattern with named parts over file names: [register] file_pattern of the profile.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

class NamePattern {
 public:
  // ICU syntax; a part is (?<name>…), its name letters and digits: "issuedDate" means the field issued_date.
  // Throws Error(ExitStatus::usage, "pattern-syntax"). Empty: matches nothing.
  explicit NamePattern(const std::string& pattern);
  NamePattern(NamePattern&&) noexcept;
  NamePattern& operator=(NamePattern&&) noexcept;
  NamePattern(const NamePattern&) = delete;
  NamePattern& operator=(const NamePattern&) = delete;
  ~NamePattern();

  // The names of the parts as they are written, in order.
  [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
  // The parts of a name (UTF-8, NFC) that the whole pattern matches, those that took part; empty when it does not.
  // A search that takes too long finds nothing.
  [[nodiscard]] std::map<std::string, std::string> match(const std::string& text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> m_compiled;
  std::vector<std::string> m_names;
};

}  // namespace sohoa
