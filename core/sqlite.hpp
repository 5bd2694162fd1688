// SPDX-License-Identifier: Apache-2.0
// SQLite behind one door: an owned connection to one file.
#pragma once

#include "core/database.hpp"
#include "core/fs.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace sohoa {

class Sqlite : public Database {
 public:
  // Opens or makes the file: write-ahead log, full synchronization (what is committed outlasts a power cut), waits up
  // to 30 s for another writer; writers are let in one by one. To read it makes nothing and changes nothing.
  explicit Sqlite(fs::path file, Access access = Access::write);

  [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
  [[nodiscard]] std::string name() const override { return m_file.string(); }
  [[nodiscard]] Statement prepare(std::string_view sql) const override;
  void execute(const std::string& sql) const override;
  [[nodiscard]] bool in_transaction() const override;
  void begin() const override { execute("BEGIN IMMEDIATE"); }
  void commit() const override { execute("COMMIT"); }
  void rollback() const override { execute("ROLLBACK"); }
  void lock(std::string_view thing) const override { static_cast<void>(thing); }
  void wait_for_disk(bool wait) const override;
  [[nodiscard]] std::int64_t schema_version() const override;
  void set_schema_version(std::int64_t version) const override;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;
  class Body;

  [[noreturn]] void fail(const std::string& what) const;
  void keep_log() const;
  [[nodiscard]] Handle handle_of(const std::string& sql) const;

  fs::path m_file;
  std::unique_ptr<sqlite3, Close> m_database;
  mutable std::unordered_map<std::string, Handle> m_idle;  // statements to be used again, by their SQL
};

}  // namespace sohoa
