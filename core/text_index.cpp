// SPDX-License-Identifier: Apache-2.0
#include "core/text_index.hpp"

#include "core/search_text.hpp"

namespace sohoa {
namespace {

constexpr std::int64_t versions = 256;
constexpr std::int64_t parts = 4096;

}  // namespace

void TextIndex::make(const Database& database) {
  if (database.dialect() == Dialect::sqlite) {
    database.execute(
        "CREATE VIRTUAL TABLE texts USING fts5 (words, content='', columnsize=0, "
        "tokenize='unicode61 remove_diacritics 0')");
  } else {
    database.execute(
        "CREATE TABLE texts (document BIGINT NOT NULL, part BIGINT NOT NULL, words TSVECTOR NOT NULL, "
        "PRIMARY KEY (document, part)); CREATE INDEX texts_by_words ON texts USING gin (words)");
  }
}

void TextIndex::put(std::int64_t document, const std::string& words) const {
  std::int64_t row = 0;
  const bool server = m_database.dialect() == Dialect::postgresql;
  if (server) {
    m_database.prepare("DELETE FROM texts WHERE document = ?").bind(document).step();
  } else {
    Statement version = m_database.prepare(
        "UPDATE documents SET text_version = (text_version + 1) % 256 WHERE number = ? RETURNING text_version");
    version.bind(document).step();
    row = (document * versions + version.number(0)) * parts;
  }
  std::int64_t part = 0;
  for (const std::string& some : search_parts(words)) {
    if (server) {
      m_database.prepare("INSERT INTO texts (document, part, words) VALUES (?, ?, to_tsvector('simple', ?))")
          .bind(document)
          .bind(part)
          .bind(some)
          .step();
    } else {
      m_database.prepare("INSERT INTO texts (rowid, words) VALUES (?, ?)").bind(row + part).bind(some).step();
    }
    if (++part == parts) {
      break;
    }
  }
}

std::string TextIndex::query_of(const std::vector<std::string>& terms) const {
  std::string query;
  for (const std::string& term : terms) {
    if (m_database.dialect() == Dialect::sqlite) {
      query += (query.empty() ? "\"" : " \"") + term + "\"";
      continue;
    }
    std::string phrase;
    for (const char c : term) {
      phrase += c == ' ' ? std::string("' <-> '") : std::string(1, c);
    }
    query += (query.empty() ? "('" : " & ('") + phrase + "')";
  }
  return query;
}

TextIndex::Condition TextIndex::has(const std::vector<std::string>& terms) const {
  if (m_database.dialect() == Dialect::postgresql) {
    return {"EXISTS (SELECT 1 FROM texts AS t WHERE t.document = d.number AND t.words @@ CAST(? AS tsquery))",
            query_of(terms)};
  }
  return {
      "EXISTS (SELECT 1 FROM texts WHERE texts MATCH ? AND texts.rowid BETWEEN (d.number * 256 + d.text_version) * "
      "4096 "
      "AND (d.number * 256 + d.text_version) * 4096 + 4095)",
      query_of(terms)};
}

TextIndex::Join TextIndex::by_words(const std::vector<std::string>& terms) const {
  if (m_database.dialect() == Dialect::postgresql) {
    return {"texts AS t JOIN documents AS d ON d.number = t.document", "t.words @@ CAST(? AS tsquery)",
            "t.document DESC", "DISTINCT ON (t.document) ", query_of(terms)};
  }
  return {
      "texts CROSS JOIN documents AS d ON d.number = texts.rowid >> 20 "
      "AND d.text_version = (texts.rowid >> 12) & 255",
      "texts MATCH ?", "texts.rowid DESC", "", query_of(terms)};
}

}  // namespace sohoa
