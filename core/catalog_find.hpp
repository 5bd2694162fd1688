// SPDX-License-Identifier: Apache-2.0
// Papers that a catalog has, found again by what is known of them; and the note that one was used again.
#pragma once

#include "core/catalog_place.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

// What is asked; "" asks nothing. Marks and case make no difference but in code and dossier.
struct FindQuery {
  std::string owner = {};
  std::string type = {};
  std::string symbol = {};
  std::string code = {};
  std::string dossier = {};
  std::string agency = {};
  std::string from = {};  // first and last date of issue, YYYY-MM-DD
  std::string until = {};
  std::string text = {};  // words that the document has all, and "phrases"

  [[nodiscard]] bool empty() const;
};

struct FoundPaper {
  std::int64_t number = 0;
  std::string id;
  std::string root;  // absolute folder that `path` is seen from; "" when nobody wrote it down
  std::string path;  // of its PDF
  std::string sha256;
  std::string signed_level;
  std::int64_t reused = 0;
  std::string record;  // on one line
};

// The catalog to read, without making or changing anything; one of an older schema is brought up to date first.
// Throws Error(ExitStatus::input, "catalog-missing") when there is none.
std::unique_ptr<Database> open_current(const CatalogPlace& place);

class CatalogFinder {
 public:
  // As open_current() opens it.
  explicit CatalogFinder(const CatalogPlace& place);

  // Delivered documents of all archives that fit, at most `limit` (0: all): the latest issued first, by words the
  // latest taken in. True when there are more.
  bool find(const FindQuery& query, std::size_t limit, const std::function<void(const FoundPaper&)>& visit) const;

 private:
  [[nodiscard]] bool words_first(const FindQuery& query, const std::string& where,
                                 const std::vector<std::string>& values) const;

  std::unique_ptr<Database> m_database;
  std::string m_beside;  // folder of the catalog's own archive
};

// Writes down that the paper was used for a dossier; once a dossier. False when that was written down before.
bool note_reuse(const Database& database, const FoundPaper& paper, const std::string& dossier,
                const std::string& operator_name);

}  // namespace sohoa
