// SPDX-License-Identifier: Apache-2.0
// Documents of the catalog: a record goes into all its tables in one transaction.
#include "core/catalog.hpp"
#include "core/catalog_dossiers.hpp"
#include "core/catalog_row.hpp"
#include "core/catalog_store.hpp"
#include "core/digest.hpp"
#include "core/text_index.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::size_t rows_at_once = 64;

// INSERT INTO <head> VALUES (…), (…) … of rows that all begin with `document`.
class Rows {
 public:
  Rows(const Database& database, std::string head, std::int64_t document)
      : m_database(database), m_head(std::move(head)), m_document(document) {}
  void add(std::vector<std::string> texts, std::int64_t number) {
    m_rows.push_back({std::move(texts), number});
    if (m_rows.size() == rows_at_once) {
      flush();
    }
  }
  void flush() {
    if (m_rows.empty()) {
      return;
    }
    std::string sql = "INSERT INTO " + m_head + " VALUES ";
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
      sql += row == 0 ? "(?, ?" : ", (?, ?";
      for (std::size_t text = 0; text < m_rows[row].texts.size(); ++text) {
        sql += ", ?";
      }
      sql += ")";
    }
    Statement statement = m_database.prepare(sql);
    for (const Row& row : m_rows) {
      statement.bind(m_document).bind(row.number);
      for (const std::string& text : row.texts) {
        statement.bind(text);
      }
    }
    statement.step();
    m_rows.clear();
  }

 private:
  struct Row {
    std::vector<std::string> texts;
    std::int64_t number;
  };
  const Database& m_database;
  std::string m_head;
  std::int64_t m_document;
  std::vector<Row> m_rows;
};

void put_parts(const Database& database, std::int64_t number, const CatalogRow& row) {
  Rows fields(database, "fields (document, confidence, name, value, origin)", number);
  for (const CatalogField& field : row.fields) {
    fields.add({field.name, field.value, field.origin}, field.confidence);
  }
  fields.flush();
  Rows signatures(database, "signatures (document, position, signer, field, role, level, time, until, status)", number);
  std::int64_t position = 0;
  for (const CatalogSignature& one : row.signatures) {
    signatures.add({one.signer, one.field, one.role, one.level, one.time, one.until, one.status}, position++);
  }
  signatures.flush();
}

void drop_parts(const Database& database, std::int64_t number) {
  database.prepare("DELETE FROM fields WHERE document = ?").bind(number).step();
  database.prepare("DELETE FROM signatures WHERE document = ?").bind(number).step();
}

// The columns that follow from the record, in the order of bind_row().
constexpr const char* columns =
    "status, source, pages, path, sha256, bytes, dossier, kind, code, owner, type, symbol, agency_key, agency, "
    "procedure, "
    "level, operator, issued, received, signed_level, left_unsigned, rescan, rescan_pages, started, ended, record";
constexpr std::size_t column_count = 26;

Statement& bind_row(Statement& statement, const CatalogRow& row, const std::string& record) {
  return statement.bind(row.status)
      .bind(row.source)
      .bind(row.pages)
      .bind(row.path)
      .bind(row.sha256)
      .bind(row.bytes)
      .bind(row.dossier)
      .bind(row.kind)
      .bind(row.code)
      .bind(row.owner)
      .bind(row.type)
      .bind(row.symbol)
      .bind(row.agency_key)
      .bind(row.agency)
      .bind(row.procedure)
      .bind(row.level)
      .bind(row.operator_name)
      .bind(row.issued)
      .bind(row.received)
      .bind(row.signed_level)
      .bind(row.left_unsigned)
      .bind(row.rescan)
      .bind(row.rescan_pages)
      .bind(row.started)
      .bind(row.ended)
      .bind(record);
}

std::string places(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? "?" : ", ?";
  }
  return text;
}

Json proof_of(const CatalogRow& row, const std::string& record) {
  Json detail{{"record", sha256_hex(record)}};
  if (!row.path.empty()) {
    detail["path"] = row.path;
    detail["sha256"] = row.sha256;
  }
  return detail;
}

// Where the document was until now; "" when it is new.
std::string dossier_of(const Database& database, const std::string& id) {
  Statement known = database.prepare("SELECT dossier FROM documents WHERE id = ?");
  return known.bind(id).step() ? known.text(0) : std::string();
}

void count_again(const Database& database, const std::string& before, const std::string& now) {
  count_dossier(database, now);
  if (before != now) {
    count_dossier(database, before);
  }
}

bool is_delivered(const CatalogRow& row) { return row.status == "ok" || row.status == "warning"; }

// `line` is the record `json`, `row` what the tables hold of it.
std::int64_t store_row(const Database& database, const Json& json, const std::string& line, const CatalogRow& row,
                       const StoredAt& at) {
  std::int64_t number = 0;
  {
    Statement known = database.prepare("SELECT number FROM documents WHERE id = ?");
    number = known.bind(row.id).step() ? known.number(0) : 0;
  }
  const std::string sql =
      number > 0 ? "UPDATE documents SET (manifested, archive, batch, position, import, " + std::string(columns) +
                       ") = (0, ?, ?, ?, ?, " + places(column_count) + ") WHERE number = ? RETURNING number"
                 : "INSERT INTO documents (archive, batch, position, import, " + std::string(columns) +
                       ", id) VALUES (?, ?, ?, ?, " + places(column_count) + ", ?) RETURNING number";
  Statement statement = database.prepare(sql);
  statement.bind(at.archive).bind(at.batch).bind(static_cast<std::int64_t>(at.position)).bind(at.import);
  bind_row(statement, row, line);
  if (number > 0) {
    drop_parts(database, number);
    statement.bind(number);
  } else {
    statement.bind(row.id);
  }
  statement.step();
  number = statement.number(0);
  put_parts(database, number, row);
  if (is_delivered(row)) {
    TextIndex(database).put(number, words_of(json));
  }
  return number;
}

}  // namespace

