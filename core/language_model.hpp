// SPDX-License-Identifier: Apache-2.0
// Which syllables follow one another in official papers: what tells "chi tiết" from "chỉ tiết" where a mark is faint.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sohoa {

// Counts of syllables and of pairs of them. A token is a syllable in lower case (NFC), number_token for anything with
// a digit, or boundary_token where punctuation or nothing stands.
class LanguageModel {
 public:
  static constexpr std::string_view number_token = "0";
  static constexpr std::string_view boundary_token = "|";

  LanguageModel() = default;  // knows no syllable
  // `bigrams`: lines of "syllable count" or "syllable syllable count"; lines that begin with "# " are comments.
  // Throws Error(ExitStatus::environment, "language-table") with file and line.
  explicit LanguageModel(const fs::path& bigrams);

  // More syllables that are words, though nobody counted them: a hunspell dictionary (*.dic, UTF-8). A missing file
  // adds nothing.
  void add_dictionary(const fs::path& dictionary);

  // What it knows of a token, looked up once for many costs; the model outlives it.
  class Syllable;
  [[nodiscard]] Syllable look_up(std::string_view token) const;

  [[nodiscard]] bool empty() const { return m_tokens.empty(); }
  [[nodiscard]] bool knows(std::string_view token) const;
  // Whether the table has the pair.
  [[nodiscard]] bool has_pair(std::string_view first, std::string_view second) const;
  // −ln P(token | previous), pairs seen seldom mixed with how often the token occurs at all.
  [[nodiscard]] double cost(const Syllable& previous, const Syllable& token) const;
  [[nodiscard]] double cost(std::string_view previous, std::string_view token) const;

 private:
  struct Token {
    std::uint32_t id = 0;
    double count = 0;
    double before_another = 0;  // pairs that it begins
  };
  [[nodiscard]] const Token* find(std::string_view token) const;
  Token& add(std::string_view token);

  std::unordered_map<std::string, Token> m_tokens;
  std::unordered_map<std::uint64_t, double> m_pairs;
  std::unordered_set<std::string> m_dictionary;
  double m_total = 0;
};

class LanguageModel::Syllable {
  friend class LanguageModel;
  const Token* m_token = nullptr;  // null: not in the table
  double m_alone = 0;              // how often it occurs at all, 0 … 1
};

// The table of the language(s), Tesseract's names joined with "+", with Debian's dictionary where that is installed.
// Empty for languages without a table. Looked for beside the profiles as <language>.bigrams.
LanguageModel load_language_model(const std::string& languages);

// What that depends on: name and SHA-256 of each file that it reads; empty where it reads none.
std::string language_tables(const std::string& languages);

}  // namespace sohoa
