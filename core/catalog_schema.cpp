// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_schema.hpp"

#include "core/catalog_dossiers.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/text_index.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sohoa {
namespace {

// What brings a catalog from version 0 to 1, from 1 to 2 and so on. Never changed, only added to. IDENTITY is a number
// that the database gives.
constexpr std::array<const char*, 5> migrations{R"(
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
)",
                                                R"(
DROP INDEX documents_by_batch;
ALTER TABLE documents RENAME TO documents_before;
CREATE TABLE documents (
  number       IDENTITY,
  id           TEXT NOT NULL UNIQUE,
  archive      TEXT NOT NULL,
  batch        TEXT NOT NULL,
  position     INTEGER NOT NULL,
  manifested   INTEGER NOT NULL DEFAULT 0,
  import       INTEGER NOT NULL DEFAULT 0,
  status       TEXT NOT NULL,
  source       TEXT NOT NULL,
  pages        INTEGER NOT NULL,
  path         TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  dossier      TEXT NOT NULL,
  kind         TEXT NOT NULL,
  code         TEXT NOT NULL,
  owner        TEXT NOT NULL,
  type         TEXT NOT NULL,
  symbol       TEXT NOT NULL,
  agency_key   TEXT NOT NULL,
  agency       TEXT NOT NULL,
  procedure    TEXT NOT NULL,
  level        TEXT NOT NULL,
  operator     TEXT NOT NULL,
  issued       TEXT NOT NULL,
  received     TEXT NOT NULL,
  signed_level TEXT NOT NULL,
  left_unsigned TEXT NOT NULL,
  reused       INTEGER NOT NULL DEFAULT 0,
  started      INTEGER NOT NULL,
  ended        INTEGER NOT NULL,
  text_version INTEGER NOT NULL DEFAULT 0,
  record       TEXT NOT NULL);
CREATE INDEX documents_by_batch ON documents (archive, batch, position);
CREATE INDEX documents_unmanifested ON documents (archive, batch) WHERE manifested = 0;
CREATE INDEX documents_by_owner ON documents (owner, type, symbol) WHERE owner <> '';
CREATE INDEX documents_by_symbol ON documents (symbol) WHERE symbol <> '';
CREATE INDEX documents_by_code ON documents (code) WHERE code <> '';
CREATE INDEX documents_by_dossier ON documents (dossier, kind) WHERE dossier <> '';
CREATE INDEX documents_by_type ON documents (type, issued) WHERE type <> '';
CREATE INDEX documents_by_agency ON documents (agency_key, issued) WHERE agency_key <> '';
CREATE INDEX documents_by_issued ON documents (issued) WHERE issued <> '';
CREATE INDEX documents_by_received ON documents (received) WHERE received <> '';
CREATE TABLE fields (
  document   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  origin     TEXT NOT NULL,
  PRIMARY KEY (document, name)) WITHOUT ROWID;
CREATE TABLE signatures (
  document INTEGER NOT NULL,
  position INTEGER NOT NULL,
  signer   TEXT NOT NULL,
  field    TEXT NOT NULL,
  role     TEXT NOT NULL,
  level    TEXT NOT NULL,
  time     TEXT NOT NULL,
  until    TEXT NOT NULL,
  status   TEXT NOT NULL,
  PRIMARY KEY (document, position)) WITHOUT ROWID;
CREATE TABLE reuse (
  document INTEGER NOT NULL,
  dossier  TEXT NOT NULL,
  at       TEXT NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY (document, dossier)) WITHOUT ROWID;
CREATE TABLE events (
  number   INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  at       TEXT NOT NULL,
  host     TEXT NOT NULL,
  operator TEXT NOT NULL,
  detail   TEXT NOT NULL,
  digest   TEXT NOT NULL);
CREATE INDEX events_by_document ON events (document);
CREATE TABLE chain (number INTEGER NOT NULL, digest TEXT NOT NULL);
INSERT INTO chain VALUES (0, '');
CREATE TABLE imports (
  number    IDENTITY,
  manifest  TEXT NOT NULL,
  archive   TEXT NOT NULL,
  at        TEXT NOT NULL);
CREATE TABLE archives (
  archive TEXT PRIMARY KEY,
  root    TEXT NOT NULL,
  host    TEXT NOT NULL);
ALTER TABLE attempts RENAME TO attempts_before;
CREATE TABLE attempts (
  archive TEXT NOT NULL,
  scan    TEXT NOT NULL,
  step    TEXT NOT NULL,
  options TEXT NOT NULL,
  version TEXT NOT NULL,
  tries   INTEGER NOT NULL,
  deaths  INTEGER NOT NULL DEFAULT 0,
  last    TEXT NOT NULL,
  word    TEXT NOT NULL DEFAULT '',
  reason  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (archive, scan, step, options)) WITHOUT ROWID;
INSERT INTO attempts SELECT '', scan, step, options, version, tries, deaths, last, word, reason FROM attempts_before;
DROP TABLE attempts_before;
)",
                                                R"(
