// SPDX-License-Identifier: Apache-2.0
#include "core/postgres.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

#include <libpq-fe.h>

namespace sohoa {
namespace {

constexpr std::string_view remedy = "look that the server runs and takes connections, then run again";

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

Options parsed(const std::string& url) {
  char* message = nullptr;
  Options options(PQconninfoParse(url.c_str(), &message));
  const std::unique_ptr<char, void (*)(void*)> owned(message, PQfreemem);
  if (options == nullptr) {
    // What libpq says would repeat the URL, and the password in it.
    throw usage_error("catalog-url", "the catalog's URL is not one of PostgreSQL",
                      "write postgresql://user@host/database, with other signs than letters and digits as %XX");
  }
  return options;
}

// "?" outside of quotes becomes $1, $2 …
std::string numbered(std::string_view sql) {
  std::string text;
  bool quoted = false;
  int next = 1;
  for (const char c : sql) {
    quoted = quoted != (c == '\'');
    if (c == '?' && !quoted) {
      text += "$" + std::to_string(next++);
    } else {
      text += c;
    }
  }
  return text;
}

// PostgreSQL keeps no NUL and no bytes that are not UTF-8.
std::string storable(std::string_view text) {
  std::string kept = is_utf8(text) ? std::string(text) : parse_json(to_line(Json(text)), "a text").get<std::string>();
  replace_all(kept, std::string_view("\0", 1), "\uFFFD");
  return kept;
}

bool reads(std::string_view sql) { return sql.starts_with("SELECT"); }

// One line, without the word "ERROR:" and the full stop.
std::string sentence(const char* message) {
  std::string text = trim(message == nullptr ? "" : message);
  text = text.substr(0, text.find("\nLINE "));
  std::replace(text.begin(), text.end(), '\n', ' ');
  for (const std::string_view word : {"ERROR:  ", "FATAL:  "}) {
    if (const std::size_t at = text.find(word); at != std::string::npos) {
      text.erase(at, word.size());
    }
  }
  return text;
}

}  // namespace

class Postgres::Body : public StatementBody {
 public:
  Body(const Postgres& owner, std::string_view sql) : m_owner(owner), m_sql(sql) {}
  void bind(std::string_view text) override { m_values.push_back(storable(text)); }
  void bind(std::int64_t number) override { m_values.push_back(std::to_string(number)); }
  bool step() override {
    if (m_result == nullptr) {
      m_result = m_owner.run(m_sql, m_values);
    } else {
      ++m_row;
    }
    return m_row < PQntuples(m_result.get());
  }
  [[nodiscard]] std::string text(int column) const override {
    return {PQgetvalue(m_result.get(), m_row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), m_row, column))};
  }
  [[nodiscard]] std::int64_t number(int column) const override {
    return std::strtoll(PQgetvalue(m_result.get(), m_row, column), nullptr, 10);
  }

 private:
  const Postgres& m_owner;
  std::string m_sql;
  Values m_values;
  Result m_result;
  int m_row = 0;
};

void Postgres::Finish::operator()(PGconn* connection) const noexcept { PQfinish(connection); }
void Postgres::Clear::operator()(PGresult* result) const noexcept { PQclear(result); }

Postgres::Postgres(const std::string& url, Access access)
    : m_url(url), m_name(without_password(url)), m_read_only(access == Access::read) {
  const Options options = parsed(url);
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (std::strcmp(option->keyword, "connect_timeout") == 0 && option->val != nullptr) {
      m_patience = std::chrono::seconds(std::max(2, std::atoi(option->val)));
    }
  }
  connect();
}

std::string Postgres::without_password(const std::string& url) {
  const Options options = parsed(url);
  std::string shown = "postgresql://";
  char mark = '?';
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view key = option->keyword;
    if (option->val != nullptr && key.find("password") == std::string_view::npos) {
      shown += std::exchange(mark, '&') + std::string(key) + "=" + percent_encoded(option->val);
    }
  }
  return shown;
}

void Postgres::connect() const {
  m_prepared.clear();
  m_gone = false;
  // The URL's own words come last and win.
  const std::string patience = std::to_string(m_patience.count());
  const std::array<const char*, 7> keys{"connect_timeout",
                                        "keepalives_idle",
                                        "tcp_user_timeout",
                                        "application_name",
                                        "client_encoding",
                                        "dbname",
                                        nullptr};
  const std::array<const char*, 7> values{patience.c_str(), "30", "60000", "sohoa", "UTF8", m_url.c_str(), nullptr};
  m_connection.reset(PQconnectdbParams(keys.data(), values.data(), 1));
  if (PQstatus(m_connection.get()) != CONNECTION_OK) {
    unreachable(sentence(PQerrorMessage(m_connection.get())));
  }
  PQsetNoticeProcessor(
      m_connection.get(), [](void*, const char*) {}, nullptr);
  // What a host that lost its power had begun must not keep the others waiting.
  static_cast<void>(
      run_plain(std::string("SET lock_timeout = '10min'; SET idle_in_transaction_session_timeout = '2min'; "
                            "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; "
                            "SET tcp_keepalives_count = 3; SET standard_conforming_strings = on; "
                            "SET synchronous_commit = ") +
                (m_waits ? "on" : "off") + "; SET default_transaction_read_only = " + (m_read_only ? "on" : "off")));
}

