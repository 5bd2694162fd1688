// SPDX-License-Identifier: Apache-2.0
// The archive's memory: result codes given, documents delivered. SQLite, one file; every change is
// one durable transaction.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct sqlite3;

namespace sohoa {

class Catalog {
 public:
  // Opens or makes `file`, migrating an older schema. Throws Error(ExitStatus::environment,
  // "catalog-unreachable").
  explicit Catalog(const fs::path& file);
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  // The sequence number of this document among the codes with that prefix: the one it was given
  // before, or the next free one, committed before this returns. Counts from 1.
  int allot_sequence(const std::string& prefix, const std::string& document_id);
  // Writes down the finished code. Throws Error(ExitStatus::environment, "code-taken") when another
  // document holds it.
  void record_code(const std::string& code, const std::string& document_id, const std::string& given);
  std::optional<std::string> code_of(const std::string& document_id);

  // The place of this document in its dossier, kept over reruns; `wanted` > 0 asks for a place and is
  // refused (nothing returned) when another document has it.
  std::optional<int> allot_ordinal(const std::string& dossier, const std::string& document_id, int wanted);

  // The finished record of a document, replacing an earlier one of the same id.
  void put_document(const Document& document, const std::string& batch);
  std::optional<Json> document(const std::string& document_id);
  // Every record of the batch, in the order of its documents' position in it.
  void each_of_batch(const std::string& batch, const std::function<void(const Json&)>& visit);

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  std::unique_ptr<sqlite3, Close> m_database;
};

}  // namespace sohoa
