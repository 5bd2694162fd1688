// SPDX-License-Identifier: Apache-2.0
// PostgreSQL (15 and later) behind one door: one owned connection to a server that many hosts share.
//
// A server that stops is waited for when a transaction begins and when rows are read outside of one; what breaks in the
// middle of a transaction was not done, and throws "catalog-unreachable".
#pragma once

#include "core/database.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace sohoa {

class Postgres : public Database {
 public:
  // `url`: a connection URI of libpq; what it leaves out comes from libpq's environment and ~/.pgpass. Its
  // connect_timeout (10 s unless given) is also how long a server that went away is waited for. Throws
  // Error(ExitStatus::usage, "catalog-url") for one that libpq does not understand.
  Postgres(const std::string& url, Access access);

  // The URL without a password, its parts in libpq's order: equal for URLs that mean the same.
  static std::string without_password(const std::string& url);

  [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }
  [[nodiscard]] std::string name() const override { return m_name; }
  [[nodiscard]] Statement prepare(std::string_view sql) const override;
  void execute(const std::string& sql) const override;
  [[nodiscard]] bool in_transaction() const override { return m_in_transaction; }
  void begin() const override;
  void commit() const override;
  void rollback() const override;
  void lock(std::string_view thing) const override;
  void wait_for_disk(bool wait) const override;
  [[nodiscard]] std::int64_t schema_version() const override;
  void set_schema_version(std::int64_t version) const override;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const noexcept;
  };
  struct Clear {
    void operator()(pg_result* result) const noexcept;
  };
  using Result = std::unique_ptr<pg_result, Clear>;
  using Values = std::vector<std::string>;
  class Body;

  void connect() const;
  void connect_again() const;
  [[nodiscard]] bool lost() const;
  [[nodiscard]] Result run(const std::string& sql, const Values& values) const;
  [[nodiscard]] Result run_prepared(const std::string& sql, const Values& values) const;
  [[nodiscard]] Result run_plain(const std::string& sql) const;
  [[noreturn]] void fail(const pg_result* result) const;
  [[noreturn]] void unreachable(std::string cause) const;

  std::string m_url;
  std::string m_name;
  bool m_read_only;
  mutable std::chrono::seconds m_patience{10};
  mutable std::unique_ptr<pg_conn, Finish> m_connection;
  mutable std::map<std::string, std::string, std::less<>> m_prepared;  // names on the server, by SQL
  mutable bool m_in_transaction = false;
  mutable bool m_waits = true;
  mutable bool m_gone = false;  // the server said farewell
};

}  // namespace sohoa
