// SPDX-License-Identifier: Apache-2.0
// SQLite behind one door: an owned connection, prepared statements, transactions that roll back.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace sohoa {

class Sqlite;

// One statement with its values. Not kept beyond the connection.
class Statement {
 public:
  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  // True when there is a row to read; false when it is done. Throws Error(ExitStatus::environment).
  bool step();
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;

 private:
  friend class Sqlite;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  Statement(sqlite3_stmt* statement, const Sqlite& owner) : m_statement(statement), m_owner(owner) {}
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
  const Sqlite& m_owner;
  int m_next = 1;
};

class Sqlite {
 public:
  enum class Access { write, read };

  // Opens or makes the file: write-ahead log, full synchronization (what is committed outlasts a power cut), waits up
  // to 30 s for another writer. To read it makes nothing and changes nothing.
  explicit Sqlite(fs::path file, Access access = Access::write);

  [[nodiscard]] Statement prepare(std::string_view sql) const;
  void execute(const std::string& sql) const;
  [[nodiscard]] bool in_transaction() const;
  // Throws Error(ExitStatus::environment) with the database's own words: disk-full, catalog-locked, or
  // catalog-unreachable.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  fs::path m_file;
  std::unique_ptr<sqlite3, Close> m_database;
};

// Begins at once as a writer; rolls back unless committed. Inside another one it is part of that one, which alone
// commits or rolls back.
class Transaction {
 public:
  explicit Transaction(const Sqlite& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  const Sqlite& m_database;
  bool m_open;
};

}  // namespace sohoa
