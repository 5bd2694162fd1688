// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"

#include "core/clock.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

// What brings a catalog from version 0 to 1, from 1 to 2 and so on. Never changed, only added to.
constexpr std::array<const char*, 2> migrations{R"(
CREATE TABLE sequences (
  prefix   TEXT NOT NULL,
  document TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (prefix, document),
  UNIQUE (prefix, sequence));
CREATE TABLE codes (
  code     TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  given    TEXT NOT NULL);
CREATE TABLE ordinals (
  dossier  TEXT NOT NULL,
  document TEXT NOT NULL,
  ordinal  INTEGER NOT NULL,
  PRIMARY KEY (dossier, document),
  UNIQUE (dossier, ordinal));
CREATE TABLE documents (
  id         TEXT PRIMARY KEY,
  batch      TEXT NOT NULL,
  position   INTEGER NOT NULL,
  status     TEXT NOT NULL,
  record     TEXT NOT NULL,
  manifested INTEGER NOT NULL DEFAULT 0);
CREATE INDEX documents_by_batch ON documents (batch, position);
)",
                                                R"(
CREATE TABLE attempts (
  scan    TEXT NOT NULL,
  step    TEXT NOT NULL,
  options TEXT NOT NULL,
  version TEXT NOT NULL,
  tries   INTEGER NOT NULL,
  deaths  INTEGER NOT NULL DEFAULT 0,
  last    TEXT NOT NULL,
  word    TEXT NOT NULL DEFAULT '',
  reason  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (scan, step, options)) WITHOUT ROWID;
CREATE TABLE quarantined (
  document TEXT PRIMARY KEY,
  rules    TEXT NOT NULL,
  since    TEXT NOT NULL);
)"};

// The first column of every row.
std::vector<std::string> texts_of(Statement& rows) {
  std::vector<std::string> texts;
  while (rows.step()) {
    texts.push_back(rows.text(0));
  }
  return texts;
}

}  // namespace

Catalog::Catalog(const fs::path& file, Sqlite::Access access) : m_database(file, access) {
  if (access == Sqlite::Access::write) {
    bring_up_to_date(file);
  }
}

Catalog::Catalog(const fs::path& file) : Catalog(file, Sqlite::Access::write) {}

void Catalog::bring_up_to_date(const fs::path& file) {
  Transaction transaction(m_database);
  Statement version = m_database.prepare("PRAGMA user_version");
  version.step();
  const auto newest = static_cast<std::int64_t>(migrations.size());
  const std::int64_t found = version.number(0);
  if (found > newest) {
    throw environment_error("catalog-unreachable", "the catalog " + file.string() + " was written by a newer sohoa",
                            "use that version");
  }
  for (std::int64_t next = std::max<std::int64_t>(found, 0); next < newest; ++next) {
    m_database.execute(migrations.at(static_cast<std::size_t>(next)));
  }
  if (found < newest) {
    m_database.execute("PRAGMA user_version = " + std::to_string(newest));
  }
  transaction.commit();
}

int Catalog::allot_sequence(const std::string& prefix, const std::string& document_id) {
  Transaction transaction(m_database);
  Statement known = m_database.prepare("SELECT sequence FROM sequences WHERE prefix = ? AND document = ?");
  if (known.bind(prefix).bind(document_id).step()) {
    return static_cast<int>(known.number(0));
  }
  Statement next = m_database.prepare("SELECT coalesce(max(sequence), 0) + 1 FROM sequences WHERE prefix = ?");
  next.bind(prefix).step();
  const std::int64_t sequence = next.number(0);
  m_database.prepare("INSERT INTO sequences (prefix, document, sequence) VALUES (?, ?, ?)")
      .bind(prefix)
      .bind(document_id)
      .bind(sequence)
      .step();
  transaction.commit();
  return static_cast<int>(sequence);
}