std::int64_t store_document(const Database& database, const Json& json, const StoredAt& at) {
  return store_row(database, json, to_line(json), catalog_row(json), at);
}

std::int64_t Catalog::store(const Json& json, const std::string& batch, std::size_t position) {
  const CatalogRow row = catalog_row(json);
  const std::string line = to_line(json);
  const std::string before = dossier_of(m_database, row.id);
  const std::int64_t number = store_row(m_database, json, line, row, {m_archive, batch, position});
  std::vector<CatalogEvent> events = events_of_history(json);
  events.push_back(event_now(is_delivered(row) ? "deliver" : "quarantine", proof_of(row, line)));
  EventChain(m_database).add(number, row.id, events);
  count_again(m_database, before, row.dossier);
  return number;
}

void Catalog::put_document(const Document& document, const std::string& batch, std::size_t position) {
  Transaction transaction(m_database);
  m_database.lock("document " + document.id());
  store(document.record(), batch, position);
  transaction.commit();
}

void Catalog::update_document(const Document& document) {
  const CatalogRow row = catalog_row(document.record());
  const std::string record = to_line(document.record());
  Transaction transaction(m_database);
  m_database.lock("document " + row.id);
  Statement known = m_database.prepare("SELECT number, record, dossier FROM documents WHERE id = ?");
  if (!known.bind(row.id).step()) {
    return;
  }
  const std::int64_t number = known.number(0);
  const bool changed = known.text(1) != record;
  const std::string before = known.text(2);
  Statement statement = m_database.prepare("UPDATE documents SET (manifested, " + std::string(columns) + ") = (0, " +
                                           places(column_count) + ") WHERE number = ?");
  bind_row(statement, row, record).bind(number).step();
  if (changed) {
    drop_parts(m_database, number);
    put_parts(m_database, number, row);
    std::vector<CatalogEvent> events = events_of_history(document.record());
    events.push_back(event_now("update", proof_of(row, record)));
    EventChain(m_database).add(number, row.id, events);
    count_again(m_database, before, row.dossier);
  }
  transaction.commit();
}

std::optional<Json> Catalog::document(const std::string& document_id) {
  Statement record = m_database.prepare("SELECT record FROM documents WHERE id = ?");
  return record.bind(document_id).step() ? std::optional(parse_json(record.text(0), "a record of the catalog"))
                                         : std::nullopt;
}

std::optional<std::string> Catalog::delivered_as(const std::string& document_id) {
  Statement record = m_database.prepare("SELECT record FROM documents WHERE id = ? AND status IN ('ok', 'warning')");
  if (!record.bind(document_id).step()) {
    return std::nullopt;
  }
  const Json json = parse_json(record.text(0), "a record of the catalog");
  const auto pdf = json.find("pdf");
  const std::string path = pdf == json.end() ? std::string() : string_of(*pdf, "path");
  if (!is_current()) {
    return path;
  }
  Statement elsewhere = m_database.prepare(
      "SELECT a.root, a.host FROM documents AS d JOIN archives AS a ON a.archive = d.archive "
      "WHERE d.id = ? AND d.archive <> ?");
  return elsewhere.bind(document_id).bind(m_archive).step()
             ? path + " in " + elsewhere.text(0) + " on " + elsewhere.text(1)
             : path;
}

bool Catalog::delivered(const std::string& document_id) {
  Statement found = m_database.prepare("SELECT 1 FROM documents WHERE id = ? AND status IN ('ok', 'warning')");
  return found.bind(document_id).step();
}

std::set<std::string> Catalog::sources() {
  // Of an older schema, too.
  std::set<std::string> paths;
  std::string id;
  for (bool more = true; more;) {
    Statement rows = m_database.prepare("SELECT id, record FROM documents WHERE id > ? ORDER BY id LIMIT 100");
    rows.bind(id);
    for (more = false; rows.step(); more = true) {
      id = rows.text(0);
      const Json record = parse_json(rows.text(1), "a record of the catalog");
      if (const auto source = record.find("source"); source != record.end()) {
        paths.insert(string_of(*source, "path"));
      }
    }
  }
  return paths;
}

void Catalog::index_again() {
  std::string batch;
  std::int64_t position = -1;
  std::string id;
  for (bool more = true; more;) {
    Statement rows = m_database.prepare(
        "SELECT batch, position, id, record, manifested FROM documents_before WHERE (batch, position, id) > (?, ?, ?) "
        "ORDER BY batch, position, id LIMIT 100");
    rows.bind(batch).bind(position).bind(id);
    for (more = false; rows.step(); more = true) {
      batch = rows.text(0);
      position = rows.number(1);
      id = rows.text(2);
      const std::int64_t number =
          store(parse_json(rows.text(3), "a record of the catalog"), batch, static_cast<std::size_t>(position));
      m_database.prepare("UPDATE documents SET manifested = ? WHERE number = ?")
          .bind(rows.number(4))
          .bind(number)
          .step();
    }
  }
}

}  // namespace sohoa
