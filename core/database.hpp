// SPDX-License-Identifier: Apache-2.0
// The database of a catalog, be it a file of SQLite (core/sqlite.hpp) or a server of PostgreSQL (core/postgres.hpp):
// prepared statements and transactions that roll back.
//
// SQL is what both understand: "?" for a value, whole numbers and texts, ON CONFLICT (columns), RETURNING. Everything
// throws Error(ExitStatus::environment) in the database's own words: catalog-unreachable, catalog-locked, disk-full.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sohoa {

enum class Dialect { sqlite, postgresql };

// What a database makes of one statement.
class StatementBody {
 public:
  StatementBody() = default;
  StatementBody(const StatementBody&) = delete;
  StatementBody& operator=(const StatementBody&) = delete;
  virtual ~StatementBody() = default;
  virtual void bind(std::string_view text) = 0;
  virtual void bind(std::int64_t number) = 0;
  virtual bool step() = 0;
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
};

// One statement with its values. Not kept beyond the connection.
class Statement {
 public:
  explicit Statement(std::unique_ptr<StatementBody> body) : m_body(std::move(body)) {}
  Statement& bind(std::string_view text) {
    m_body->bind(text);
    return *this;
  }
  Statement& bind(std::int64_t number) {
    m_body->bind(number);
    return *this;
  }
  // True when there is a row to read; false when it is done.
  bool step() { return m_body->step(); }
  // Columns count from 0; NULL is "" and 0.
  [[nodiscard]] std::string text(int column) const { return m_body->text(column); }
  [[nodiscard]] std::int64_t number(int column) const { return m_body->number(column); }

 private:
  std::unique_ptr<StatementBody> m_body;
};

class Database {
 public:
  enum class Access { write, read };

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  [[nodiscard]] virtual Dialect dialect() const = 0;
  // As people may read it: a path, or the server's address without a password.
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual Statement prepare(std::string_view sql) const = 0;
  // Statements without values, one or several.
  virtual void execute(const std::string& sql) const = 0;

  [[nodiscard]] virtual bool in_transaction() const = 0;
  // As a writer that sees what others committed before each statement.
  virtual void begin() const = 0;
  virtual void commit() const = 0;
  virtual void rollback() const = 0;
  // In a transaction: whoever names the same thing waits until that transaction has ended. Where writers are let in one
  // by one it does nothing.
  virtual void lock(std::string_view thing) const = 0;
  // Whether a commit returns only when it outlasts a power cut; so it does at first.
  virtual void wait_for_disk(bool wait) const = 0;

  // The version of the tables; 0 when there are none.
  [[nodiscard]] virtual std::int64_t schema_version() const = 0;
  virtual void set_schema_version(std::int64_t version) const = 0;
};

// Begins at once as a writer; rolls back unless committed. Inside another one it is part of that one, which alone
// commits or rolls back.
class Transaction {
 public:
  explicit Transaction(const Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  const Database& m_database;
  bool m_open;
};

// postgresql://… or postgres://…
bool is_server(std::string_view where);
// A server by its URL, or a file.
std::unique_ptr<Database> open_database(const std::string& where, Database::Access access);

}  // namespace sohoa
