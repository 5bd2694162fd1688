// SPDX-License-Identifier: Apache-2.0
#include "core/sqlite.hpp"

#include "core/descriptor.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>

namespace sohoa {
namespace {

constexpr int busy_seconds = 30;

// A database that nobody has open lies whole in its file; without the word immutable, SQLite would make files beside
// it.
std::string uri_for_reading(const fs::path& file) {
  const std::string uri = "file:" + percent_encoded(file.string());
  boost::system::error_code code;
  return uri + (fs::file_size(file.string() + "-wal", code) > 0 && !code ? "?mode=ro" : "?immutable=1");
}

}  // namespace

// Goes back to the connection when it is done with, to be used again.
class Sqlite::Body : public StatementBody {
 public:
  Body(const Sqlite& owner, std::string sql)
      : m_owner(owner), m_sql(std::move(sql)), m_statement(owner.handle_of(m_sql)) {}
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body() override {
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    m_owner.m_idle[m_sql] = std::move(m_statement);
  }

  void bind(std::string_view text) override {
    if (sqlite3_bind_text64(m_statement.get(), m_next++, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
        SQLITE_OK) {
      m_owner.fail("bind a value");
    }
  }
  void bind(std::int64_t number) override {
    if (sqlite3_bind_int64(m_statement.get(), m_next++, number) != SQLITE_OK) {
      m_owner.fail("bind a value");
    }
  }
  bool step() override {
    const int result = sqlite3_step(m_statement.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
      m_owner.fail("read or write");
    }
    return result == SQLITE_ROW;
  }
  [[nodiscard]] std::string text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return text != nullptr
               ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
               : std::string();
  }
  [[nodiscard]] std::int64_t number(int column) const override {
    return sqlite3_column_int64(m_statement.get(), column);
  }

 private:
  const Sqlite& m_owner;
  std::string m_sql;
  Handle m_statement;
  int m_next = 1;
};

void Sqlite::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

void Sqlite::Close::operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }

Sqlite::Sqlite(fs::path file, Access access) : m_file(std::move(file)) {
  const bool read = access == Access::read;
  // SQLite would let others read what it makes; its -wal and -shm take the file's mode. A file that is there is not
  // opened: closing it would drop the locks of every connection that this process has to it.
  if (!read) {
    const Descriptor made(::open(m_file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  }
  sqlite3* database = nullptr;
  const int result = sqlite3_open_v2(
      read ? uri_for_reading(m_file).c_str() : m_file.c_str(), &database,
      read ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  m_database.reset(database);
  if (result != SQLITE_OK) {
    fail("open");
  }
  sqlite3_busy_timeout(database, busy_seconds * 1000);
  if (!read) {
    keep_log();
    execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
  }
}

// Of several that give a new file its log at once, SQLite tells all but one that it is busy without letting them wait.
void Sqlite::keep_log() const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(busy_seconds);
  int result = SQLITE_BUSY;
  while (result == SQLITE_BUSY && std::chrono::steady_clock::now() < until) {
    result = sqlite3_exec(m_database.get(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
    if (result == SQLITE_BUSY) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  if (result != SQLITE_OK) {
    fail("read or write");
  }
}

Sqlite::Handle Sqlite::handle_of(const std::string& sql) const {
  if (const auto idle = m_idle.find(sql); idle != m_idle.end()) {
    Handle handle = std::move(idle->second);
    m_idle.erase(idle);
    return handle;
  }
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(m_database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    fail("prepare a statement");
  }
  return Handle(statement);
}

Statement Sqlite::prepare(std::string_view sql) const {
  return Statement(std::make_unique<Body>(*this, std::string(sql)));
}

void Sqlite::execute(const std::string& sql) const {
  if (sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail("read or write");
  }
}

bool Sqlite::in_transaction() const { return sqlite3_get_autocommit(m_database.get()) == 0; }

void Sqlite::fail(const std::string& what) const {
  const int code = m_database != nullptr ? sqlite3_errcode(m_database.get()) : SQLITE_NOMEM;
  const std::string message = "cannot " + what + " in the catalog " + m_file.string() + ": " +
                              (m_database != nullptr ? sqlite3_errmsg(m_database.get()) : "out of memory");
  const int cause = m_database != nullptr ? sqlite3_system_errno(m_database.get()) : 0;
  if (code == SQLITE_FULL || (code == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT))) {
    throw environment_error("disk-full", message, "free some space on that disk and run again");
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    throw environment_error("catalog-locked", message,
                            "another program holds it for more than " + std::to_string(busy_seconds) +
                                " s; end it, such as a database browser, and run again");
  }
  throw environment_error(
      "catalog-unreachable", message,
      "check the path, the permissions and the free space; a damaged catalog is taken back from a copy");
}

void Sqlite::wait_for_disk(bool wait) const { execute(wait ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"); }

std::int64_t Sqlite::schema_version() const {
  Statement version = prepare("PRAGMA user_version");
  version.step();
  return version.number(0);
}

void Sqlite::set_schema_version(std::int64_t version) const {
  execute("PRAGMA user_version = " + std::to_string(version));
}

}  // namespace sohoa
