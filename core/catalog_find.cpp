// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_find.hpp"

#include "core/catalog.hpp"
#include "core/catalog_dossiers.hpp"
#include "core/catalog_schema.hpp"
#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/search_text.hpp"
#include "core/text.hpp"
#include "core/text_index.hpp"

#include <vector>

namespace sohoa {
namespace {

// So many documents are looked at one by one for their words; of more, the words are looked up first.
constexpr std::int64_t few = 1000;

// The conditions on `documents AS d` with their values. The second part lets the partial indexes be used.
struct Conditions {
  std::string sql = "d.status IN ('ok', 'warning')";
  std::vector<std::string> values;

  void add(const std::string& column, const char* compare, const std::string& value) {
    if (!value.empty()) {
      sql += " AND d." + column + " " + compare + " ? AND d." + column + " <> ''";
      values.push_back(value);
    }
  }
};

Conditions conditions_of(const FindQuery& query) {
  Conditions all;
  all.add("owner", "=", search_key(query.owner));
  all.add("type", "=", search_key(query.type));
  all.add("symbol", "=", search_key(query.symbol));
  all.add("code", "=", to_nfc(trim(query.code)));
  all.add("dossier", "=", to_nfc(trim(query.dossier)));
  all.add("agency_key", "=", search_key(query.agency));
  all.add("issued", ">=", query.from);
  all.add("issued", "<=", query.until);
  return all;
}

// Without statistics SQLite would rather go through all papers of a kind, because they lie in order.
std::string best_index(const FindQuery& query, Dialect dialect) {
  if (dialect == Dialect::postgresql) {
    return {};
  }
  return !query.code.empty()      ? " INDEXED BY documents_by_code"
         : !query.owner.empty()   ? " INDEXED BY documents_by_owner"
         : !query.symbol.empty()  ? " INDEXED BY documents_by_symbol"
         : !query.dossier.empty() ? " INDEXED BY documents_by_dossier"
                                  : "";
}

}  // namespace

std::unique_ptr<Database> open_current(const CatalogPlace& place) {
  if (!is_server(place.where) && !fs::exists(place.where)) {
    throw input_error("catalog-missing", "there is no catalog " + place.where,
                      "name one by --catalog: a file, an archive, or a server's URL");
  }
  std::unique_ptr<Database> database = open_database(place.where, Database::Access::read);
  if (database->schema_version() != newest_schema()) {
    database.reset();
    const Catalog brought_up_to_date(place);
    database = open_database(place.where, Database::Access::read);
  }
  return database;
}

bool FindQuery::empty() const {
  return (owner + type + symbol + code + dossier + agency + from + until + text).empty();
}

CatalogFinder::CatalogFinder(const CatalogPlace& place) : m_database(open_current(place)) {
  if (!is_server(place.where)) {
    m_beside = fs::absolute(place.where).lexically_normal().parent_path().string();
  }
}

bool CatalogFinder::words_first(const FindQuery& query, const std::string& where,
                                const std::vector<std::string>& values) const {
  if (values.empty() || m_database->dialect() == Dialect::postgresql) {
    return true;  // PostgreSQL chooses by what it knows of both
  }
  if (!(query.owner + query.symbol + query.code + query.dossier).empty()) {
    return false;
  }
  Statement count = m_database->prepare("SELECT count(*) FROM (SELECT 1 FROM documents AS d WHERE " + where +
                                        " LIMIT " + std::to_string(few + 1) + ") AS some");
  for (const std::string& value : values) {
    count.bind(value);
  }
  count.step();
  return count.number(0) > few;
}

bool CatalogFinder::find(const FindQuery& query, std::size_t limit,
                         const std::function<void(const FoundPaper&)>& visit) const {
  const Conditions conditions = conditions_of(query);
  const std::vector<std::string> terms = search_terms(query.text);
  if (!query.text.empty() && terms.empty()) {
    return false;  // nothing but signs, which no document is found by
  }
  std::string from = "documents AS d" + best_index(query, m_database->dialect());
  std::string where = conditions.sql;
  std::string order = "d.issued DESC, d.number DESC";
  std::string words;
  std::string head = "SELECT ";
  // SQLite gives rows as they are asked for, several of a long text.
  bool limited = limit > 0;
  if (!terms.empty()) {
    const TextIndex index(*m_database);
    if (words_first(query, conditions.sql, conditions.values)) {
      const TextIndex::Join join = index.by_words(terms);
      from = join.from;
      where += " AND " + join.where;
      order = join.order;
      words = join.value;
      head += join.distinct;
      limited = limited && !join.distinct.empty();
    } else {
      const TextIndex::Condition condition = index.has(terms);
      where += " AND " + condition.sql;
      words = condition.value;
      order = "d.number DESC";
    }
  }
  Statement rows =
      m_database->prepare(head +
                          "d.number, d.id, d.path, d.sha256, d.signed_level, d.reused, d.record, d.archive, "
                          "coalesce((SELECT root FROM archives WHERE archives.archive = d.archive), '') FROM " +
                          from + " WHERE " + where + " ORDER BY " + order +
                          (limited ? " LIMIT " + std::to_string(limit + 1) : std::string()));
  for (const std::string& value : conditions.values) {
    rows.bind(value);
  }
  if (!words.empty()) {
    rows.bind(words);
  }
  std::int64_t last = 0;
  std::size_t found = 0;
  while (rows.step()) {
    const FoundPaper paper{rows.number(0), rows.text(1), rows.text(7).empty() ? m_beside : rows.text(8),
                           rows.text(2),   rows.text(3), rows.text(4),
                           rows.number(5), rows.text(6)};
    if (paper.number == last) {
      continue;  // another part of a long text
    }
    if (limit > 0 && found == limit) {
      return true;
    }
    last = paper.number;
    ++found;
    visit(paper);
  }
  return false;
}

bool note_reuse(const Database& database, const FoundPaper& paper, const std::string& dossier,
                const std::string& operator_name) {
  Transaction transaction(database);
  database.lock("document " + paper.id);
  CatalogEvent event = event_now("reuse", Json{{"dossier", dossier}});
  event.operator_name = operator_name.empty() ? event.operator_name : operator_name;
  bool first = false;
  {
    Statement noted = database.prepare(
        "INSERT INTO reuse (document, dossier, at, operator) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (document, dossier) DO NOTHING RETURNING document");
    first = noted.bind(paper.number).bind(dossier).bind(event.at).bind(event.operator_name).step();
  }
  if (first) {
    database.prepare("UPDATE documents SET reused = reused + 1 WHERE number = ?").bind(paper.number).step();
    EventChain(database).add(paper.number, paper.id, {event});
    count_dossier(database, dossier);
  }
  transaction.commit();
  return first;
}

}  // namespace sohoa
