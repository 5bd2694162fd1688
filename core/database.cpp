// SPDX-License-Identifier: Apache-2.0
#include "core/database.hpp"

#include "core/error.hpp"
#include "core/postgres.hpp"
#include "core/sqlite.hpp"

namespace sohoa {

Transaction::Transaction(const Database& database) : m_database(database), m_open(!database.in_transaction()) {
  if (m_open) {
    m_database.begin();
  }
}

Transaction::~Transaction() {
  if (m_open) {
    try {
      m_database.rollback();
    } catch (const Error&) {
      // The transaction is undone when the connection closes.
    }
  }
}

void Transaction::commit() {
  if (m_open) {
    m_database.commit();
    m_open = false;
  }
}

bool is_server(std::string_view where) {
  return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::unique_ptr<Database> open_database(const std::string& where, Database::Access access) {
  if (is_server(where)) {
    return std::make_unique<Postgres>(where, access);
  }
  return std::make_unique<Sqlite>(where, access);
}

}  // namespace sohoa
