// SPDX-License-Identifier: Apache-2.0
// Putting a record into the tables of a catalog, and taking in those of other offices.
#pragma once

#include "core/catalog_place.hpp"
#include "core/json.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sohoa {

// Who holds a code or a number that was given elsewhere, when no document is known for it.
inline std::string nobody(const std::string& code) { return "import:" + code; }

struct StoredAt {
  std::string archive;
  std::string batch;
  std::size_t position = 0;
  std::int64_t import = 0;
};

// Puts the record in place of one of the same id, with its fields, signatures and words, and without events. Its
// number. Part of the caller's transaction.
std::int64_t store_document(const Database& database, const Json& record, const StoredAt& at);

// One manifest of another office, taken in whole by finish() or not at all. Memory does not grow with the rows.
class CatalogImport {
 public:
  enum class Taken { added, changed, known, elsewhere };

  // `origin` is the key of the office's archive and the name of the batch; its files are seen from `root`, absolute.
  CatalogImport(const CatalogPlace& place, std::string origin, std::string root);
  CatalogImport(const CatalogImport&) = delete;
  CatalogImport& operator=(const CatalogImport&) = delete;
  ~CatalogImport();

  // One delivered document; elsewhere: another archive has the same scans, which stay as they are. Throws
  // Error(ExitStatus::input): "code-taken", "place-taken" of its code or its place in the dossier, "listed-twice"; then
  // the others can still be tried, and finish() must not be called.
  Taken add(const Json& record);
  // Commits, with an event that has the manifest's SHA-256, when there was something new.
  void finish(const std::string& manifest_sha256);

 private:
  void take_code(const std::string& id, const Json& record);
  void take_ordinal(const std::string& id, const Json& record);

  std::unique_ptr<Database> m_database;
  std::unique_ptr<Transaction> m_whole;
  std::string m_origin;
  std::string m_root;
  std::int64_t m_import = 0;
  std::size_t m_added = 0;
  std::size_t m_changed = 0;
  std::size_t m_position = 0;
};

}  // namespace sohoa