void Catalog::record_code(const std::string& code, const std::string& document_id, const std::string& given) {
  Transaction transaction(m_database);
  Statement holder = m_database.prepare("SELECT document FROM codes WHERE code = ?");
  if (!holder.bind(code).step()) {
    m_database.prepare("INSERT INTO codes (code, document, given) VALUES (?, ?, ?)")
        .bind(code)
        .bind(document_id)
        .bind(given)
        .step();
  } else if (holder.text(0) != document_id) {
    throw input_error("code-taken", "the result code " + code + " belongs to another document",
                      "correct the symbol or the owner in the register");
  }
  transaction.commit();
}

std::optional<std::string> Catalog::given_at(const std::string& code, const std::string& document_id) {
  Statement given = m_database.prepare("SELECT given FROM codes WHERE code = ? AND document = ?");
  return given.bind(code).bind(document_id).step() ? std::optional(given.text(0)) : std::nullopt;
}

std::optional<int> Catalog::allot_ordinal(const std::string& dossier, const std::string& document_id, int wanted) {
  Transaction transaction(m_database);
  Statement known = m_database.prepare("SELECT ordinal FROM ordinals WHERE dossier = ? AND document = ?");
  if (known.bind(dossier).bind(document_id).step()) {
    return static_cast<int>(known.number(0));
  }
  std::int64_t ordinal = wanted;
  if (wanted > 0) {
    Statement taken = m_database.prepare("SELECT 1 FROM ordinals WHERE dossier = ? AND ordinal = ?");
    if (taken.bind(dossier).bind(ordinal).step()) {
      return std::nullopt;
    }
  } else {
    Statement next = m_database.prepare("SELECT coalesce(max(ordinal), 0) + 1 FROM ordinals WHERE dossier = ?");
    next.bind(dossier).step();
    ordinal = next.number(0);
  }
  m_database.prepare("INSERT INTO ordinals (dossier, document, ordinal) VALUES (?, ?, ?)")
      .bind(dossier)
      .bind(document_id)
      .bind(ordinal)
      .step();
  transaction.commit();
  return static_cast<int>(ordinal);
}

void Catalog::put_document(const Document& document, const std::string& batch, std::size_t position) {
  Transaction transaction(m_database);
  m_database
      .prepare(
          "INSERT INTO documents (id, batch, position, status, record) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, position = excluded.position, "
          "status = excluded.status, record = excluded.record, manifested = 0")
      .bind(document.id())
      .bind(batch)
      .bind(static_cast<std::int64_t>(position))
      .bind(to_string(document.status()))
      .bind(to_line(document.record()))
      .step();
  transaction.commit();
}

void Catalog::update_document(const Document& document) {
  m_database.prepare("UPDATE documents SET status = ?, record = ?, manifested = 0 WHERE id = ?")
      .bind(to_string(document.status()))
      .bind(to_line(document.record()))
      .bind(document.id())
      .step();
}

std::optional<Json> Catalog::document(const std::string& document_id) {
  Statement record = m_database.prepare("SELECT record FROM documents WHERE id = ?");
  return record.bind(document_id).step() ? std::optional(parse_json(record.text(0), "a record of the catalog"))
                                         : std::nullopt;
}

std::optional<std::string> Catalog::delivered_as(const std::string& document_id) {
  Statement path = m_database.prepare(
      "SELECT coalesce(record ->> '$.pdf.path', '') FROM documents WHERE id = ? AND status IN ('ok', 'warning')");
  return path.bind(document_id).step() ? std::optional(path.text(0)) : std::nullopt;
}

void Catalog::note_quarantine(const std::string& document_id, const std::string& rules) {
  m_database
      .prepare(
          "INSERT INTO quarantined (document, rules, since) VALUES (?, ?, ?) "
          "ON CONFLICT (document) DO UPDATE SET rules = excluded.rules")
      .bind(document_id)
      .bind(rules)
      .bind(iso_utc(wall_time()))
      .step();
}

std::optional<std::string> Catalog::quarantined_since(const std::string& document_id, const std::string& rules) {
  Statement since = m_database.prepare(
      "SELECT since FROM quarantined JOIN documents ON documents.id = quarantined.document "
      "WHERE document = ? AND rules = ? AND documents.status = 'quarantined'");
  return since.bind(document_id).bind(rules).step() ? std::optional(since.text(0)) : std::nullopt;
}