CREATE TABLE imported_codes (
  code     TEXT NOT NULL,
  document TEXT NOT NULL,
  prefix   TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  owner    TEXT NOT NULL,
  symbol   TEXT NOT NULL,
  list     TEXT NOT NULL,
  PRIMARY KEY (code, document));
CREATE INDEX imported_codes_by_prefix ON imported_codes (prefix, sequence);
CREATE INDEX codes_by_document ON codes (document);
CREATE TABLE register_rows (
  row_key  TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (row_key, document));
)",
                                                R"(
ALTER TABLE documents ADD COLUMN rescan INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN rescan_pages INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_to_rescan ON documents (number) WHERE rescan > 0;
CREATE INDEX documents_to_sign ON documents (number) WHERE signed_level = '' AND left_unsigned = '';
CREATE INDEX documents_unfiled ON documents (status, pages, signed_level, left_unsigned, rescan, rescan_pages, archive, batch)
  WHERE dossier = '';
CREATE INDEX reuse_by_dossier ON reuse (dossier);
CREATE TABLE received (
  dossier           TEXT PRIMARY KEY,
  agency            TEXT NOT NULL,
  level             TEXT NOT NULL,
  procedure         TEXT NOT NULL,
  officer           TEXT NOT NULL,
  received          TEXT NOT NULL,
  list              TEXT NOT NULL,
  paper_result      INTEGER NOT NULL,
  electronic_result INTEGER NOT NULL,
  electronic_parts  INTEGER NOT NULL,
  reused            INTEGER NOT NULL);
CREATE TABLE dossiers (
  dossier           TEXT PRIMARY KEY,
  agency            TEXT NOT NULL,
  level             TEXT NOT NULL,
  procedure         TEXT NOT NULL,
  officer           TEXT NOT NULL,
  received          TEXT NOT NULL,
  listed            INTEGER NOT NULL,
  paper_result      INTEGER NOT NULL,
  electronic_result INTEGER NOT NULL,
  electronic_parts  INTEGER NOT NULL,
  reused            INTEGER NOT NULL,
  documents         INTEGER NOT NULL,
  pages             INTEGER NOT NULL,
  results           INTEGER NOT NULL,
  parts             INTEGER NOT NULL,
  unnamed           INTEGER NOT NULL,
  signed_results    INTEGER NOT NULL,
  signed_unnamed    INTEGER NOT NULL,
  signed            INTEGER NOT NULL,
  waiting           INTEGER NOT NULL,
  rescan            INTEGER NOT NULL,
  rescan_pages      INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX dossiers_by_received ON dossiers (received);
)"};

// Which of them need the records read again, and which the dossiers counted.
constexpr std::size_t indexing = 2;
constexpr std::size_t counting = 4;

std::string in_dialect(std::string sql, Dialect dialect) {
  const bool server = dialect == Dialect::postgresql;
  if (server) {
    // Texts compare by their bytes, as in SQLite.
    replace_all(sql, " TEXT ", " TEXT COLLATE \"C\" ");
    replace_all(sql, "INTEGER", "BIGINT");
    replace_all(sql, " WITHOUT ROWID", "");
  }
  replace_all(sql, "IDENTITY", server ? "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY");
  return sql;
}

}  // namespace

std::int64_t newest_schema() { return static_cast<std::int64_t>(migrations.size()); }

void bring_up_to_date(const Database& database, const std::function<void()>& index_again) {
  Transaction transaction(database);
  database.lock("schema");
  const std::int64_t found = database.schema_version();
  if (found > newest_schema()) {
    throw environment_error("catalog-unreachable", "the catalog " + database.name() + " was written by a newer sohoa",
                            "use that version");
  }
  for (auto next = static_cast<std::size_t>(std::max<std::int64_t>(found, 0)); next < migrations.size(); ++next) {
    database.execute(in_dialect(migrations.at(next), database.dialect()));
    if (next == indexing) {
      TextIndex::make(database);
    }
  }
  // When all tables are as this program knows them.
  const auto was = static_cast<std::size_t>(std::max<std::int64_t>(found, 0));
  if (was <= indexing) {
    index_again();
    database.execute("DROP TABLE documents_before");
  } else if (was <= counting) {
    read_again_for_dossiers(database);
  }
  if (found < newest_schema()) {
    database.set_schema_version(newest_schema());
  }
  transaction.commit();
}

}  // namespace sohoa
