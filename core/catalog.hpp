// SPDX-License-Identifier: Apache-2.0
// The archive's memory: result codes given, places in dossiers, documents delivered or quarantined, what was done to
// them, and the tries that did not end (core/journal.hpp). A file of SQLite, or a PostgreSQL server that several
// archives on several hosts share; the tables are core/catalog_schema.hpp's. Every change is one durable transaction
// unless transaction() joins several, and several processes may write: numbers are given without gaps, each once.
#pragma once

#include "core/catalog_events.hpp"
#include "core/catalog_place.hpp"
#include "core/database.hpp"
#include "core/document.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sohoa {

class Catalog {
 public:
  // Opens or makes it, bringing an older schema up to date. Throws Error(ExitStatus::environment,
  // "catalog-unreachable"), also for a schema newer than this program's. Batches, and what waits for something, are
  // those of the place's archive; codes, places in dossiers and documents by their id are everybody's.
  explicit Catalog(const CatalogPlace& place);
  // To read what lies there; nothing is made or changed. Of an older schema, only document(), delivered_as() and
  // sources() can be asked; is_current() tells.
  Catalog(const CatalogPlace& place, Database::Access access);
  [[nodiscard]] bool is_current() const;

  // Makes one durable transaction of the changes until it is committed.
  [[nodiscard]] Transaction transaction() { return Transaction(m_database); }

  // The sequence number of this document among the codes with that prefix: the one it was given
  // before, or the next free one. Counts from 1.
  int allot_sequence(const std::string& prefix, const std::string& document_id);
  // Writes down the finished code. Throws Error(ExitStatus::input, "code-taken") when another document holds it.
  void record_code(const std::string& code, const std::string& document_id, const std::string& given);
  // When the document's code was first given (ISO 8601 UTC), if it was.
  std::optional<std::string> given_at(const std::string& code, const std::string& document_id);

  // Codes (core/catalog_codes.cpp).
  // One that was given elsewhere: by the list `list`, for `document` ("": not known there). `prefix` "" when it could
  // not be read. Its number is taken, so that nobody gets it.
  struct ImportedCode {
    std::string code;
    std::string document;
    std::string prefix;
    int sequence = 0;
    std::string owner;
    std::string symbol;
    std::string list;
  };
  // False when exactly this was imported before.
  bool import_code(const ImportedCode& imported);
  // A code of whatever prefix, that was imported for no document that is known here.
  std::optional<std::string> imported_for_nobody(const std::string& prefix);
  // What stands against the rule of one code a document and one document a code, in the order of the codes:
  //   code-twice      one code for two documents        number-twice  one number under a prefix with two codes
  //   two-codes       a document that has two codes     not-read      a code that could not be read
  //   number-unused   a number below the last of its prefix that was given to nobody
  //   not-delivered   a code whose document the archive does not have
  //   too-long        a code of more than `max_length` characters; `other` is their number
  // `number-unused` has the first and last of each row of numbers. A catalog without documents has no not-delivered.
  struct CodeFinding {
    std::string finding;
    std::string code;      // or the prefix
    std::string document;  // or the number: "3", "5-9"
    std::string other;     // other document or code, or when it was given
  };
  void each_code_finding(std::size_t max_length, const std::function<void(const CodeFinding&)>& visit);

  // Rows of registers (core/catalog_register.cpp): that the document is the paper of a row with that key.
  void note_row(const std::string& row_key, const std::string& document_id);
  // Those that were delivered to this archive, in order.
  std::vector<std::string> delivered_of_row(const std::string& row_key);

  // The place of this document in its dossier, kept over reruns. `wanted` > 0 asks for one; nothing is returned when
  // another document has it. 0 gives the next after the last.
  std::optional<int> allot_ordinal(const std::string& dossier, const std::string& document_id, int wanted);

  // The finished record of a document, replacing an earlier one of the same id.
  void put_document(const Document& document, const std::string& batch, std::size_t position);
  // What was done to a document since; its place in its batch stays, and so do the words of its pages.
  void update_document(const Document& document);
  std::optional<Json> document(const std::string& document_id);
  // The path of the document's PDF, below the archive, when it was delivered; into another archive, with its place.
  std::optional<std::string> delivered_as(const std::string& document_id);
  bool delivered(const std::string& document_id);
  // Ids of the delivered documents whose record has no signature of that role, by batch and position.
  // Those that came signed, and those that signing left as they came, only when `received_too`.
  std::vector<std::string> unsigned_documents(const std::string& role, bool received_too = false);
  // Those that have a signature of a lower level than that ("B-T", "B-LT", "B-LTA"), or one whose newest time-stamp can
  // be proven only until a time before that (ISO 8601 UTC; "": whatever it is).
  std::vector<std::string> documents_below(const std::string& level, const std::string& until = "");

  // The paths of all sources that were met, as they were given.
  std::set<std::string> sources();
  // How fast the batch was that was put last, from its first ingest to its last PDF; nothing when that cannot be told.
  struct Pace {
    std::string batch;
    double pages_per_second = 0;
  };
  std::optional<Pace> last_pace();

  // Notes of a document that was put as quarantined by which rules it failed: a digest of all that decides.
  void note_quarantine(const std::string& document_id, const std::string& rules);
  // When a document that is quarantined by the same rules first was (ISO 8601 UTC).
  std::optional<std::string> quarantined_since(const std::string& document_id, const std::string& rules);

  // Documents of the batch so far.
  std::size_t batch_size(const std::string& batch);
  // Every record of the batch, by position.
  void each_of_batch(const std::string& batch, const std::function<void(const Json&)>& visit);
  // Batches with documents put since mark_manifested() was last called on them.
  std::vector<std::string> unmanifested_batches();
  // Notes the digests of the batch's manifest files in the chain of events.
  void mark_manifested(const std::string& batch, const std::map<std::string, std::string>& sha256_by_name = {});
  // Of the manifest files of this archive as they were written last, by name; not of batches that wait for theirs.
  std::map<std::string, std::string> manifests_noted();

  // What was done to documents.
  [[nodiscard]] EventChain events() const { return EventChain(m_database); }

 private:
  std::int64_t store(const Json& record, const std::string& batch, std::size_t position);
  void index_again();

  std::unique_ptr<Database> m_owned;
  const Database& m_database;
  std::string m_archive;
};

}  // namespace sohoa