std::vector<std::string> Catalog::unsigned_documents(const std::string& role, bool received_too) {
  // A field of the role bears its name, with a number when the name was taken.
  Statement names = m_database.prepare(
      "SELECT id FROM documents WHERE status IN ('ok', 'warning') "
      "AND (? OR (record ->> '$.pdf.left_unsigned' IS NULL AND NOT EXISTS ("
      "SELECT 1 FROM json_each(record, '$.signatures') AS one WHERE one.value ->> 'received'))) AND NOT EXISTS ("
      "SELECT 1 FROM json_each(record, '$.signatures') AS one, (SELECT ? AS role) "
      "WHERE one.value ->> 'received' IS NULL AND substr(one.value ->> 'field', 1, length(role)) = role "
      "AND ltrim(substr(one.value ->> 'field', length(role) + 1), '0123456789') = '') "
      "ORDER BY batch, position, id");
  names.bind(std::int64_t{received_too}).bind(role);
  return texts_of(names);
}

std::vector<std::string> Catalog::documents_below(const std::string& level, const std::string& until) {
  // The names of the levels B-B, B-T, B-LT, B-LTA differ in length, but for the first two.
  Statement names = m_database.prepare(
      "SELECT id FROM documents WHERE status IN ('ok', 'warning') AND EXISTS ("
      "SELECT 1 FROM json_each(record, '$.signatures') AS one, (SELECT ? AS level, ? AS until) "
      "WHERE one.value ->> 'received' IS NULL AND ("
      "(length(one.value ->> 'level'), one.value ->> 'level') < (length(level), level) "
      "OR one.value ->> 'until' < until)) ORDER BY batch, position, id");
  names.bind(level).bind(until);
  return texts_of(names);
}

std::set<std::string> Catalog::sources() {
  Statement sources = m_database.prepare("SELECT record ->> '$.source.path' FROM documents");
  const std::vector<std::string> paths = texts_of(sources);
  return {paths.begin(), paths.end()};
}

std::optional<Catalog::Pace> Catalog::last_pace() {
  // Signing may have waited for the morning.
  Statement pace = m_database.prepare(
      "SELECT batch, sum(json_array_length(record, '$.source.pages')), "
      "max(strftime('%s', (SELECT max(one.value ->> 'ended') FROM json_each(record, '$.history') AS one "
      "WHERE one.value ->> 'step' <> 'sign'))) - min(strftime('%s', record ->> '$.history[0].started')) "
      "FROM documents WHERE status IN ('ok', 'warning') "
      "AND batch = (SELECT batch FROM documents ORDER BY rowid DESC LIMIT 1) GROUP BY batch");
  if (!pace.step() || pace.number(1) <= 0 || pace.number(2) <= 0) {
    return std::nullopt;
  }
  return Pace{pace.text(0), static_cast<double>(pace.number(1)) / static_cast<double>(pace.number(2))};
}

std::size_t Catalog::batch_size(const std::string& batch) {
  Statement size = m_database.prepare("SELECT coalesce(max(position) + 1, 0) FROM documents WHERE batch = ?");
  size.bind(batch).step();
  return static_cast<std::size_t>(size.number(0));
}

void Catalog::each_of_batch(const std::string& batch, const std::function<void(const Json&)>& visit) {
  Statement records = m_database.prepare("SELECT record FROM documents WHERE batch = ? ORDER BY position, id");
  records.bind(batch);
  while (records.step()) {
    visit(parse_json(records.text(0), "a record of the catalog"));
  }
}

std::vector<std::string> Catalog::unmanifested_batches() {
  Statement names = m_database.prepare("SELECT DISTINCT batch FROM documents WHERE manifested = 0 ORDER BY batch");
  return texts_of(names);
}

void Catalog::mark_manifested(const std::string& batch) {
  m_database.prepare("UPDATE documents SET manifested = 1 WHERE batch = ?").bind(batch).step();
}

}  // namespace sohoa
