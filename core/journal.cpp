// SPDX-License-Identifier: Apache-2.0
#include "core/journal.hpp"

#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/version.hpp"

#include <utility>

namespace sohoa {
namespace {

constexpr std::int64_t deaths_enough = 2;

}  // namespace

Journal::Journal(const CatalogPlace& catalog, std::string rules, int most)
    : m_owned(open_database(catalog.where, Database::Access::write)),
      m_database(*m_owned),
      m_archive(catalog.archive),
      m_rules(std::move(rules)),
      m_most(most) {}

Journal::~Journal() {
  try {
    Transaction transaction(m_database);
    strike_out_ended();
    for (const auto& [ticket, key] : m_in_hand) {
      statement("UPDATE attempts SET tries = tries - 1", key).step();
    }
    m_database.prepare("DELETE FROM attempts WHERE archive = ? AND tries < 1").bind(m_archive).step();
    transaction.commit();
  } catch (const Error&) {
    // What stays noted costs one of the tries.
  }
}

Journal::Key Journal::key_of(const Attempt& attempt) const {
  return {attempt.scan, attempt.step, sha256_hex(m_rules + "\n" + attempt.options).substr(0, 16)};
}

Statement Journal::statement(const std::string& sql, const Key& key) const {
  Statement statement = m_database.prepare(sql + " WHERE archive = ? AND scan = ? AND step = ? AND options = ?");
  statement.bind(m_archive).bind(key.scan).bind(key.step).bind(key.options);
  return statement;
}

void Journal::strike_out_ended() {
  for (const Key& key : std::exchange(m_ended, {})) {
    statement("DELETE FROM attempts", key).step();
  }
}

void Journal::wait_for_disk(bool wait) {
  if (std::exchange(m_waits, wait) != wait) {
    m_database.wait_for_disk(wait);
  }
}

std::optional<GivenUp> Journal::given_up(const Attempt& attempt) const {
  Statement row = statement("SELECT tries, deaths, last, word, reason FROM attempts", key_of(attempt));
  if (!row.step()) {
    return std::nullopt;
  }
  const std::int64_t deaths = row.number(1);
  const std::int64_t silent_ends = row.number(0) - deaths;
  if (deaths >= deaths_enough) {
    return GivenUp{row.text(3), "was given up on " + row.text(2) + ", when twice it " + row.text(4)};
  }
  if (m_most > 0 && silent_ends >= m_most) {
    return GivenUp{"", "was given up, because it was in hand when " + std::to_string(silent_ends) +
                           " runs ended without a word, the last begun on " + row.text(2)};
  }
  return std::nullopt;
}

void Journal::begin(std::uint64_t ticket, const Attempt& attempt) {
  const Key key = key_of(attempt);
  wait_for_disk(attempt.heavy);
  Transaction transaction(m_database);
  strike_out_ended();
  m_database
      .prepare(
          "INSERT INTO attempts (archive, scan, step, options, version, tries, last) VALUES (?, ?, ?, ?, ?, 1, ?) "
          "ON CONFLICT (archive, scan, step, options) DO UPDATE SET tries = attempts.tries + 1, last = excluded.last")
      .bind(m_archive)
      .bind(key.scan)
      .bind(key.step)
      .bind(key.options)
      .bind(version)
      .bind(iso_utc(wall_time()))
      .step();
  transaction.commit();
  m_in_hand.emplace(ticket, key);
}

void Journal::ended(std::uint64_t ticket) {
  if (const auto found = m_in_hand.find(ticket); found != m_in_hand.end()) {
    m_ended.push_back(std::move(found->second));
    m_in_hand.erase(found);
  }
}

void Journal::lost(std::uint64_t ticket, const std::string& word, const Death& death) {
  const auto found = m_in_hand.find(ticket);
  if (found == m_in_hand.end()) {
    return;
  }
  const Key key = std::move(found->second);
  m_in_hand.erase(found);
  if (death.from_outside) {
    return;
  }
  m_database
      .prepare(
          "UPDATE attempts SET deaths = deaths + 1, word = ?, reason = ? "
          "WHERE archive = ? AND scan = ? AND step = ? AND options = ?")
      .bind(word)
      .bind(death.message)
      .bind(m_archive)
      .bind(key.scan)
      .bind(key.step)
      .bind(key.options)
      .step();
}

void Journal::forget() { m_database.prepare("DELETE FROM attempts WHERE archive = ?").bind(m_archive).step(); }

}  // namespace sohoa
