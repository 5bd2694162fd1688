// SPDX-License-Identifier: Apache-2.0
// Regular expressions over read text. Tone and letter marks are what a recognizer loses first, so pattern and text are
// compared without them ("Số" is "So", "Đ" is "D"); what is found is told as places in the text as it stands.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct Span {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  bool found = false;

  [[nodiscard]] std::string of(const std::string& text) const { return text.substr(begin, end - begin); }
};

// groups[0] is the whole match, the others are the pattern's groups; never empty.
using TextMatch = std::vector<Span>;

// What a rule takes: the first group, all of the match where there is none.
inline const Span& value_of(const TextMatch& match) { return match.size() > 1 && match[1].found ? match[1] : match[0]; }

class TextPattern {
 public:
  // ICU syntax. `where` names the pattern in Error(ExitStatus::usage, "pattern-syntax").
  TextPattern(const std::string& pattern, const std::string& where);
  TextPattern(TextPattern&&) noexcept;
  TextPattern& operator=(TextPattern&&) noexcept;
  TextPattern(const TextPattern&) = delete;
  TextPattern& operator=(const TextPattern&) = delete;
  ~TextPattern();

  // All matches in `text` (UTF-8, NFC) from left to right. A search that takes too long finds nothing.
  [[nodiscard]] std::vector<TextMatch> find_all(const std::string& text) const;
  [[nodiscard]] bool finds(const std::string& text) const { return !find_all(text).empty(); }

 private:
  struct Compiled;
  std::unique_ptr<Compiled> m_compiled;
};

// Letters without marks, "đ" as "d"; the rest as it is.
std::string without_marks(std::string_view utf8);
// without_marks, case folded, letters and digits only: equal for texts that differ in writing only.
std::string comparable(std::string_view utf8);
// without_marks, case folded, without blanks; what stands between letters stays: "12/QĐ - UBND" is "12/qd-ubnd".
std::string key_form(std::string_view utf8);

}  // namespace sohoa