bool Postgres::lost() const { return m_gone || PQstatus(m_connection.get()) == CONNECTION_BAD; }

void Postgres::connect_again() const {
  const auto end = std::chrono::steady_clock::now() + m_patience;
  while (true) {
    try {
      return connect();
    } catch (const Error&) {
      if (std::chrono::steady_clock::now() >= end) {
        throw;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

void Postgres::unreachable(std::string cause) const {
  if (cause.empty()) {
    cause = "the server closed the connection";
  }
  throw environment_error("catalog-unreachable", "cannot reach the catalog " + m_name + ": " + cause,
                          std::string(remedy));
}

void Postgres::fail(const PGresult* result) const {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string code = state == nullptr ? std::string() : state;
  const std::string cause = sentence(PQresultErrorMessage(result));
  // 57P: the server stops; 25P03: it found this program asleep in a transaction.
  if (lost() || code.starts_with("57P") || code.starts_with("08") || code == "25P03") {
    m_gone = true;
    unreachable(cause);
  }
  const std::string message = "cannot read or write in the catalog " + m_name + ": " + cause;
  if (code == "53100") {
    throw environment_error("disk-full", message, "free some space on the server's disk and run again");
  }
  if (code == "55P03" || code == "40P01" || code == "40001") {
    throw environment_error("catalog-locked", message, "wait until the other program has ended, and run again");
  }
  throw environment_error("catalog-unreachable", message,
                          "check the URL and the rights of its user; a damaged catalog is taken back from a copy");
}

Postgres::Result Postgres::run_plain(const std::string& sql) const {
  Result result(PQexec(m_connection.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    fail(result.get());
  }
  return result;
}

Postgres::Result Postgres::run_prepared(const std::string& sql, const Values& values) const {
  auto known = m_prepared.find(sql);
  if (known == m_prepared.end()) {
    const std::string name = "s" + std::to_string(m_prepared.size());
    const Result made(PQprepare(m_connection.get(), name.c_str(), numbered(sql).c_str(), 0, nullptr));
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) {
      fail(made.get());
    }
    known = m_prepared.emplace(sql, name).first;
  }
  std::vector<const char*> texts;
  for (const std::string& value : values) {
    texts.push_back(value.c_str());
  }
  Result result(PQexecPrepared(m_connection.get(), known->second.c_str(), static_cast<int>(texts.size()), texts.data(),
                               nullptr, nullptr, 0));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    fail(result.get());
  }
  return result;
}

Postgres::Result Postgres::run(const std::string& sql, const Values& values) const {
  if (m_in_transaction) {
    return run_prepared(sql, values);
  }
  if (!reads(sql)) {
    Transaction alone(*this);
    Result result = run_prepared(sql, values);
    alone.commit();
    return result;
  }
  try {
    return run_prepared(sql, values);
  } catch (const Error&) {
    if (!lost()) {
      throw;
    }
  }
  connect_again();
  return run_prepared(sql, values);
}

Statement Postgres::prepare(std::string_view sql) const { return Statement(std::make_unique<Body>(*this, sql)); }

void Postgres::execute(const std::string& sql) const {
  Transaction whole(*this);
  static_cast<void>(run_plain(sql));
  whole.commit();
}

void Postgres::begin() const {
  const std::string sql =
      m_read_only ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
  try {
    static_cast<void>(run_plain(sql));
  } catch (const Error&) {
    if (!lost()) {
      throw;
    }
    connect_again();
    static_cast<void>(run_plain(sql));
  }
  m_in_transaction = true;
}

void Postgres::commit() const {
  const Result result = run_plain("COMMIT");
  m_in_transaction = false;
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
    fail(result.get());  // an error before, which somebody kept to himself
  }
}

void Postgres::rollback() const {
  m_in_transaction = false;
  static_cast<void>(run_plain("ROLLBACK"));
}

void Postgres::lock(std::string_view thing) const {
  const std::string key = storable(thing);
  static_cast<void>(
      run_prepared("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || ?, 0))", {key}));
}

void Postgres::wait_for_disk(bool wait) const {
  m_waits = wait;
  if (!lost()) {
    static_cast<void>(run_plain(wait ? "SET synchronous_commit = on" : "SET synchronous_commit = off"));
  }
}

std::int64_t Postgres::schema_version() const {
  if (!prepare("SELECT 1 WHERE to_regclass('schema_version') IS NOT NULL").step()) {
    return 0;
  }
  Statement version = prepare("SELECT version FROM schema_version");
  return version.step() ? version.number(0) : 0;
}

void Postgres::set_schema_version(std::int64_t version) const {
  execute(
      "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL); DELETE FROM schema_version; "
      "INSERT INTO schema_version VALUES (" +
      std::to_string(version) + ")");
}

}  // namespace sohoa
