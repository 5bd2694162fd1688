// SPDX-License-Identifier: Apache-2.0
#include "core/language_model.hpp"

#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/letters.hpp"
#include "core/profile.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

namespace sohoa {
namespace {

// So many occurrences as the table's least pairs: what was seen less often than this follows the single count.
constexpr double pair_weight = 3;
// Counts of what was never counted: a word of the dictionary, and anything else.
constexpr double unseen_word = 0.5;
constexpr double unseen = 0.05;

std::uint64_t pair_of(std::uint32_t first, std::uint32_t second) {
  return (static_cast<std::uint64_t>(first) << 32U) | second;
}

constexpr std::uint64_t max_table_bytes = std::uint64_t{256} << 20U;

// What stands before the separator, which goes with it.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t at = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

[[noreturn]] void refuse(const fs::path& file, int line) {
  throw environment_error("language-table",
                          file.string() + " line " + std::to_string(line) + " is not one or two syllables and a count",
                          "install it again, or make it anew with scripts/make-bigrams");
}

}  // namespace

LanguageModel::LanguageModel(const fs::path& bigrams) {
  const std::string table = read_file(bigrams, max_table_bytes);
  int number = 0;
  for (std::string_view rest = table; !rest.empty();) {
    ++number;
    const std::string_view line = cut(rest, '\n');
    if (line.empty() || line.starts_with("# ")) {
      continue;
    }
    std::string_view parts = line;
    const std::string_view first = cut(parts, ' ');
    const std::string_view second = parts.find(' ') != std::string_view::npos ? cut(parts, ' ') : std::string_view();
    double count = 0;
    const auto [end, status] = std::from_chars(parts.data(), parts.data() + parts.size(), count);
    if (status != std::errc() || end != parts.data() + parts.size() || count <= 0) {
      refuse(bigrams, number);
    }
    if (second.empty()) {
      add(first).count = count;
      m_total += count;
    } else {
      Token& begins = add(first);
      begins.before_another += count;
      const std::uint32_t id = begins.id;
      m_pairs[pair_of(id, add(second).id)] = count;
    }
  }
}

void LanguageModel::add_dictionary(const fs::path& dictionary) {
  std::ifstream in(dictionary.string());
  for (std::string line; std::getline(in, line);) {
    m_dictionary.insert(to_lower(line.substr(0, line.find('/'))));
  }
}

LanguageModel::Token& LanguageModel::add(std::string_view token) {
  const auto [at, is_new] = m_tokens.try_emplace(std::string(token));
  if (is_new) {
    at->second.id = static_cast<std::uint32_t>(m_tokens.size());
  }
  return at->second;
}

const LanguageModel::Token* LanguageModel::find(std::string_view token) const {
  const auto at = m_tokens.find(std::string(token));
  return at != m_tokens.end() ? &at->second : nullptr;
}

bool LanguageModel::knows(std::string_view token) const {
  const Token* found = find(token);
  return (found != nullptr && found->count > 0) || m_dictionary.contains(std::string(token));
}

bool LanguageModel::has_pair(std::string_view first, std::string_view second) const {
  const Token* a = find(first);
  const Token* b = find(second);
  return a != nullptr && b != nullptr && m_pairs.contains(pair_of(a->id, b->id));
}

LanguageModel::Syllable LanguageModel::look_up(std::string_view token) const {
  Syllable found;
  found.m_token = find(token);
  double count = found.m_token != nullptr ? found.m_token->count : 0;
  count += m_dictionary.contains(std::string(token)) ? unseen_word : unseen;
  found.m_alone = count / (m_total + 1000);
  return found;
}

double LanguageModel::cost(const Syllable& previous, const Syllable& token) const {
  const Token* first = previous.m_token;
  if (first == nullptr) {
    return -std::log(token.m_alone);
  }
  double pair = 0;
  if (token.m_token != nullptr) {
    const auto at = m_pairs.find(pair_of(first->id, token.m_token->id));
    pair = at != m_pairs.end() ? at->second : 0;
  }
  return -std::log((pair + pair_weight * token.m_alone) / (first->before_another + pair_weight));
}

double LanguageModel::cost(std::string_view previous, std::string_view token) const {
  return cost(look_up(previous), look_up(token));
}

namespace {

struct Tables {
  fs::path bigrams;  // empty: no language has one
  fs::path dictionary;
};

Tables tables_of(const std::string& languages) {
  std::istringstream names(languages);
  for (std::string name; std::getline(names, name, '+');) {
    if (const fs::path table = file_beside_profiles(name + ".bigrams"); !table.empty()) {
      return {table, name == "vie" ? "/usr/share/hunspell/vi_VN.dic" : ""};
    }
  }
  return {};
}

}  // namespace

LanguageModel load_language_model(const std::string& languages) {
  const Tables tables = tables_of(languages);
  if (tables.bigrams.empty()) {
    return {};
  }
  LanguageModel model(tables.bigrams);
  model.add_dictionary(tables.dictionary);
  return model;
}

std::string language_tables(const std::string& languages) {
  const Tables tables = tables_of(languages);
  std::string digests;
  for (const fs::path& file : {tables.bigrams, tables.dictionary}) {
    boost::system::error_code code;
    if (fs::is_regular_file(file, code)) {
      digests += (digests.empty() ? "" : ", ") + file.filename().string() + " " + sha256_of_file(file).substr(0, 12);
    }
  }
  return digests;
}

}  // namespace sohoa
