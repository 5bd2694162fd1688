// SPDX-License-Identifier: Apache-2.0
// Which documents have which words. The texts themselves are not kept: SQLite's FTS5 without content, PostgreSQL's
// tsvector. Words come folded (core/search_text.hpp), so neither needs to know a language.
//
// In SQLite a row of `texts` is number * 2^20 + version * 2^12 + part of the document; a text that is put again gets
// the next version, because such an index cannot forget, and rows of older versions are passed over.
#pragma once

#include "core/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

class TextIndex {
 public:
  explicit TextIndex(const Database& database) : m_database(database) {}
  static void make(const Database& database);

  // The words of the document by its number in `documents`, in place of those it had. Part of the caller's transaction.
  void put(std::int64_t document, const std::string& words) const;

  // A condition on a row of `documents AS d` that has all terms (search_terms()), with the one value that it takes.
  struct Condition {
    std::string sql;
    std::string value;
  };
  [[nodiscard]] Condition has(const std::vector<std::string>& terms) const;
  // The same as a table `t` that is joined to `d`, to go by the words first; newest documents first by `order`.
  struct Join {
    std::string from;   // "texts … JOIN documents AS d ON …"
    std::string where;  // one value
    std::string order;
    std::string distinct;  // one row a document, where that has to be asked for
    std::string value;
  };
  [[nodiscard]] Join by_words(const std::vector<std::string>& terms) const;

 private:
  [[nodiscard]] std::string query_of(const std::vector<std::string>& terms) const;
  const Database& m_database;
};

}  // namespace sohoa
