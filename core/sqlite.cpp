// SPDX-License-Identifier: Apache-2.0
#include "core/sqlite.hpp"

#include "core/descriptor.hpp"
#include "core/error.hpp"

#include <cctype>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>

namespace sohoa {
namespace {

constexpr int busy_seconds = 30;

// A database that nobody has open lies whole in its file; without the word immutable, SQLite would make files beside
// it.
std::string uri_for_reading(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : file.string()) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || std::string_view("/._-").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : std::string{'%', digits[byte / 16U], digits[byte % 16U]};
  }
  boost::system::error_code code;
  return uri + (fs::file_size(file.string() + "-wal", code) > 0 && !code ? "?mode=ro" : "?immutable=1");
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Statement& Statement::bind(std::string_view text) {
  if (sqlite3_bind_text(m_statement.get(), m_next++, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT) !=
      SQLITE_OK) {
    m_owner.fail("bind a value");
  }
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  if (sqlite3_bind_int64(m_statement.get(), m_next++, number) != SQLITE_OK) {
    m_owner.fail("bind a value");
  }
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(m_statement.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) {
    m_owner.fail("read or write");
  }
  return result == SQLITE_ROW;
}

std::string Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
  return text != nullptr ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
                         : std::string();
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

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
    execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
  }
}

Statement Sqlite::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(m_database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    fail("prepare a statement");
  }
  return {statement, *this};
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

Transaction::Transaction(const Sqlite& database) : m_database(database), m_open(!database.in_transaction()) {
  if (m_open) {
    m_database.execute("BEGIN IMMEDIATE");
  }
}

Transaction::~Transaction() {
  if (m_open) {
    try {
      m_database.execute("ROLLBACK");
    } catch (const Error&) {
      // The transaction is undone when the connection closes.
    }
  }
}

void Transaction::commit() {
  if (m_open) {
    m_database.execute("COMMIT");
    m_open = false;
  }
}

}  // namespace sohoa
