// SPDX-License-Identifier: Apache-2.0
// Catalogs of both kinds for a test: a file, and a schema of its own on a PostgreSQL server that lives as long as the
// test program. A test that needs the server is declared
//   TEST_CASE("…" * doctest::skip(!has_postgres()))
#pragma once

#include "core/catalog.hpp"
#include "core/postgres.hpp"
#include "core/text.hpp"
#include "support/corpus.hpp"
#include "support/run.hpp"

#include <string>

#include <doctest/doctest.h>

namespace sohoa::test {

class PostgresServer {
 public:
  PostgresServer() : m_made(call("new")) { m_folder = trim(m_made.out); }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer() {
    if (installed()) {
      static_cast<void>(call("remove"));
    }
  }
  [[nodiscard]] bool installed() const { return m_made.status == 0; }
  void stop() const { REQUIRE(call("stop").status == 0); }
  void start() const { REQUIRE(call("start").status == 0); }
  [[nodiscard]] std::string url() const {
    return "postgresql://postgres@/postgres?host=" + m_folder + "&connect_timeout=3";
  }
  // An empty place on the server.
  [[nodiscard]] std::string schema() const {
    static int made = 0;
    const std::string name = "t" + std::to_string(++made);
    Postgres(url(), Database::Access::write).execute("CREATE SCHEMA " + name);
    return url() + "&options=-csearch_path%3D" + name;
  }

 private:
  [[nodiscard]] Run call(const char* verb) const {
    return run({std::string(SOHOA_SOURCE_DIR) + "/tests/support/postgres-server", verb, m_folder});
  }
  std::string m_folder;
  Run m_made;
};

inline const PostgresServer& postgres() {
  static const PostgresServer server;
  return server;
}

inline bool has_postgres() { return fs::exists("/usr/lib/postgresql"); }

// Calls `test` with a new place of each kind.
template <typename Test>
void on_both(const Test& test) {
  const TempDir folder;
  {
    INFO("SQLite");
    test(CatalogPlace(folder / "catalog.sqlite"));
  }
  if (!has_postgres()) {
    MESSAGE("skipped for PostgreSQL, which is not installed");
    return;
  }
  INFO("PostgreSQL");
  REQUIRE(postgres().installed());
  test(CatalogPlace(postgres().schema()));
}

}  // namespace sohoa::test
