// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"

namespace sohoa {

void Catalog::note_row(const std::string& row_key, const std::string& document_id) {
  m_database.prepare("INSERT INTO register_rows (row_key, document) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .bind(row_key)
      .bind(document_id)
      .step();
}

std::vector<std::string> Catalog::delivered_of_row(const std::string& row_key) {
  Statement ids = m_database.prepare(
      "SELECT document FROM register_rows JOIN documents ON documents.id = register_rows.document "
      "WHERE row_key = ? AND archive = ? AND status IN ('ok', 'warning') ORDER BY document");
  ids.bind(row_key).bind(m_archive);
  std::vector<std::string> documents;
  while (ids.step()) {
    documents.push_back(ids.text(0));
  }
  return documents;
}

}  // namespace sohoa
