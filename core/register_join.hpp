// SPDX-License-Identifier: Apache-2.0
// Joins an office's register to a stream of documents and keeps account of both.
#pragma once

#include "core/reconciliation.hpp"
#include "core/register.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sohoa {

// What earlier runs knew. Without an archive nothing is.
struct RegisterMemory {
  // The record of a document that was delivered.
  std::function<std::optional<Json>(const std::string& id)> record = [](const std::string&) { return std::nullopt; };
  // Ids of the delivered documents that a key of a row was noted for.
  std::function<std::vector<std::string>(const std::string& key)> holders = [](const std::string&) {
    return std::vector<std::string>();
  };
  std::function<void(const std::vector<std::string>& keys, const std::string& id)> note =
      [](const std::vector<std::string>&, const std::string&) {};
};

// Documents come in the order of the stream. Each is joined once by what its scan says, and once more, when no row was
// found, by what was read on its pages.
class RegisterJoin {
 public:
  RegisterJoin(Register joined, const Profile& profile, RegisterMemory memory = {});

  // Writes fields (origin "register", confidence 1), dossier {code, origin, row, ordinal, kind, note_pair} and
  // reconciliation {register, row, row_key, by, findings} of the document's row. What was read otherwise and is not the
  // same is a finding and the problem "field-differs". Told as problems too: "register-row-missing",
  // "register-ambiguous", "register-keys-differ", "scan-double" (then nothing of the row is written) and
  // "pages-differ". What an earlier join left is replaced.
  void join(Document& document);
  // The same by the fields that were read, of a document that has no row yet; and takes account of what was found.
  void join_by_page(Document& document);
  // Takes account of a document that join() was called for, when no page is read.
  void account(const Document& document);
  // A document that goes by, failed or known: its scan is there, whatever became of it.
  void pass(const Document& document);
  // A scan that is there and is no document yet.
  void see(const std::string& path);

  // All findings: those of documents by the scans' names, then the rows without a scan.
  [[nodiscard]] std::vector<ListedFinding> findings() const;
  // Labels of the rows without a scan.
  [[nodiscard]] std::vector<std::string> missing() const;
  [[nodiscard]] const Register& joined() const noexcept { return m_register; }

 private:
  void tell_named_otherwise(Document& document, const RegisterRow& row) const;
  void settle(Document& document, const RegisterMatch& match);
  void apply(Document& document, std::size_t row);
  void count_pages(Document& document, const RegisterRow& row) const;
  void tell(Document& document, const Finding& finding, const Problem& problem) const;
  [[nodiscard]] std::string other_holder(const Document& document, std::size_t row) const;
  [[nodiscard]] std::string same_scans(const Document& document);
  void recall(const Document& document, const Json& record);
  void list(const Finding& finding, std::optional<std::size_t> row, const Document& document);
  [[nodiscard]] std::vector<std::size_t> rows_without_scan() const;
  [[nodiscard]] std::optional<std::size_t> row_of(const Json& record) const;

  Register m_register;
  ExtractRules m_rules;
  RegisterMemory m_memory;
  std::map<std::string, std::size_t> m_by_key;
  std::map<std::size_t, std::size_t> m_by_number;
  std::set<std::size_t> m_seen;
  std::map<std::size_t, std::pair<std::string, std::string>> m_holders;  // row: id and name of its document
  std::map<std::string, std::string> m_names;                            // by id
  std::vector<ListedFinding> m_findings;
};

}  // namespace sohoa
