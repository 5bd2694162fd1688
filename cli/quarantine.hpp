// SPDX-License-Identifier: Apache-2.0
// The documents that failed before: the same scans by the same rules would fail again.
#pragma once

#include "cli/steps.hpp"

#include <string>
#include <vector>

namespace sohoa {

// Digest of all that decides how a document fares beside its scans: the profile in force, the steps with their options
// and versions, the register's content.
std::string rules_digest(const std::string& profile, const std::vector<StepPtr>& steps,
                         const std::string& register_file);

class Quarantine {
 public:
  // `root` is the archive's. With `retry` nothing is held, nor what `not_secret` names.
  Quarantine(CatalogDoor catalog, fs::path root, bool retry, NotSecret not_secret)
      : m_catalog(std::move(catalog)), m_root(std::move(root)), m_retry(retry), m_not_secret(std::move(not_secret)) {}
  void set_rules(std::string rules) { m_rules = std::move(rules); }

  // True when the document lies in quarantine by the same rules, or as a secret one by whatever rules; then it is
  // marked so, with the error of that time. One whose folder somebody took away is tried again.
  bool holds(Document& document) const;
  // After put_document() of a document that was quarantined now.
  void note(const Document& document) const;

 private:
  CatalogDoor m_catalog;
  fs::path m_root;
  bool m_retry;
  NotSecret m_not_secret;
  std::string m_rules;
};

}  // namespace sohoa
