// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"
#include "core/catalog_store.hpp"

namespace sohoa {

bool Catalog::import_code(const ImportedCode& one) {
  Transaction transaction(m_database);
  Statement known = m_database.prepare("SELECT 1 FROM imported_codes WHERE code = ? AND document = ?");
  if (known.bind(one.code).bind(one.document).step()) {
    return false;
  }
  m_database
      .prepare(
          "INSERT INTO imported_codes (code, document, prefix, sequence, owner, symbol, list) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(one.code)
      .bind(one.document)
      .bind(one.prefix)
      .bind(std::int64_t{one.sequence})
      .bind(one.owner)
      .bind(one.symbol)
      .bind(one.list)
      .step();
  std::string holder = one.document.empty() ? nobody(one.code) : one.document;
  m_database.prepare("INSERT INTO codes (code, document, given) VALUES (?, ?, '') ON CONFLICT DO NOTHING")
      .bind(one.code)
      .bind(holder)
      .step();
  if (one.sequence > 0) {
    // A document that has a number under the prefix keeps it; this one is taken all the same.
    Statement other = m_database.prepare("SELECT sequence FROM sequences WHERE prefix = ? AND document = ?");
    if (other.bind(one.prefix).bind(holder).step() && other.number(0) != one.sequence) {
      holder = nobody(one.code);
    }
    m_database.prepare("INSERT INTO sequences (prefix, document, sequence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(one.prefix)
        .bind(holder)
        .bind(std::int64_t{one.sequence})
        .step();
  }
  transaction.commit();
  return true;
}

std::optional<std::string> Catalog::imported_for_nobody(const std::string& prefix) {
  Statement code = m_database.prepare(
      "SELECT code FROM imported_codes WHERE prefix = ? AND document = '' ORDER BY sequence, code LIMIT 1");
  return code.bind(prefix).step() ? std::optional(code.text(0)) : std::nullopt;
}

void Catalog::each_code_finding(std::size_t max_length, const std::function<void(const CodeFinding&)>& visit) {
  struct Question {
    const char* finding;
    const char* sql;
  };
  const Question questions[] = {
      {"code-twice",
       "WITH given AS (SELECT code, document FROM codes WHERE document NOT LIKE 'import:%' "
       "UNION SELECT code, document FROM imported_codes WHERE document <> '') "
       "SELECT a.code, a.document, b.document FROM given AS a JOIN given AS b "
       "ON a.code = b.code AND a.document < b.document ORDER BY 1, 2, 3"},
      {"number-twice",
       "SELECT one.code, one.document, other.code FROM ("
       "SELECT imported_codes.code, imported_codes.document, imported_codes.prefix, sequences.document AS holder "
       "FROM imported_codes JOIN sequences ON sequences.prefix = imported_codes.prefix "
       "AND sequences.sequence = imported_codes.sequence) AS one "
       "JOIN codes AS other ON other.document = one.holder AND other.code <> one.code "
       "AND substr(other.code, 1, length(one.prefix)) = one.prefix "
       "WHERE one.holder <> one.document AND one.holder <> 'import:' || one.code ORDER BY 1, 2, 3"},
      {"two-codes",
       "SELECT a.code, a.document, b.code FROM codes AS a JOIN codes AS b "
       "ON a.document = b.document AND (a.given, a.code) < (b.given, b.code) ORDER BY 1, 2, 3"},
      {"not-read", "SELECT code, document, list FROM imported_codes WHERE sequence = 0 ORDER BY 1, 2"},
      {"not-delivered",
       "SELECT codes.code, codes.document, given FROM codes LEFT JOIN documents ON documents.id = codes.document "
       "WHERE EXISTS (SELECT 1 FROM documents) AND document NOT LIKE 'import:%' "
       "AND (status IS NULL OR status NOT IN ('ok', 'warning')) "
       "AND NOT EXISTS (SELECT 1 FROM imported_codes WHERE imported_codes.code = codes.code) ORDER BY 1, 2"},
  };
  for (const Question& question : questions) {
    Statement rows = m_database.prepare(question.sql);
    while (rows.step()) {
      visit({question.finding, rows.text(0), rows.text(1), rows.text(2)});
    }
  }
  Statement longer =
      m_database.prepare("SELECT code, document, length(code) FROM codes WHERE length(code) > ? ORDER BY 1");
  longer.bind(static_cast<std::int64_t>(max_length));
  while (longer.step()) {
    visit({"too-long", longer.text(0), longer.text(1), std::to_string(longer.number(2))});
  }
  Statement numbers = m_database.prepare("SELECT prefix, sequence FROM sequences ORDER BY prefix, sequence");
  std::string prefix;
  std::int64_t last = 0;
  while (numbers.step()) {
    last = numbers.text(0) == prefix ? last : 0;
    prefix = numbers.text(0);
    const std::int64_t next = numbers.number(1);
    if (next > last + 1) {
      const std::string first = std::to_string(last + 1);
      visit({"number-unused", prefix, next == last + 2 ? first : first + "-" + std::to_string(next - 1), ""});
    }
    last = next;
  }
}

}  // namespace sohoa
